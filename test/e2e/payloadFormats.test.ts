import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { accessibilityFindings } from '../support/accessibility'
import { expect, test } from '../support/application'
import { startMosquitto } from '../support/mosquitto'
import { publishWithMosquitto, subscribeWithMosquitto } from '../support/mosquittoClients'
import { openSavedConnection } from '../support/savedConnection'
import { createTemporaryFolder } from '../support/temporaryFolder'

test('CBOR and MessagePack are written as JSON, looked at as bytes, and arrive as these', async ({
  clearedApplication,
}) => {
  const broker = await startMosquitto()
  const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['#'] })
  try {
    const { page } = clearedApplication
    const person = await openSavedConnection(page, { port: broker.port(), filter: 'none', qos: 0 })
    const { form, topic, payload, format } = composerAt(page)
    await topic.fill('dev/1')
    await format.selectOption('CBOR')
    await payload.fill('{"id": 18446744073709551615, "raw": {"$hex": "00ff"}, "c": 21.5')
    await expect(form.getByRole('button', { name: /^Line 1, column \d+: the JSON ends too early/ })).toBeVisible()
    await payload.press('End')
    await payload.pressSequentially('}')
    const cbor = 'a36269641bffffffffffffffff6372617742' + '00ff' + '6163f94d60'
    await person.button('Bytes').click()
    const bytes = page.getByRole('dialog', { name: 'Bytes' })
    await expect(bytes.locator('[data-bytes]')).toHaveAttribute('data-bytes', String(cbor.length / 2))
    await expect(bytes).toContainText('a3 62 69 64 1b ff ff ff')
    expect(await accessibilityFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await person.button('Publish').click()

    await format.selectOption('MessagePack')
    await person.button('Publish').click()
    const messagePack = '83a26964cfffffffffffffffffa3726177c402' + '00ff' + 'a163cb4035800000000000'
    await format.selectOption('Hex')
    await expect(payload).toHaveText((messagePack.match(/../g) ?? []).join(' '))
    await format.selectOption('MessagePack')
    await expect(payload).toContainText('"$hex": "00ff"')

    await form.getByRole('checkbox', { name: 'Template' }).check()
    await format.selectOption('Text')
    await payload.fill('{"i": {{ i }}}')
    await format.selectOption('CBOR')
    await person.button('Publish').click()
    const received = await listener.waitForMessages(3)
    expect(received.map((one) => one.payload.toString('hex'))).toEqual([cbor, messagePack, 'a1616901'])
  } finally {
    await listener.stop()
    await broker.stop()
  }
})

test('a file that is dropped onto the payload is sent as it is when it is sent', async ({ clearedApplication }) => {
  const broker = await startMosquitto()
  const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['#'] })
  const folder = createTemporaryFolder('dropped')
  try {
    const { page } = clearedApplication
    const person = await openSavedConnection(page, { port: broker.port(), filter: 'none', qos: 0 })
    const { form, topic, payload } = composerAt(page)
    await topic.fill('file')
    const path = join(folder.path, 'dropped.bin')
    writeFileSync(path, 'before')
    await dropOnto(page, path, await payload.boundingBox())
    await expect(form.getByText('dropped.bin')).toBeVisible()
    writeFileSync(path, Buffer.from([0, 255, 1]))
    await person.button('Publish').click()
    const [received] = await listener.waitForMessages(1)
    expect(received?.payload.toString('hex')).toBe('00ff01')
  } finally {
    await listener.stop()
    await broker.stop()
    folder.remove()
  }
})

test('keys and values of the last messages of the topic are offered in JSON', async ({ clearedApplication }) => {
  const broker = await startMosquitto()
  try {
    const { page } = clearedApplication
    await publishWithMosquitto({
      port: broker.port(),
      topic: 'dev/1',
      payload: '{"state": "running", "axes": [{"name": "x"}]}',
      retain: true,
    })
    await openSavedConnection(page, { port: broker.port(), filter: '#', qos: 0 })
    const { topic, payload, format } = composerAt(page)
    await expect(page.getByRole('treeitem', { name: /dev/ }).first()).toBeVisible()
    await topic.fill('dev/1')
    await format.selectOption('JSON')
    await payload.pressSequentially('{"s')
    await page.getByRole('option', { name: 'state' }).click()
    await expect(payload).toHaveText('{"state": ')
    await payload.pressSequentially('"r')
    await page.getByRole('option', { name: '"running"' }).click()
    await expect(payload).toHaveText('{"state": "running"')
    expect(await accessibilityFindings(page)).toEqual([])
  } finally {
    await broker.stop()
  }
})

const composerAt = (page: Page) => {
  const form = page.getByRole('form', { name: 'Publish' })
  return {
    form,
    topic: form.getByRole('combobox', { name: 'Topic' }),
    payload: form.getByRole('textbox', { name: 'Payload' }),
    format: form.getByLabel('Format', { exact: true }),
  }
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** As the system does it: the page gets a drop that it can trust, with a file that has a path. */
const dropOnto = async (page: Page, path: string, box: Box | null) => {
  if (!box) throw new Error('It is not there.')
  const devtools = await page.context().newCDPSession(page)
  const place = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const data = { items: [], files: [path], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', { type, ...place, data })
  await devtools.detach()
}
