import type { Page } from '@playwright/test'
import { accessibilityFindings } from '../support/accessibility'
import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { personAt } from '../support/person'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto({ listeners: ['tcp', 'tls'], users: { ann: 'ge heim' }, allowAnonymous: true })
})
test.afterAll(() => broker.stop())

const formOn = (page: Page) => {
  const dialog = page.getByRole('dialog')
  const field = (name: string) => dialog.getByLabel(name, { exact: true })
  const button = (name: string) => dialog.getByRole('button', { name, exact: true })
  const paste = async (text: string) => {
    await page.evaluate((written) => window.bridge.invoke('clipboard.write', { text: written }), text)
    await field('Paste an address or a mosquitto command').focus()
    await page.keyboard.press('ControlOrMeta+V')
  }
  return { dialog, field, button, paste }
}

test('a pasted command is a connection in two steps, its password nowhere to be read', async ({
  clearedApplication,
}) => {
  const { page } = clearedApplication
  const person = personAt(page)
  await person.button('New connection').click()
  const form = formOn(page)
  await form.paste(
    `mosquitto_sub -h 127.0.0.1 -p ${broker.port()} \\\n  -u ann -P 'ge heim' -t 'plant/#' -q 1 --colour | tee log`,
  )
  await expect(form.field('Host')).toHaveValue('127.0.0.1')
  await expect(form.field('Port')).toHaveValue(String(broker.port()))
  await expect(form.field('Password')).toHaveValue('ge heim')
  await expect(form.dialog.getByRole('list', { name: 'Not filled in' })).toContainText('--colour')
  await expect(form.dialog).not.toContainText('ge heim')
  expect(await accessibilityFindings(page)).toEqual([])
  await form.button('Save and connect').click()
  await expect(form.dialog).toBeHidden()
  await expect(person.status).toHaveText(/Online/)
  await expect(person.subscriptions.getByText('plant/#', { exact: true }).first()).toBeVisible()
})

test('a pasted mosquitto_pub is a connection and a draft, and in the composer a message', async ({
  clearedApplication,
}) => {
  const { page } = clearedApplication
  const person = personAt(page)
  await person.button('New connection').click()
  const form = formOn(page)
  await form.paste(
    `mosquitto_pub -h 127.0.0.1 -p ${broker.port()} -u ann -P 'ge heim' -t lamp/cmd \\\n  -m '{"on": "it'\\''s"}' -q 1 -D publish content-type application/json`,
  )
  await expect(form.dialog.getByRole('list', { name: 'Message', exact: true })).toContainText('lamp/cmd')
  await form.button('Save and connect').click()
  await expect(person.status).toHaveText(/Online/)
  const composer = page.getByRole('form', { name: 'Publish' })
  const topic = composer.getByLabel('Topic', { exact: true })
  const payload = composer.getByRole('textbox', { name: 'Payload' })
  await expect(topic).toHaveValue('lamp/cmd')
  await expect(payload).toHaveText(`{"on": "it's"}`)
  await expect(composer.getByLabel('QoS', { exact: true })).toHaveValue('1')

  await page.evaluate(
    (text) => window.bridge.invoke('clipboard.write', { text }),
    `mosquitto_pub -h elsewhere -t fan/cmd -m off -r`,
  )
  await payload.focus()
  await page.keyboard.press('ControlOrMeta+V')
  await composer.getByRole('button', { name: 'Take its message' }).click()
  await expect(topic).toHaveValue('fan/cmd')
  await expect(payload).toHaveText('off')
  await expect(composer.getByRole('tab', { name: 'lamp/cmd' })).toBeVisible()
})

test('settings are tested without saving them, and what may help leads to its field', async ({
  clearedApplication,
}) => {
  const { page } = clearedApplication
  const person = personAt(page)
  await person.button('New connection').click()
  const form = formOn(page)
  await form.paste(`mqtt://ann:wrong@127.0.0.1:${broker.port()}`)
  await form.button('Test connection').click()
  await expect(form.dialog.getByRole('alert')).toContainText(/user name|username|password/i)
  await form.button('Sign in…').click()
  await expect(form.field('Password')).toBeFocused()
  await form.field('Password').fill('ge heim')
  await form.button('Test connection').click()
  await expect(form.dialog.locator('[data-outcome="accepted"]')).toContainText('Round trip')
  await form.button('Cancel').click()
  await form.button('Discard').click()
  await expect(page.getByRole('navigation', { name: 'Connections' })).not.toContainText('127.0.0.1')
})

test('a certificate nobody knows is named, and its remedy leads to the CA file', async ({ clearedApplication }) => {
  const { page } = clearedApplication
  await personAt(page).button('New connection').click()
  const form = formOn(page)
  await form.paste(`mqtts://ann:${encodeURIComponent('ge heim')}@localhost:${broker.port('tls')}`)
  await form.button('Test connection').click()
  await form.button('Choose CA file…').click()
  await expect(form.field('CA file')).toBeFocused()
})

test('connections connect when the application starts, unless it is told not to', async ({ launch }) => {
  const first = await launch()
  const person = personAt(first.page)
  await person.button('New connection').click()
  const form = formOn(first.page)
  await form.paste(`mqtt://127.0.0.1:${broker.port()}`)
  await form.field('Connect when the application starts').check()
  await form.button('Save').click()
  await expect(form.dialog).toBeHidden()
  await expect(person.status).toHaveText(/Offline/)
  await first.close()
  const second = await launch({ userDataFolder: first.userDataFolder })
  await expect(personAt(second.page).status).toHaveText(/Online/)
  await second.close()
  const third = await launch({ userDataFolder: first.userDataFolder, arguments: ['--no-connect'] })
  await expect(personAt(third.page).status).toHaveText(/Offline/)
})

test('several connections are deleted at once and come back with one undo', async ({ clearedApplication }) => {
  const { page } = clearedApplication
  const person = personAt(page)
  for (const name of ['One', 'Two', 'Three']) await person.createProfile({ name, port: 1 })
  const list = page.getByRole('navigation', { name: 'Connections' })
  const rows = list.locator('[data-connection]')
  const before = await rows.allTextContents()
  await list.getByText('Two', { exact: true }).click()
  await page.keyboard.press('Shift+ArrowDown')
  await expect(list.getByText('2 chosen')).toBeVisible()
  await page.keyboard.press('Delete')
  await expect(rows).toHaveCount(before.length - 2)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rows).toHaveText(before)
})
