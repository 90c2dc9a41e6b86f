import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { accessibilityFindings } from '../support/accessibility'
import { expect, test, type Application } from '../support/application'
import { startMosquitto } from '../support/mosquitto'
import { publishWithMosquitto, subscribeWithMosquitto } from '../support/mosquittoClients'
import { openSavedConnection } from '../support/savedConnection'
import { createTemporaryFolder } from '../support/temporaryFolder'
import { viewsIn } from '../support/workspace'

const jsonSchema = (most: number) =>
  JSON.stringify({
    type: 'object',
    required: ['celsius', 'unit'],
    additionalProperties: false,
    properties: {
      celsius: { type: 'number', maximum: most, description: 'At the sensor' },
      unit: { enum: ['C', 'F'] },
    },
  })

test('a payload is held against the schema of its topic while it is written', async ({ application }) => {
  const broker = await startMosquitto()
  const folder = createTemporaryFolder('schemas')
  try {
    const { page } = application
    const schema = join(folder.path, 'reading.json')
    writeFileSync(schema, jsonSchema(100))
    await openSavedConnection(page, { port: broker.port(), filter: 'none', qos: 0 })
    await addRule(application, { filter: 'plant/+/t', path: schema })
    const pane = viewsIn(page).view('schemas')
    await pane.getByLabel('Try a topic').fill('plant/1/t')
    await expect(pane.getByRole('status')).toHaveText('Rule 1 takes it.')
    await expect(pane.locator('[data-rule][data-takes]')).toHaveCount(1)

    const { form, topic, payload, format } = composerAt(page)
    await topic.fill('plant/1/t')
    await format.selectOption('JSON')
    await write(payload, '{"celsius": 200, "unit": "K"}')
    const chip = form.locator('[data-schema-state]')
    await expect(chip).toHaveAttribute('data-schema-state', 'differs')
    await expect(form.locator('.cm-schemaMark')).toHaveText(['200', '"K"'])
    await expect(form.locator('[data-finding="maximum"]')).toContainText('Line 1, column 13: $.celsius is above')
    expect(await accessibilityFindings(page)).toEqual([])

    writeFileSync(schema, jsonSchema(300))
    await expect(form.locator('.cm-schemaMark')).toHaveText(['"K"'])

    await write(payload, '{"cel')
    await payload.press('Control+Space')
    await expect(page.getByRole('option', { name: /celsius/ })).toContainText('number *')
    await page.keyboard.press('Escape')
    await form.getByRole('button', { name: 'Fill from schema' }).click()
    await expect(payload).toContainText('"unit": "C"')
    await expect(chip).toHaveAttribute('data-schema-state', 'conforms')
  } finally {
    folder.remove()
    await broker.stop()
  }
})

test('JSON becomes Protobuf where a message type is bound to the topic', async ({ application }) => {
  const broker = await startMosquitto()
  const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['#'] })
  const folder = createTemporaryFolder('protobuf')
  try {
    const { page } = application
    const proto = join(folder.path, 'reading.proto')
    writeFileSync(proto, 'syntax = "proto3";\npackage plant;\nmessage Reading { uint64 id = 1; string unit = 2; }\n')
    const person = await openSavedConnection(page, { port: broker.port(), filter: 'none', qos: 0 })
    await addRule(application, { filter: 'proto/#', path: proto, kind: 'Protobuf' })
    const { form, topic, payload, format } = composerAt(page)
    await topic.fill('proto/1')
    await format.selectOption('Protobuf')
    await write(payload, '{"id": "x"}')
    await expect(form.getByRole('button', { name: /^Line 1, column 8:/ })).toBeVisible()
    await write(payload, '{"id": 18446744073709551615, "unit": "C"}')
    await person.button('Bytes').click()
    const bytes = page.getByRole('dialog', { name: 'Bytes' })
    await expect(bytes.locator('[data-bytes]')).toHaveAttribute('data-bytes', '14')
    await page.keyboard.press('Escape')
    await person.button('Publish').click()
    const [received] = await listener.waitForMessages(1)
    expect(received?.payload.toString('hex')).toBe('08ffffffffffffffffff01120143')
  } finally {
    folder.remove()
    await listener.stop()
    await broker.stop()
  }
})

