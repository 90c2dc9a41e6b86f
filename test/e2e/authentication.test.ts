import type { Packet } from 'mqtt-packet'
import { startFakeServer, type FakeConnection } from '../integration/sessionFakeServer'
import { expect, test } from '../support/application'
import { personAt } from '../support/person'

const method = 'RIDDLE'

const ask = (connection: FakeConnection, question: string) =>
  connection.send({
    cmd: 'auth',
    reasonCode: 0x18,
    properties: { authenticationMethod: method, authenticationData: Buffer.from(question) },
  })

const dataOf = (packet: Packet | undefined): string | undefined =>
  packet?.cmd === 'auth' || packet?.cmd === 'connect'
    ? packet.properties?.authenticationData?.toString('utf8')
    : undefined

/** Asks one riddle after CONNECT, and another when the client authenticates again. */
const startRiddler = async () => {
  const connects: Packet[] = []
  const server = await startFakeServer((packet, connection) => {
    if (packet.cmd === 'connect') {
      connects.push(packet)
      ask(connection, 'what walks?')
    }
    if (packet.cmd !== 'auth') return
    if (packet.reasonCode === 0x19) ask(connection, 'and now?')
    else if (dataOf(packet) === 'still a man')
      connection.send({ cmd: 'auth', reasonCode: 0, properties: { authenticationMethod: method } })
    else
      connection.send({
        cmd: 'connack',
        reasonCode: 0,
        returnCode: 0,
        sessionPresent: false,
        properties: { authenticationMethod: method },
      })
  })
  return { ...server, connects }
}

test('a broker that authenticates in steps is answered in the window, also while it is online', async ({
  clearedApplication,
}) => {
  const server = await startRiddler()
  try {
    const { page } = clearedApplication
    const person = personAt(page)
    const form = await person.fillProfile({ name: 'Riddler', port: server.port })
    await form.getByText('Enhanced authentication', { exact: true }).click()
    await form.getByLabel('Authentication method', { exact: true }).selectOption('own')
    await form.getByLabel('Method name', { exact: true }).fill(method)
    await form.getByLabel('First data', { exact: true }).selectOption('hex')
    await form.getByLabel('Authentication data', { exact: true }).fill('68 69')
    await form.getByRole('button', { name: 'Save and connect', exact: true }).click()

    const dialog = page.getByRole('dialog', { name: 'Riddler: the broker asks' })
    await expect(dialog).toContainText('Step 1 of the authentication by “RIDDLE”')
    await expect(dialog).toContainText('what walks?')
    await expect(dialog).toContainText('77 68 61 74')
    expect(dataOf(server.connects[0])).toBe('hi')

    await dialog.getByLabel('Written as', { exact: true }).selectOption('hex')
    await dialog.getByLabel('Your answer', { exact: true }).fill('6')
    await expect(dialog).toContainText('This is not written in that format.')
    await expect(dialog.getByRole('button', { name: 'Send AUTH' })).toBeDisabled()
    await dialog.getByLabel('Your answer', { exact: true }).fill('61 20 6d 61 6e')
    await dialog.getByRole('button', { name: 'Send AUTH' }).click()
    await expect(dialog).toBeHidden()
    await expect(person.status).toHaveText(/Online/)
    expect(server.connections[0]?.received.map(dataOf)).toEqual(['a man'])

    await page
      .getByRole('tablist', { name: 'Open connections' })
      .getByRole('tab', { name: 'Riddler' })
      .click({ button: 'right' })
    await page.getByRole('menuitem', { name: /Authenticate again/ }).click()
    await expect(dialog).toContainText('and now?')
    await dialog.getByLabel('Your answer', { exact: true }).fill('still a man')
    await dialog.getByRole('button', { name: 'Send AUTH' }).click()
    await expect(page.getByText('The broker accepted the authentication (AUTH 0x00).')).toBeVisible()
    await expect(person.status).toHaveText(/Online/)
  } finally {
    await server.stop()
  }
})

test('giving up ends the connection, and what failed is said with a way to the settings', async ({
  clearedApplication,
}) => {
  const server = await startRiddler()
  try {
    const { page } = clearedApplication
    const person = personAt(page)
    const form = await person.fillProfile({ name: 'Riddler', port: server.port })
    await form.getByText('Enhanced authentication', { exact: true }).click()
    await form.getByLabel('Authentication method', { exact: true }).selectOption('own')
    await form.getByRole('button', { name: 'Save and connect', exact: true }).click()
    await expect(form.getByLabel('Method name', { exact: true })).toHaveAttribute('aria-invalid', 'true')
    await form.getByLabel('Method name', { exact: true }).fill(method)
    await form.getByRole('button', { name: 'Save and connect', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Riddler: the broker asks' })
    await dialog.getByRole('button', { name: 'End connection' }).click()
    await expect(page.getByText(/You ended the authentication by RIDDLE at step 1/).first()).toBeVisible()
    await expect
      .poll(() => server.connections[0]?.received.at(-1))
      .toMatchObject({ cmd: 'disconnect', reasonCode: 0x80 })
  } finally {
    await server.stop()
  }
})
