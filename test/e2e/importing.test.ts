import type { Page } from '@playwright/test'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test, type Application } from '../support/application'

const explorer = JSON.stringify({
  ConnectionManager_connections: {
    a: {
      id: 'a',
      name: 'Plant',
      host: 'plant.example',
      port: 8883,
      encryption: true,
      username: 'u',
      password: 's3cret-word',
      subscriptions: ['plant/#'],
      selfSignedCertificate: { name: 'ca.crt', data: 'LS0tLS1DQQ==' },
    },
  },
})

/** The store of MQTTX, as its program keeps it. */
const writeDatabase = (path: string) => {
  const { DatabaseSync } = createRequire(import.meta.url)('@photostructure/sqlite') as {
    DatabaseSync: new (path: string) => { exec(sql: string): void; close(): void }
  }
  const database = new DatabaseSync(path)
  database.exec(`CREATE TABLE ConnectionEntity (id, client_id, name, clean, protocol, host, port, mqttVersion, parent_id);
    INSERT INTO ConnectionEntity VALUES ('x', 'c', 'Line', 0, 'mqtt', 'line.example', 1883, '5.0', NULL);
    CREATE TABLE SubscriptionEntity (topic, qos, connection_id); INSERT INTO SubscriptionEntity VALUES ('line/#', '1', 'x');`)
  database.close()
}

/** The system's dialogs answer with these paths from now on. */
const choosePaths = ({ app }: Application, paths: readonly string[]) =>
  app.evaluate(({ dialog }, given) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...given] })
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: given[0] ?? '' })
  }, paths)

/** As soon as the menu offers it: the page tells what is in it. */
const chooseInMenu = ({ app }: Application, id: string) =>
  expect
    .poll(() =>
      app.evaluate(({ Menu }, wanted) => {
        const item = Menu.getApplicationMenu()?.getMenuItemById(wanted)
        if (item?.enabled !== true) return false
        Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click()
        return true
      }, id),
    )
    .toBe(true)

const dialogNamed = (page: Page, name: string) => page.getByRole('dialog', { name })
const listed = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Connections' }).getByText(name, { exact: true })

/** As the system does it: the page gets a drop that it can trust, with a file that has a path. */
const dropOnto = async (page: Page, path: string) => {
  const devtools = await page.context().newCDPSession(page)
  const data = { items: [], files: [path], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', { type, x: 640, y: 300, data })
  await devtools.detach()
}

test('connections are imported after a dry run and taken back in one step, and exported ones come back', async ({
  application,
}) => {
  const { page, userDataFolder } = application
  const folder = join(userDataFolder, 'given')
  mkdirSync(folder)
  writeFileSync(join(folder, 'settings'), explorer)
  writeDatabase(join(folder, 'store'))
  const saved = () => readFileSync(join(userDataFolder, 'profiles.json'), 'utf8')

  const wizard = dialogNamed(page, 'Import connections')
  await expect(listed(page, 'Local broker')).toBeVisible()
  await dropOnto(page, folder)
  await expect(wizard.getByRole('checkbox', { name: 'Import “Plant”' })).toBeChecked()
  await expect(wizard.getByRole('checkbox', { name: 'Import “Line”' })).toBeChecked()
  await wizard.getByRole('textbox', { name: 'Address, command or text' }).fill('mosquitto_sub -h pasted.example -t a/#')
  await page.keyboard.press('Enter')
  await expect(wizard.getByRole('checkbox', { name: 'Import “pasted.example”' })).toBeChecked()
  await expect(wizard.getByText(/ chosen · /)).toContainText(/^3 of 3 chosen · .*1 secret/)
  await wizard.getByRole('checkbox', { name: 'Import “pasted.example”' }).click()
  await wizard.getByRole('button', { name: 'Import 2 connections' }).click()
  await expect(wizard).toBeHidden()
  await expect(page.getByText('2 connections were imported.')).toBeVisible()
  await expect.poll(saved).toContain('line.example')
  expect(saved()).not.toContain('s3cret-word')
  await expect(listed(page, 'Plant')).toBeVisible()

  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(page.getByText('The import was taken back.')).toBeVisible()
  await expect(listed(page, 'Plant')).toHaveCount(0)
  await expect.poll(saved).not.toContain('line.example')

  // Again from the menu, and out into a file of our own.
  await choosePaths(application, [folder])
  await chooseInMenu(application, 'import.open')
  await wizard.getByRole('button', { name: 'Folder…' }).click()
  await wizard.getByRole('button', { name: 'Import 2 connections' }).click()
  await expect(listed(page, 'Plant')).toBeVisible()
  const file = join(userDataFolder, 'out.json')
  await choosePaths(application, [file])
  await chooseInMenu(application, 'export.connections')
  const exporting = dialogNamed(page, 'Export connections')
  await exporting.getByLabel('Secrets').selectOption({ label: 'Under a password' })
  await exporting.getByLabel('Password of the file').fill('open sesame')
  await exporting.getByLabel('The same again').fill('open sesame')
  await exporting.getByRole('button', { name: 'Export…' }).click()
  await expect(page.getByText(/^3 connections were exported with 1 secret under the password/)).toBeVisible()
  const written = readFileSync(file, 'utf8')
  expect(written).toContain('"host": "line.example"')
  expect(written).not.toContain('s3cret-word')

  // Taken back and read again from that file, with the secret.
  await chooseInMenu(application, 'import.undo')
  await expect(listed(page, 'Plant')).toHaveCount(0)
  await chooseInMenu(application, 'import.open')
  await wizard.getByRole('button', { name: 'Files…' }).click()
  await wizard.getByLabel('Password of out.json').fill('open sesame')
  await page.keyboard.press('Enter')
  await expect(wizard.getByText(/ chosen · /)).toContainText(/^2 of 3 chosen · .*1 secret/)
  await wizard.getByRole('button', { name: 'Import 2 connections' }).click()
  await expect(listed(page, 'Plant')).toBeVisible()
  await expect.poll(saved).toContain('line.example')
})
