import { once } from 'node:events'
import type { Page } from '@playwright/test'
import { accessibilityFindings } from '../support/accessibility'
import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'
import { openSavedConnection } from '../support/savedConnection'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const topic = 'plant/press'
const send = (payload: string) => publishWithMosquitto({ port: broker.port(), topic, payload, qos: 1 })

const rowsOf = (page: Page) => personAt(page).log.locator('[role="row"][data-seq], [role="row"][data-gap]')

const onDisk = (page: Page) => ({
  has: (messages: number) =>
    expect
      .poll(async () => {
        const answer = await page.evaluate(() => window.bridge.invoke('history.status', { connectionId: 'saved' }))
        return JSON.stringify(answer)
      })
      .toContain(`"messages":${messages}`),
})

test('a log survives the end of the application, asked for and not, and its history can be deleted', async ({
  launch,
}) => {
  const first = await launch()
  const history = { mode: 'on', incoming: true, outgoing: true, include: [], exclude: [] } as const
  await openSavedConnection(first.page, {
    port: broker.port(),
    filter: '#',
    qos: 1,
    history: { ...history, include: [], exclude: [] },
  })
  for (const payload of ['one', 'two', 'three']) await send(payload)
  await expect(personAt(first.page).rows(topic)).toHaveCount(3)
  await onDisk(first.page).has(3)

  const running = first.app.process()
  const ended = once(running, 'exit')
  running.kill('SIGKILL')
  await ended
  const second = await launch({ userDataFolder: first.userDataFolder })
  const rows = rowsOf(second.page)

  await test.step('what was there before it was killed is there, and that it was killed', async () => {
    await expect(rows).toHaveCount(5)
    await expect(rows.nth(0)).toContainText('one')
    await expect(rows.nth(2)).toContainText('three')
    await expect(rows.nth(3)).toContainText('he application was ended')
    await expect(rows.nth(4)).toContainText('From disk up to here')
  })

  await test.step('what comes follows it', async () => {
    const person = personAt(second.page)
    await person.connect()
    await expect(person.subscriptions.locator('[data-state="granted"]')).toHaveCount(1)
    await send('four')
    await expect(rows).toHaveCount(6)
    await expect(rows.nth(5)).toContainText('four')
    await onDisk(second.page).has(4)
  })

  const third = await second.relaunch()
  await test.step('a restart keeps the log', async () => {
    await expect(personAt(third.page).rows(topic)).toHaveCount(4)
    await expect(rowsOf(third.page).last()).toContainText('From disk up to here')
  })

  await test.step('the dialog says how much is on disk, and deletes it after a question', async () => {
    const { page } = third
    await page.keyboard.press('Control+K')
    await page.keyboard.type('History on disk')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'History on disk' })
    await expect(dialog.getByRole('definition').nth(1)).toHaveText('4')
    await expect(dialog.getByRole('list', { name: 'Gaps' })).toContainText('he application was ended')
    expect(await accessibilityFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
  })

  await test.step('what is on disk opens as a connection of its own, by keyboard alone, with its gap', async () => {
    const { page } = third
    const openDialog = async () => {
      await page.keyboard.press('Control+K')
      await page.keyboard.type('History on disk')
      await page.keyboard.press('Enter')
    }
    await openDialog()
    const dialog = page.getByRole('dialog', { name: 'History on disk' })
    await expect(dialog.getByRole('status')).toContainText('4 messages')
    await dialog.getByRole('button', { name: 'Open messages' }).focus()
    await page.keyboard.press('Enter')
    await expect(dialog).toHaveCount(0)
    await expect(page.locator('[data-recording-phase="whole"]')).toContainText('History')
    await expect(personAt(page).rows(topic)).toHaveCount(4)
    await expect(personAt(page).log).toContainText('The application was ended here')
    expect(await accessibilityFindings(page)).toEqual([])
    await page
      .locator('[role="tab"]', { hasText: /^Saved$/ })
      .first()
      .click()
    await openDialog()
    await dialog.getByRole('button', { name: 'Delete history…' }).click()
    await expect(dialog.getByRole('alert')).toContainText('Delete the history of Saved?')
    await dialog.getByRole('button', { name: 'Delete history', exact: true }).click()
    await expect(dialog).toContainText('Nothing of this connection is on disk.')
  })
})
