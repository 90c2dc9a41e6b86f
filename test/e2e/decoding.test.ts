import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { accessibilityFindings } from '../support/accessibility'
import { expect, test, type Application } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personOnlineIn } from '../support/personOnline'
import { createTemporaryFolder } from '../support/temporaryFolder'
import { viewsIn } from '../support/workspace'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const send = (topic: string, payload: Uint8Array) => publishWithMosquitto({ port: broker.port(), topic, payload })

/** `{"temp": value}` in CBOR. */
const cborOf = (temp: number) => Buffer.from([0xa1, 0x64, ...Buffer.from('temp'), 0x18, temp])

test('payloads are read, searched and shown as rules made by hand decode them', async ({ application }) => {
  const person = await personOnlineIn(application, broker.port(), ['#'])
  const { page } = application
  const { details } = person
  const folder = createTemporaryFolder('decoding')
  const proto = join(folder.path, 'reading.proto')
  writeFileSync(proto, 'syntax = "proto3";\nmessage Reading { uint64 id = 1; string unit = 2; }\n')
  try {
    await test.step('a query asks decoded fields as soon as there is a rule', async () => {
      await send('cbor/low', cborOf(28))
      await send('cbor/high', cborOf(42))
      await expect(person.rows('cbor/high')).toContainText('a1 64 74')
      await person.field('Filter messages').fill('$.temp > 30')
      await expect(page.locator('[data-counter="shown"]')).toHaveText('0 of 2')
      await addRule(application, { filter: 'cbor/#', decoder: 'cbor' })
      await expect(page.locator('[data-counter="shown"]')).toHaveText('1 of 2')
      await expect(person.rows('cbor/high')).toContainText('{"temp":42}')
      await expect(person.rows('cbor/low')).toHaveCount(0)
      await person.field('Filter messages').fill('')
      await expect(person.rows('cbor/low')).toContainText('{"temp":28}')
    })

    await test.step('what stands in front of a decoder is unpacked, and a schema decodes by itself', async () => {
      await addRule(application, { filter: 'zip/#', decoder: 'gzip+json' })
      await addRule(application, { filter: 'proto/#', path: proto })
      await send('zip/1', gzipSync('{"serial": 9007199254740993}'))
      await send('proto/1', Buffer.from('08ffffffffffffffffff01120143', 'hex'))
      await expect(person.rows('zip/1')).toContainText('{"serial":9007199254740993}')
      await expect(person.rows('proto/1')).toContainText('{"id":18446744073709551615,"unit":"C"}')
    })

    await test.step('the details show the decoded value, and how it came about', async () => {
      await person.rows('cbor/high').click()
      await expect(details.locator('[data-decoding="decoded"]')).toHaveText('Decoded as cbor by the rule cbor/#')
      await expect(details.getByRole('region', { name: 'Payload' })).toContainText('"temp": 42')
      expect(await accessibilityFindings(page)).toEqual([])
      await details.getByText('Tree', { exact: true }).click()
      await expect(details.getByRole('treeitem', { name: 'temp: 42' })).toBeVisible()
    })

    await test.step('what cannot be decoded keeps its bytes, with the byte and the reason', async () => {
      await send('cbor/cut', cborOf(42).subarray(0, 4))
      await person.rows('cbor/cut').click()
      const reason = 'Not decoded: byte 2 of cbor: the bytes end inside of a value'
      await expect(details.locator('[data-decoding="failed"]')).toContainText(reason)
      await expect(details.getByRole('region', { name: 'Payload' })).toContainText('a1 64 74 65')
      await expect(person.rows('cbor/cut')).toContainText('a1 64 74 65')
    })
  } finally {
    folder.remove()
  }
})

interface Wanted {
  readonly filter: string
  readonly decoder?: string
  /** Of a Protobuf schema. */
  readonly path?: string
}

/** By the dialog of the view. */
const addRule = async ({ app, page }: Application, { filter, decoder, path }: Wanted) => {
  await viewsIn(page).tab('Schemas').click()
  await viewsIn(page).view('schemas').getByRole('button', { name: 'Add rule' }).click()
  const dialog = page.getByRole('dialog', { name: 'New rule' })
  await dialog.getByLabel('Topic filter', { exact: true }).fill(filter)
  if (decoder !== undefined) await dialog.getByLabel('Decode as', { exact: true }).fill(decoder)
  if (path !== undefined) {
    await app.evaluate(({ dialog: systemDialog }, chosen) => {
      systemDialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
    }, path)
    await dialog.getByLabel('Kind', { exact: true }).selectOption('Protobuf')
    await dialog.getByRole('button', { name: 'Choose file…' }).click()
    await expect(dialog.getByText(path)).toBeVisible()
  }
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog).toBeHidden()
}
