import type { ElectronApplication } from '@playwright/test'
import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personOnlineIn } from '../support/personOnline'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const send = (topic: string, payload: string) => publishWithMosquitto({ port: broker.port(), topic, payload })

const clipboardOf = (app: ElectronApplication) => app.evaluate(({ clipboard }) => clipboard.readText())

const press = (celsius: number, state: string) =>
  JSON.stringify({ celsius, state, axes: [0.71, 0.68], meta: { serial: 1, note: 'spindle, spindle and Spindle' } })

test('the details follow a topic or stay with a message, and say what a value is and was', async ({
  clearedApplication,
}) => {
  const person = await personOnlineIn(clearedApplication, broker.port(), ['#'])
  const { app, page } = clearedApplication
  const { details } = person
  const payload = details.getByRole('region', { name: 'Payload' })
  const content = payload.getByRole('group', { name: 'Payload content' })
  const origin = details.locator('[data-origin]')
  await send('plant/press', press(21.1, 'running'))
  await send('plant/other', 'something else')
  await expect(person.treeItem('plant/press')).toBeVisible()

  await test.step('a topic is followed, a message is kept, and back', async () => {
    await person.treeItem('plant/press').click()
    await expect(origin).toHaveText('following')
    await send('plant/press', press(21.2, 'running'))
    await expect(content).toContainText('"celsius": 21.2')
    await details.getByRole('button', { name: 'History' }).click()
    const history = details.getByRole('listbox', { name: 'Messages of this topic' })
    await expect(history.getByRole('option')).toHaveCount(2)
    await history.getByRole('option').first().click()
    await expect(origin).toHaveText('selected')
    await expect(person.log.getByRole('row', { selected: true })).toContainText('21.1')
    await details.getByRole('button', { name: 'Payload', exact: true }).click()
    await send('plant/press', press(21.3, 'running'))
    await expect(person.rows('plant/press')).toHaveCount(3)
    await expect(content).toContainText('"celsius": 21.1')
    await details.getByRole('button', { name: 'Follow latest' }).click()
    await expect(origin).toHaveText('following')
    await expect(content).toContainText('"celsius": 21.3')
    await expect(person.treeItem('plant/press')).toHaveAttribute('aria-selected', 'true')
  })

  await test.step('JSON folds, and a line gives its value and its path', async () => {
    await content.getByText('"meta"').click()
    await page.keyboard.press('ArrowLeft')
    await expect(content).not.toContainText('"serial"')
    await expect(content.locator('[data-folded]')).toHaveAttribute('data-folded', '… 2 }')
    await send('plant/press', press(21.4, 'stopped'))
    await expect(content).toContainText('"celsius": 21.4')
    await expect(content).not.toContainText('"serial"')
    await content.getByText('0.68').click()
    await content.getByRole('button', { name: 'Copy path' }).click()
    await expect.poll(() => clipboardOf(app)).toBe('$.axes[1]')
    await content.getByText('"stopped"').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Copy value' }).click()
    await expect.poll(() => clipboardOf(app)).toBe('stopped')
  })

  await test.step('Ctrl+F finds in the payload, also what is folded; elsewhere in the log', async () => {
    await content.focus()
    await page.keyboard.press('Control+F')
    const find = details.getByRole('search', { name: 'Find' })
    const field = find.getByLabel('Find in payload')
    await expect(field).toBeFocused()
    await field.fill('spindle')
    await expect(find.getByRole('status')).toHaveText('1 of 3')
    await expect(content.locator('mark')).toHaveText(['spindle', 'spindle', 'Spindle'])
    await page.keyboard.press('Enter')
    await expect(content.locator('mark[data-current="true"]')).toHaveText('spindle')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.press('Shift+Enter')
    await expect(find.getByRole('status')).toHaveText('3 of 3')
    await find.getByRole('button', { name: 'Match case' }).click()
    await expect(find.getByRole('status')).toHaveText('1 of 2')
    await details.getByText('Hex', { exact: true }).click()
    await field.fill('7b 22')
    await expect(find.getByRole('status')).toHaveText('1 of 2')
    await expect(content.locator('mark').first()).toHaveText('7b 22')
    await details.getByText('JSON', { exact: true }).click()
    await page.keyboard.press('Control+F')
    await page.keyboard.press('Escape')
    await expect(find).toHaveCount(0)
    await expect(content).toBeFocused()
    await person.log.focus()
    await page.keyboard.press('Control+F')
    await expect(person.field('Filter messages')).toBeFocused()
  })

  await test.step('a difference is told by value, from the message before or from a pinned one', async () => {
    await person.rows('plant/press').last().click()
    await details.getByRole('button', { name: 'Difference' }).click()
    const values = details.getByRole('group', { name: 'Changed values' })
    await expect(values).toContainText('$.celsius 21.3 → 21.4')
    await expect(values).toContainText('$.state "running" → "stopped"')
    await person.rows('plant/press').first().click()
    await details.getByRole('button', { name: 'Pin for comparison' }).click()
    await person.rows('plant/press').last().click()
    await expect(values).toContainText('$.celsius 21.1 → 21.4')
    await details.getByRole('button', { name: 'Compare with the previous' }).click()
    await expect(values).toContainText('$.celsius 21.3 → 21.4')
    await person.rows('plant/press').nth(1).click({ button: 'right' })
    await page.getByRole('menuitem', { name: /^Compare with number 5/ }).click()
    await expect(values).toContainText('$.celsius 21.4 → 21.2')
  })

  await test.step('what a message is filters the log', async () => {
    const query = person.field('Filter messages')
    await query.fill('')
    await details.getByRole('button', { name: 'QoS 0' }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Filter by this' }).hover()
    await page.getByRole('menuitem', { name: 'topic:plant/press' }).click()
    await expect(query).toHaveValue('topic:plant/press')
    await expect(person.rows('plant/other')).toHaveCount(0)
    await details.getByRole('button', { name: /^Properties/ }).click()
    await details.getByText('received', { exact: true }).last().click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Exclude this' }).click()
    await expect(query).toHaveValue('topic:plant/press -in')
    await query.fill('')
    await details.getByRole('button', { name: 'Payload', exact: true }).click()
  })

  await test.step('why the QoS is what it is stands behind the QoS', async () => {
    await details.getByRole('button', { name: 'QoS 0' }).hover()
    await expect(details.getByRole('tooltip')).toContainText('Granted QoS 0')
    await details.getByRole('button', { name: 'QoS 0' }).click()
    await expect(details.getByRole('group', { name: 'Facts about the message' })).toContainText('Granted QoS 0')
  })
})
