import { expect, test, type RunningApplication } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personOnlineIn } from '../support/personOnline'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const online = (application: RunningApplication, ...filters: readonly string[]) =>
  personOnlineIn(application, broker.port(), filters)
const send = (topic: string, retain = false) =>
  publishWithMosquitto({ port: broker.port(), topic, payload: 'value', qos: 1, retain })

test('what was listed is narrowed and chosen by level, and says how old it is at least', async ({
  clearedApplication,
}) => {
  const topics = ['plant/hall-1/a', 'plant/hall-2/a', 'plant/hall-2/b', 'plant/hall-20/a']
  for (const topic of topics) await send(topic, true)
  const person = await online(clearedApplication, 'plant/#')
  await person.expectCounter('received', 4)
  await send('plant/hall-1/a', true)
  await person.expectCounter('received', 5)
  await person.treeItem('plant').click({ button: 'right' })
  await person.page.getByRole('menuitem', { name: 'Retained messages below…' }).click()
  const dialog = person.page.getByRole('dialog')
  await expect(dialog.getByText(/^4 retained messages/)).toBeVisible()
  const option = (topic: string) => dialog.locator(`[role="option"][data-topic="${topic}"]`)
  const selection = dialog.getByRole('status', { name: 'Selection' })
  await expect(option('plant/hall-1/a').getByText(/^≥ \d+ (s|min)$/)).toHaveAttribute(
    'title',
    /A message of the same bytes/,
  )
  await option('plant/hall-2/b').click({ button: 'right' })
  await person.page.getByRole('menuitem', { name: 'plant/hall-2 and below (2)' }).click()
  await expect(selection).toHaveText('2 selected, 10 B')
  await dialog.getByRole('searchbox', { name: 'Narrow the list' }).fill('+/hall-1/#')
  await expect(dialog.getByRole('option')).toHaveCount(1)
  await expect(selection).toHaveText('1 of 4 shown2 selected, 10 B (2 not shown)')
  await dialog.getByRole('searchbox', { name: 'Narrow the list' }).press('Escape')
  await expect(dialog.getByRole('option')).toHaveCount(4)
  await dialog.getByRole('listbox').focus()
  await person.page.keyboard.press('Home')
  await person.page.keyboard.press('Shift+End')
  await expect(selection).toHaveText('4 selected, 20 B')
  await person.page.keyboard.press('Control+i')
  await expect(selection).toHaveText('')
  await send('plant/hall-1/a')
  await expect(option('plant/hall-1/a').getByTitle(/a message came on this topic since/)).toBeVisible()
})

test('retained messages are listed, cleared and put back', async ({ clearedApplication }) => {
  await send('shelf/one', true)
  await send('shelf/two', true)
  const person = await online(clearedApplication, 'shelf/#')
  await person.treeItem('shelf').click({ button: 'right' })
  await person.page.getByRole('menuitem', { name: 'Retained messages below…' }).click()
  const dialog = person.page.getByRole('dialog')
  await expect(dialog.getByText(/^2 retained messages/)).toBeVisible()
  await dialog.getByRole('listbox').focus()
  await person.page.keyboard.press('Control+a')
  await dialog.getByRole('button', { name: 'Clear 2 selected…' }).click()
  await dialog.getByRole('button', { name: 'Clear 2', exact: true }).click()
  await expect(dialog.getByText('Cleared 2 of 2.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Undo (2)' }).click()
  await expect(dialog.getByText('Put back 2 of 2.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Fetch' }).click()
  await expect(dialog.getByText(/^2 retained messages/)).toBeVisible()
})

test('ghosts and orphans of Home Assistant are found, and a ghost is cleared and put back', async ({
  clearedApplication,
}) => {
  const own = await startMosquitto()
  const keep = (topic: string, payload: string, retain = true) =>
    publishWithMosquitto({ port: own.port(), topic, payload, qos: 1, retain })
  const config = (name: string) => `homeassistant/sensor/${name}/config`
  const lost = 'homeassistant/switch/lost/config'
  await keep(config('ghost'), '{"~":"house/ghost","stat_t":"~/state"}')
  await keep(config('lamp'), '{"state_topic":"house/lamp/state","availability_topic":"house/lamp/online"}')
  await keep('house/lamp/online', 'online')
  await keep(config('away'), '{"stat_t":"house/away/state","avty_t":"house/away/online"}')
  await keep('house/away/online', 'offline')
  await keep('house/old/state', '21')
  await keep(config('broken'), '{"stat_t":')
  const person = await personOnlineIn(clearedApplication, own.port(), ['#'])
  await person.expectCounter('received', 7)
  await keep(lost, '{"cmd_t":"house/lost/set"}', false)
  await person.expectCounter('received', 8)
  const { page } = person
  await page.keyboard.press('Control+k')
  await page.keyboard.insertText('Home Assistant left')
  await page
    .getByRole('option', { name: /Home Assistant leftovers/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  const found = (topic: string) => dialog.locator(`[role="option"][data-topic="${topic}"]`)
  await expect(dialog.getByRole('option')).toHaveCount(4)
  await expect(
    found(config('ghost')).getByTitle(/^Nothing is retained on house\/ghost\/state, and nothing came/),
  ).toBeVisible()
  await expect(found(config('away'))).toHaveAttribute('data-found', 'offline')
  await expect(found(config('broken'))).toHaveAttribute('data-found', 'unreadable')
  await expect(found('house/old/state').getByText('No discovery message names this topic.')).toBeVisible()
  await expect(dialog.getByText(`1 discovery message came and is not retained`)).toContainText(lost)
  await found(config('ghost')).click()
  await dialog.getByRole('button', { name: 'Clear 1 selected…' }).click()
  await dialog.getByRole('button', { name: 'Clear 1', exact: true }).click()
  await expect(dialog.getByText('Cleared 1 of 1.')).toBeVisible()
  await expect(found(config('ghost'))).toHaveAttribute('data-fate', 'cleared')
  await dialog.getByRole('button', { name: 'Undo (1)' }).click()
  await expect(dialog.getByText('Put back 1 of 1.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Fetch' }).click()
  await expect(found(config('ghost'))).toHaveAttribute('data-found', 'silent')
  await expect(found(config('ghost'))).not.toHaveAttribute('data-fate')
  await own.stop()
})
