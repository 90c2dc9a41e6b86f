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

test('a pasted command is a connection in two steps, its password nowhere to be read', async ({ application }) => {
  const { page } = application
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

test('settings are tested without saving them, and what may help leads to its field', async ({ application }) => {
  const { page } = application
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

test('a certificate nobody knows is named, and its remedy leads to the CA file', async ({ application }) => {
  const { page } = application
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

test('several connections are deleted at once and come back with one undo', async ({ application }) => {
  const { page } = application
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