test('what devices send is held against the schema of its topic, decoded or not, and counted', async ({
  application,
}) => {
  const broker = await startMosquitto()
  const folder = createTemporaryFolder('schemaErrors')
  try {
    const { page } = application
    const schema = join(folder.path, 'reading.json')
    writeFileSync(schema, jsonSchema(40))
    await openSavedConnection(page, { port: broker.port(), filter: 'plant/#', qos: 0 })
    const send = (topic: string, payload: Buffer) => publishWithMosquitto({ port: broker.port(), topic, payload })
    // {"celsius": 50, "unit": "C"} and {"celsius": 20, "unit": "C"}: the first one before there is a rule.
    const hot = Buffer.from('a267' + '63656c73697573' + '1832' + '64' + '756e6974' + '6143', 'hex')
    const cool = Buffer.from('a267' + '63656c73697573' + '14' + '64' + '756e6974' + '6143', 'hex')
    await send('plant/1/t', hot)
    const tree = page.getByRole('tree', { name: 'Topics' })
    await expect(tree.locator('[data-topic="plant/1/t"]')).toBeVisible()
    await addRule(application, { filter: 'plant/+/t', path: schema, decoder: 'cbor' })
    const views = viewsIn(page)
    const branch = tree.locator('[data-topic="plant"]')
    await views.tab('Topics').click()
    await expect(branch).toHaveAttribute('aria-description', /1 message does not conform to the JSON Schema/)
    await send('plant/1/t', cool)
    await send('plant/2/t', hot.subarray(0, 5))
    await expect(branch).toHaveAttribute('aria-description', /2 messages do not conform to the JSON Schema/)
    await views.tab('Schemas').click()
    const pane = views.view('schemas')
    await expect(pane.getByText('2 of 3 checked messages do not conform to their JSON Schema.')).toBeVisible()
    await pane.getByRole('button', { name: 'Show in the log' }).click()
    await expect(page.locator('[data-seq]')).toHaveCount(2)

    await page.locator('[data-seq]').first().click()
    const details = page.getByRole('region', { name: 'Payload', exact: true })
    await expect(details.getByText('1 place does not conform to reading.json')).toBeVisible()
    await details.getByRole('button', { name: /^\$\.celsius is above/ }).click()
    const value = details.getByRole('treeitem', { name: 'celsius: 50' })
    await expect(value).toHaveAttribute('aria-selected', 'true')
    await expect(value).toHaveAttribute('aria-description', /\$\.celsius is above/)
    expect(await accessibilityFindings(page)).toEqual([])

    writeFileSync(schema, jsonSchema(100))
    await expect(pane.getByText('1 of 3 checked messages do not conform to their JSON Schema.')).toBeVisible()
    await expect(details.getByText('Conforms to reading.json')).toBeVisible()
  } finally {
    folder.remove()
    await broker.stop()
  }
})

interface Wanted {
  readonly filter: string
  readonly path: string
  readonly kind?: 'Protobuf'
  readonly decoder?: string
}

/** By the dialog of the view, with a file of the system's dialog. */
const addRule = async ({ app, page }: Application, { filter, path, kind, decoder }: Wanted) => {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, path)
  await viewsIn(page).tab('Schemas').click()
  await viewsIn(page).view('schemas').getByRole('button', { name: 'Add rule' }).click()
  const dialog = page.getByRole('dialog', { name: 'New rule' })
  await dialog.getByLabel('Topic filter', { exact: true }).fill(filter)
  if (decoder) await dialog.getByLabel('Decode as', { exact: true }).fill(decoder)
  if (kind) await dialog.getByLabel('Kind', { exact: true }).selectOption(kind)
  await dialog.getByRole('button', { name: 'Choose file…' }).click()
  await expect(dialog.getByText(path)).toBeVisible()
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog).toBeHidden()
}

/** By keys: to put a text in the place of a coloured one, `fill` makes elements with styles of their own, which the policy refuses. */
const write = async (payload: Locator, text: string) => {
  await payload.press('Control+a')
  await payload.press('Delete')
  await payload.page().keyboard.insertText(text)
}

const composerAt = (page: Page) => {
  const form = page.getByRole('form', { name: 'Publish' })
  return {
    form,
    topic: form.getByLabel('Topic', { exact: true }),
    payload: form.getByLabel('Payload', { exact: true }),
    format: form.getByLabel('Format', { exact: true }),
  }
}
