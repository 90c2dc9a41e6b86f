import { readFileSync, writeFileSync } from 'node:fs'
import { accessibilityFindings } from '../support/accessibility'
import { expect, test, type Application } from '../support/application'
import { startMosquitto } from '../support/mosquitto'
import { publishWithMosquitto, subscribeWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'
import { personOnlineIn } from '../support/personOnline'

/** From now on the person chooses this file, whatever the system asks for. */
const choose = (app: Application['app'], path: string) =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] })
  }, path)

test('what a connection brought is recorded, opened, searched and sent again under a prefix', async ({
  application,
}, info) => {
  const broker = await startMosquitto()
  const port = broker.port()
  const path = info.outputPath('night.topicscope.jsonl')
  try {
    const { app, page } = application
    const person = await personOnlineIn(application, port, ['#'])
    const tabs = page.getByRole('tablist', { name: 'Open connections' }).getByRole('tab')
    await choose(app, path)
    await tabs.last().click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Record to a file…' }).click()
    const mark = page.locator('[data-recorder]')
    await expect(mark).toContainText('Recording: 0 messages')
    await publishWithMosquitto({ port, topic: 'hall/temp', payload: '21.5', qos: 1 })
    await publishWithMosquitto({ port, topic: 'hall/hum', payload: '47', qos: 1 })
    await expect(mark).toContainText('Recording: 2 messages')
    await mark.getByRole('button', { name: 'Stop' }).click()
    await expect(mark).toHaveCount(0)
    // A line that a person spoiled costs no other.
    writeFileSync(path, `${readFileSync(path, 'utf8')}{"topic":"spoiled\n`)

    await page.keyboard.press('Control+o')
    await expect(tabs).toHaveCount(3)
    const status = page.getByRole('status', { name: 'Recording status' })
    await expect(status).toHaveText('Recording')
    await expect(page.locator('[data-recorded-messages]')).toHaveText('2 messages')
    await expect(person.button('Connect')).toHaveCount(0)
    await expect(person.tree.getByText('hall', { exact: true })).toBeVisible()
    await expect(person.log.getByText('hall/hum')).toBeVisible()
    expect(await accessibilityFindings(page)).toEqual([])
    // Nothing can be sent to a recording, so nothing offers to.
    await person.log.getByText('hall/hum').click({ button: 'right' })
    await expect(page.getByRole('menuitem', { name: 'Copy topic' })).toBeVisible()
    await expect(page.getByRole('menuitem', { name: /send|subscribe/i })).toHaveCount(0)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: 'Save payload' }).first()).toBeVisible()
    await expect(page.getByRole('button', { name: /Edit & send/ })).toHaveCount(0)
    await page.getByRole('textbox', { name: 'Filter messages' }).fill('47')
    await expect(person.log.getByText('hall/temp')).toHaveCount(0)
    await expect(person.log.getByText('hall/hum')).toBeVisible()

    await page.getByRole('button', { name: 'Show them' }).click()
    const list = page.getByRole('dialog')
    await expect(list).toContainText('no JSON, or cut off')
    await page.keyboard.press('Escape')

    const witness = await subscribeWithMosquitto({ port, filters: ['replay/#'], qos: 1 })
    await page.getByRole('button', { name: 'Replay a recording…' }).click()
    const form = page.getByRole('dialog', { name: 'Replay a recording' })
    await form.getByLabel('Pace').selectOption({ label: 'As fast as it is acknowledged' })
    expect(await accessibilityFindings(page)).toEqual([])
    await form.getByRole('button', { name: 'Start replay' }).click()
    const replay = page.locator('[data-replay]')
    await expect(replay).toHaveAttribute('data-replay', 'finished')
    await expect(replay).toContainText('2 sent · 2 done')
    const received = await witness.waitForMessages(2)
    expect(received.map(({ topic, payload }) => [topic, payload.toString()])).toEqual([
      ['replay/hall/temp', '21.5'],
      ['replay/hall/hum', '47'],
    ])
    await expect(personAt(page).log.getByText('replay/hall/hum')).not.toHaveCount(0)
    await witness.stop()
    await replay.getByRole('button', { name: 'Dismiss' }).click()
    await expect(replay).toHaveCount(0)

    await tabs.last().focus()
    await page.keyboard.press('Delete')
    await expect(tabs).toHaveCount(2)
  } finally {
    await broker.stop()
  }
})
