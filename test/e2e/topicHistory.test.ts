import { accessibilityFindings } from '../support/accessibility'
import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personOnlineIn } from '../support/personOnline'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const topic = 'plant/press'
const send = (payload: string) => publishWithMosquitto({ port: broker.port(), topic, payload })

test('the history of a topic says what changed, goes to a time, compares any two and keeps what is pinned', async ({
  clearedApplication,
}) => {
  const person = await personOnlineIn(clearedApplication, broker.port(), ['#'])
  const { page } = clearedApplication
  const { details } = person
  for (const payload of ['{"celsius":21,"on":true}', '{"celsius":22,"on":true}', '{"celsius":22,"on":true}'])
    await send(payload)
  await send('{"celsius":23,"on":false,"door":"open"}')
  await person.treeItem(topic).click()
  await details.getByRole('button', { name: 'History' }).click()
  const list = details.getByRole('listbox', { name: 'Messages of this topic' })
  const rows = list.getByRole('option')
  const chosen = list.getByRole('option', { selected: true })

  await test.step('each row has the time since the one before, and what changed', async () => {
    await expect(rows).toHaveCount(4)
    await expect(rows.first()).not.toContainText('+')
    await expect(rows.nth(1)).toContainText('+')
    await expect(rows.nth(1)).toContainText('$.celsius 21 → 22')
    await expect(rows.nth(2)).toContainText('same bytes')
    await expect(rows.nth(3)).toContainText('$.celsius 22 → 23')
    await expect(rows.nth(3)).toContainText('$.door + "open"')
  })

  await test.step('the arrow keys step, and a time leads to the first message from then on', async () => {
    await list.focus()
    await page.keyboard.press('Home')
    await expect(chosen).toHaveAttribute('aria-posinset', '1')
    await page.keyboard.press('ArrowDown')
    await expect(chosen).toHaveAttribute('aria-posinset', '2')
    const time = details.getByLabel('Jump to a time')
    await time.fill('-1h')
    await time.press('Enter')
    await expect(chosen).toHaveAttribute('aria-posinset', '1')
    await time.fill('2099-01-01')
    await time.press('Enter')
    await expect(chosen).toHaveAttribute('aria-posinset', '4')
    await time.fill('teatime')
    await time.press('Enter')
    await expect(details.getByRole('alert')).toHaveText('This is not a time.')
  })

  await test.step('any two are compared, with the mouse and by the keyboard', async () => {
    await rows.last().click()
    await rows.first().click({ modifiers: ['Control'] })
    const values = details.getByRole('group', { name: 'Changed values' })
    await expect(values).toContainText('$.celsius 21 → 23')
    await expect(values).toContainText('$.on true → false')
    await details.getByRole('button', { name: 'Compare with the previous' }).click()
    await expect(values).toContainText('$.celsius 22 → 23')
    await details.getByRole('button', { name: 'History' }).click()
    await list.focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('Control+ArrowDown')
    await expect(chosen).toHaveAttribute('aria-posinset', '4')
    await page.keyboard.press('Enter')
    await expect(values).toContainText('$.celsius 22 → 23')
    await expect(details.getByRole('button', { name: 'Compare with the previous' })).toBeVisible()
    await details.getByRole('button', { name: 'Compare with the previous' }).click()
    await details.getByRole('button', { name: 'History' }).click()
  })

  await test.step('what is pinned stays, also when the log is cleared', async () => {
    await rows.first().click()
    await details.getByRole('button', { name: 'Pin the shown message until the window closes' }).click()
    const pinned = details.getByRole('list', { name: 'Pinned messages of this topic' }).getByRole('listitem')
    await expect(pinned).toHaveCount(1)
    await expect(pinned).toContainText('"celsius":21')
    expect(await accessibilityFindings(page)).toEqual([])
    await person.button('Clear messages').click()
    await send('{"celsius":40,"on":true}')
    await person.treeItem(topic).click()
    await expect(rows).toHaveCount(1)
    await expect(pinned).toContainText('no longer in the log')
    await pinned.getByRole('button').first().click()
    await expect(details.getByRole('group', { name: 'Changed values' })).toContainText('$.celsius 21 → 40')
  })
})
