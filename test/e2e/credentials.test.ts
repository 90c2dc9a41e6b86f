import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { personAt } from '../support/person'
import { answerQuestions, latestQuestion } from '../support/systemQuestions'

let broker: Mosquitto
test.beforeAll(async () => {
  broker = await startMosquitto({ users: { sam: 'correct horse' } })
})
test.afterAll(() => broker.stop())

test('a person signs in to a profile without credentials, and the stored password stays where it belongs', async ({
  clearedApplication: { app, page, userDataFolder },
}) => {
  const person = personAt(page)
  const dialog = page.getByRole('dialog')
  const inDialog = (name: string) => dialog.getByLabel(name, { exact: true })
  const press = (name: string) => dialog.getByRole('button', { name, exact: true }).click()

  await person.createProfile({ name: 'Plant', port: broker.port() })
  await person.button('Connect').click()
  await expect(person.status).toHaveText(/Failed/)
  await page.getByRole('button', { name: 'Sign in…' }).click()
  await expect(dialog).toContainText('The broker wants a username and a password.')
  await inDialog('Username').fill('sam')
  await inDialog('Password').fill('wrong')
  await press('Connect')
  await expect(dialog.getByRole('alert')).toContainText(/Not authorized/i)
  await inDialog('Password').fill('correct horse')
  await inDialog('Remember').check()
  await press('Connect')
  await expect(person.status).toHaveText(/Online/)

  await person.button('Disconnect').click()
  await expect(person.status).toHaveText(/Offline/)
  await person.connect()

  await person.button('Edit connection').click()
  await expect(inDialog('Username')).toHaveValue('sam')
  await inDialog('Host').fill('localhost')
  await expect(dialog).toContainText('it is forgotten when you save')
  await press('Save')
  await expect(page.getByText('Plant leads elsewhere now, so its stored password was forgotten.')).toBeVisible()
  await person.button('Disconnect').click()
  await expect(person.status).toHaveText(/Offline/)
  await person.button('Connect').click()
  await expect(inDialog('Username')).toHaveValue('sam')
  await expect(inDialog('Password')).toBeFocused()
  await inDialog('Password').fill('correct horse')
  await press('Connect')
  await expect(person.status).toHaveText(/Online/)

  // A payload is what is in its file when it is sent.
  const file = join(userDataFolder, 'payload.bin')
  writeFileSync(file, 'as chosen')
  await app.evaluate(({ dialog: system }, path) => {
    system.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
  }, file)
  await person.subscribe('file/#')
  await person.publishForm.getByLabel('Topic', { exact: true }).fill('file/a')
  await person.publishForm.getByRole('button', { name: 'From file…' }).click()
  await expect(person.publishForm).toContainText('payload.bin')
  writeFileSync(file, 'as sent, which is longer')
  await person.publishForm.getByRole('button', { name: 'Publish', exact: true }).click()
  await expect(person.publishForm.getByRole('status')).toContainText('it has changed')
  await expect(person.treeItem('file/a')).toContainText('as sent, which is longer')
  rmSync(file)
  await person.publishForm.getByRole('button', { name: 'Publish', exact: true }).click()
  await expect(person.publishForm.getByRole('alert')).toContainText('payload.bin is not there any more.')
  await person.expectCounter('sent', 1)
})

test('what a page must not decide alone is asked by the system', async ({ application: { app, page } }) => {
  const person = personAt(page)
  const dialog = page.getByRole('dialog')
  const answerWith = (response: 0 | 1) => answerQuestions(app, response)
  const asked = () => latestQuestion(app)

  await answerWith(0)
  await person.fillProfile({ name: 'Secure', port: 8883 })
  await dialog.getByLabel('Scheme', { exact: true }).selectOption('mqtts')
  await dialog.getByRole('button', { name: 'TLS', exact: true }).click()
  await dialog.getByLabel('CA file', { exact: true }).fill('/typed/ca.pem')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog.getByRole('alert').first()).toContainText('ca.pem is read only if you agree')
  expect(await asked()).toContain('/typed/ca.pem')
  await answerWith(1)
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog).toBeHidden()

  await answerWith(0)
  await person.button('Settings').click()
  const readable = dialog.getByLabel('Keep them on disk without encryption', { exact: true })
  await readable.click()
  await expect.poll(asked).toContain('Keep passwords readable on disk?')
  await expect(readable).not.toBeChecked()
  await answerWith(1)
  await readable.click()
  await expect
    .poll(() => page.evaluate(() => window.bridge.invoke('app.snapshot', undefined)))
    .toMatchObject({
      value: { settings: { storeSecretsWithoutKeyring: true } },
    })
  await expect(readable).toBeChecked()
})
