import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, clearedOnce, test } from '../support/application'
import { getCertificates } from '../support/certificates'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'
import { personOnlineIn } from '../support/personOnline'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto({ listeners: ['tcp', 'tls'] })
})
test.afterAll(() => broker.stop())

test.describe('with a connection of its own in one application', () => {
  const shared = clearedOnce((application) => application)

  test('a filter that breaks the rules is refused beside its field and nothing typed is lost', async () => {
    const person = await personOnlineIn(shared(), broker.port(), ['ok/#'])
    const field = person.subscriptions.getByLabel('Topic filter', { exact: true })
    const subscribe = person.subscriptions.getByRole('button', { name: 'Subscribe', exact: true })
    for (const filter of ['#/a', 'a+', '', 'x'.repeat(65_536)]) {
      await field.fill(filter)
      await subscribe.click()
      await expect(field).toHaveAttribute('aria-invalid', 'true')
      await expect(field).toHaveValue(filter)
    }
    await field.fill('good/#')
    await subscribe.click()
    await expect(person.subscriptions.getByText('good/#', { exact: true }).first()).toBeVisible()
  })

  test('hostile topics and payloads are shown, never obeyed', async () => {
    const person = await personOnlineIn(shared(), broker.port(), ['#'])
    const markup = '<img src=x onerror="document.title=1">'
    await publishWithMosquitto({ port: broker.port(), topic: markup, payload: markup })
    await publishWithMosquitto({
      port: broker.port(),
      topic: 'evil\u202etxt',
      payload: Buffer.from([0xff, 0xfe, 0x41]),
    })
    await person.expectCounter('received', 2)
    await expect(person.log).toContainText('<img src=x')
    await expect(person.log).toContainText('evil\\u202etxt')
    expect(await person.page.locator('img').count()).toBe(0)
    expect(await person.page.title()).not.toBe('1')
    await person.log.getByText('evil\\u202etxt').click()
    await expect(person.details).toContainText('ff fe 41')
  })

  test('a payload of 5 MB arrives whole', async () => {
    const person = await personOnlineIn(shared(), broker.port(), ['big'])
    const size = 5_000_000
    await publishWithMosquitto({ port: broker.port(), topic: 'big', payload: 'abcdefghij'.repeat(size / 10) })
    await person.expectCounter('received', 1)
    await person.rows('big').click()
    await expect(person.details).toContainText(/5,000,000/)
  })
})

test('ports out of range are named beside the field', async ({ clearedApplication }) => {
  const person = personAt(clearedApplication.page)
  const dialog = await person.fillProfile({ name: 'Ports', port: 1883 })
  const port = dialog.getByLabel('Port', { exact: true })
  for (const value of ['0', '70000', 'abc']) {
    await port.fill(value)
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(port).toHaveAttribute('aria-invalid', 'true')
    await expect(port).toHaveValue(value)
  }
})

test('a missing CA file and a wrong key passphrase fail with their names', async ({ launch }) => {
  const certificates = await getCertificates()
  const first = await launch()
  const person = personAt(first.page)
  await person.createProfile({ name: 'Secure', port: broker.port('tls') })
  const file = join(first.userDataFolder, 'profiles.json')
  const edit = (tls: Record<string, string>) => {
    const stored = readFileSync(file, 'utf8')
    const changed = Object.entries(tls).reduce(
      (text, [name, value]) => text.replaceAll(`"${name}": ""`, `"${name}": ${JSON.stringify(value)}`),
      stored.replaceAll('"scheme": "mqtt"', '"scheme": "mqtts"'),
    )
    writeFileSync(file, changed)
  }
  await first.close()
  edit({ caFile: '/nowhere/ca.pem' })
  const second = await launch({ userDataFolder: first.userDataFolder })
  const again = personAt(second.page)
  await again.chooseProfile('Secure')
  await again.button('Connect').click()
  await expect(second.page.getByRole('alert')).toHaveText('CA file: ca.pem does not exist. Choose another file.')
  await second.close()
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('/nowhere/ca.pem', certificates.authority.certificate))
  edit({ certificateFile: certificates.client.certificate, keyFile: certificates.client.encryptedKey })
  const third = await launch({ userDataFolder: first.userDataFolder })
  const last = personAt(third.page)
  await last.chooseProfile('Secure')
  await last.button('Connect').click()
  await expect(third.page.getByText(/passphrase/i).first()).toBeVisible()
})

test('a profile file cut in half is moved aside, its backup loaded, and the person told', async ({ launch }) => {
  const first = await launch()
  await personAt(first.page).createProfile({ name: 'Kept', port: 1883 })
  await personAt(first.page).createProfile({ name: 'Newest', port: 1884 })
  await first.close()
  const file = join(first.userDataFolder, 'profiles.json')
  truncateSync(file, Math.floor(readFileSync(file).length / 2))
  const second = await launch({ userDataFolder: first.userDataFolder })
  await expect(second.page.getByText(/damaged/).first()).toBeVisible()
  await expect(second.page.getByRole('navigation', { name: 'Connections' }).getByText('Kept')).toBeVisible()
  expect(readdirSync(first.userDataFolder).some((name) => name.startsWith('profiles.damaged'))).toBe(true)
  expect(existsSync(file)).toBe(true)
})
