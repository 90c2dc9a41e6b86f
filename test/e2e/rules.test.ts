import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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

test('a rule made from a message decodes topics like it, is tried, and goes to a file and back', async ({
  application,
}) => {
  const person = await personOnlineIn(application, broker.port(), ['#'])
  const { page } = application
  const folder = createTemporaryFolder('rules')
  const file = join(folder.path, 'rules.json')
  const pane = viewsIn(page).view('schemas')
  try {
    await test.step('a message proposes a filter, and is decoded while the rule is written', async () => {
      for (const number of [1, 2]) await send(`plant/${number}/temp`, Uint8Array.from([0x34, 0x12]))
      await person.rows('plant/1/temp').click({ button: 'right' })
      await page.getByRole('menuitem', { name: 'Decode topics like this as…' }).click()
      const dialog = page.getByRole('dialog', { name: 'New rule' })
      await expect(dialog.getByLabel('Topic filter', { exact: true })).toHaveValue('plant/+/temp')
      await expect(dialog.locator('[data-topics]')).toHaveAttribute('data-topics', '2')
      await dialog.getByLabel('Decoder', { exact: true }).selectOption('Number')
      await dialog.getByLabel('Byte order', { exact: true }).selectOption('le')
      await expect(dialog.getByLabel('Decode as', { exact: true })).toHaveValue('u16le')
      await expect(dialog.getByRole('group', { name: 'Decoded payload' })).toHaveText('4660')
      expect(await accessibilityFindings(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Save', exact: true }).click()
      await expect(person.rows('plant/2/temp')).toContainText('4660')
    })

    await test.step('a topic and a pasted payload are tried', async () => {
      await viewsIn(page).tab('Schemas').click()
      await pane.getByLabel('Try a topic or a message').fill('plant/7/temp')
      await pane.getByRole('button', { name: 'Hex', exact: true }).click()
      await pane.getByLabel('Pasted payload').fill('01 00')
      await expect(pane.getByText('Decoded as u16le by the rule plant/+/temp')).toBeVisible()
      await expect(pane.getByRole('group', { name: 'Decoded payload' })).toHaveText('1')
      expect(await accessibilityFindings(page)).toEqual([])
    })

    await test.step('rules are written to a file and read from one', async () => {
      await answerDialogs(application, file)
      await pane.getByRole('button', { name: 'Import and export' }).click()
      await page.getByRole('menuitem', { name: 'Export rules…' }).click()
      await expect(page.getByText('1 rule written to rules.json.')).toBeVisible()
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
        topicscopeRules: 1,
        rules: [{ filter: 'plant/+/temp', for: 'connection', decoder: 'u16le' }],
      })
      mkdirSync(join(folder.path, 'schemas'))
      writeFileSync(join(folder.path, 'schemas', 'a.json'), '{"type": "object"}')
      const schema = { kind: 'jsonSchema', path: 'schemas/a.json' }
      const rules = [
        { filter: 'new/#', schema },
        { filter: 'lost', schema: { ...schema, path: '../other.json' } },
      ]
      writeFileSync(file, JSON.stringify({ topicscopeRules: 1, rules }))
      await pane.getByRole('button', { name: 'Import and export' }).click()
      await page.getByRole('menuitem', { name: 'Import rules…' }).click()
      const dialog = page.getByRole('dialog', { name: 'Rules of rules.json' })
      await expect(dialog.getByRole('list', { name: 'Not taken' })).toContainText('../other.json')
      await dialog.getByRole('button', { name: 'Add 1 rule' }).click()
      await expect(pane.getByRole('listitem', { name: 'new/#' })).toContainText('a.json')
    })
  } finally {
    folder.remove()
  }
})

/** What is chosen in the system's dialogs from now on. */
const answerDialogs = async ({ app }: Application, path: string) =>
  app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen })
  }, path)
