import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishLinesWithMosquitto, publishWithMosquitto } from '../support/mosquittoClients'
import type { personAt } from '../support/person'
import { personOnlineIn } from '../support/personOnline'
import type { Page } from '@playwright/test'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const filter = 'factory/+/temperature'

const probeAt = (page: Page) => {
  const region = page.getByRole('region', { name: 'Filter probe' })
  return {
    region,
    field: region.getByLabel('Probe a filter', { exact: true }),
    against: region.getByLabel('Against topic', { exact: true }),
    counts: region.getByRole('group', { name: 'Matches in the tree' }),
    button: (name: string) => region.getByRole('button', { name, exact: true }),
    verdicts: () => region.getByRole('table').getByRole('row').locator('td:last-child').allTextContents(),
  }
}

const fillFactory = async (person: ReturnType<typeof personAt>) => {
  const port = broker.port()
  await expect(person.subscriptions.locator('[data-state="granted"]')).toHaveCount(1)
  for (const topic of ['factory/one/temperature', 'factory/two/temperature', 'factory/one/state', 'office/door'])
    await publishLinesWithMosquitto({ port, topic, lines: ['1', '2', '3'] })
  await person.expectCounter('received', 12)
}

test('a filter is explained, counted and shown in the tree, and a topic says why it does not match', async ({
  clearedApplication,
}) => {
  const person = await personOnlineIn(clearedApplication, broker.port(), ['#'])
  const { page } = person
  await fillFactory(person)
  const probe = probeAt(page)

  await probe.field.fill('factory/+temperature')
  await expect(probe.region.getByRole('alert')).toContainText(
    'Level 2, “+temperature”: + must stand alone in its level.',
  )
  await expect(probe.region.getByRole('alert')).toContainText('§4.7.1.3')
  await expect(probe.region.getByRole('alert').locator('mark')).toHaveText('+')
  await expect(person.treeItem('office/door')).not.toHaveAttribute('data-probed')

  await probe.field.fill(filter)
  await expect(probe.region.getByRole('list', { name: 'Levels of the filter' }).getByRole('listitem')).toHaveText([
    /^factory:/,
    /^\+: Any one level/,
    /^temperature:/,
  ])
  await expect(
    probe.region.getByText('Any second level under factory, then temperature: exactly 3 levels.'),
  ).toBeVisible()
  await expect(probe.counts).toContainText('2 topics')
  await expect(probe.counts).toContainText('6 messages')
  await expect(person.treeItem('factory/one/temperature')).toHaveAccessibleDescription(/^Matches the probed filter/)
  await expect(person.treeItem('factory/one')).toHaveAccessibleDescription(/^Leads to topics that match/)
  await expect(person.treeItem('office/door')).toHaveAccessibleDescription(/^Does not match the probed filter/)
  await publishWithMosquitto({ port: broker.port(), topic: 'factory/three/temperature', payload: '1' })
  await expect(probe.counts).toContainText('3 topics')
  await expect(probe.counts).toContainText('7 messages')

  await person.treeItem('factory/one/state').click()
  await expect(probe.against).toHaveValue('factory/one/state')
  await expect(
    probe.region.getByText('Does not match: level 3 is state, the filter asks for temperature.'),
  ).toBeVisible()
  expect(await probe.verdicts()).toEqual(['same', 'any text', 'differs'])
  await probe.against.fill('factory//temperature')
  await expect(probe.region.getByText('Matches.')).toBeVisible()
  expect(await probe.verdicts()).toEqual(['same', 'empty counts', 'same'])
})

test('a probed filter is subscribed to, replaces another one and is copied, by keyboard', async ({
  clearedApplication,
}) => {
  const { app, page } = clearedApplication
  const port = broker.port()
  const person = await personOnlineIn(clearedApplication, port, ['office/#'])
  await expect(person.subscriptions.locator('[data-state="granted"]')).toHaveCount(1)
  const probe = probeAt(page)
  const row = (wanted: string) => person.subscriptions.locator(`[data-filter="${wanted}"]`)

  await app.evaluate(({ Menu }) => {
    Menu.getApplicationMenu()?.getMenuItemById('probe')?.click()
  })
  await expect(probe.field).toBeFocused()
  await page.keyboard.type(filter)
  await page.keyboard.press('Enter')
  await expect(person.subscriptions.getByRole('listitem')).toHaveCount(1)
  await page.keyboard.press('Tab')
  await expect(probe.button('Clear the probe')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(probe.button('Subscribe')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(row(filter)).toBeVisible()
  await expect(row(filter).locator('[data-state="granted"]')).toBeVisible()
  await expect(probe.button('Subscribed')).toBeDisabled()
  await publishWithMosquitto({ port, topic: 'factory/four/temperature', payload: '1' })
  await expect(row(filter).locator('[data-messages]')).toHaveAttribute('data-messages', '1')

  await probe.field.fill('factory/+/state')
  await probe.button('Replace a subscription by this filter').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem')).toHaveText(['Replace office/#', `Replace ${filter}`])
  await page.getByRole('menuitem', { name: 'Replace office/#' }).press('Enter')
  await expect(row('office/#')).toHaveCount(0)
  await expect(person.subscriptions.getByRole('listitem').first()).toHaveAttribute('data-filter', 'factory/+/state')
  await person.button('Undo').click()
  await expect(person.subscriptions.getByRole('listitem').first()).toHaveAttribute('data-filter', 'office/#')
  await expect(row('factory/+/state')).toHaveCount(0)

  await probe.button('Copy the filter').press('Enter')
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe('factory/+/state')
  await probe.field.press('Escape')
  await expect(probe.field).toHaveValue('')
  await row('office/#').hover()
  await person.button('Probe office/#').click()
  await expect(probe.field).toHaveValue('office/#')
  await expect(probe.region.getByText('Everything under office, office itself included.')).toBeVisible()
})
