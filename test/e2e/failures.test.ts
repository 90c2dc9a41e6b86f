import { createServer as createHttpServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { politely, startFakeServer } from '../integration/sessionFakeServer'
import { expect, test } from '../support/application'
import { getCertificates } from '../support/certificates'
import { startMosquitto } from '../support/mosquitto'
import { personAt } from '../support/person'
import { answerQuestions } from '../support/systemQuestions'
import { keepSecrets, newProfile, type Profile } from '../../shared/model/profile'

test('each remedy of a failed connection is a button that does it', async ({ clearedApplication }) => {
  const { app, page } = clearedApplication
  // About the files that its profiles name.
  await answerQuestions(app, 1)
  const person = personAt(page)
  const alert = page.getByRole('alert')
  const remedies = page.getByRole('list', { name: 'What may help' })
  const open = async (given: Partial<Profile> & { readonly name: string }) => {
    const profile = newProfile({ id: given.name, host: '127.0.0.1', ...given })
    await page.evaluate((input) => window.bridge.invoke('profile.save', input), { profile, secrets: keepSecrets })
    await person.chooseProfile(given.name)
    await person.button('Connect').click()
  }
  const isOnline = () => expect(person.status).toHaveText(/Online/)

  await test.step('a broker that has nothing but 3.1.1', async () => {
    const server = await startFakeServer((packet, connection) => {
      if (packet.cmd === 'connect' && packet.protocolVersion === 5) connection.socket.end()
      else politely()(packet, connection)
    }, 4)
    await open({ name: 'Old', port: server.port, reconnect: { ...newProfile({ id: 'a' }).reconnect, enabled: false } })
    await expect(alert).toHaveText(`127.0.0.1:${server.port} closed the connection instead of answering CONNECT.`)
    await expect(remedies.getByRole('listitem').first()).toContainText('It may not speak MQTT 5.')
    await remedies.getByRole('button', { name: 'Try MQTT 3.1.1' }).click()
    await isOnline()
    await expect(page.getByText('Connected with other settings than the saved ones: MQTT 3.1.1.')).toBeVisible()
    await person.button('Save these settings').click()
    await expect(person.button('Save these settings')).toBeHidden()
    await person.button('Disconnect').click()
    await person.button('Connect').click()
    await isOnline()
    await server.stop()
  })

  await test.step('a port with TLS, and one without', async () => {
    const { authority } = await getCertificates()
    const broker = await startMosquitto({ listeners: ['tcp', 'tls', 'ws'] })
    const tls = { ...newProfile({ id: 'a' }).tls, caFile: authority.certificate }
    await open({ name: 'Plain', host: 'localhost', port: broker.port('tls'), tls })
    await remedies.getByRole('button', { name: 'Try mqtts' }).click()
    await isOnline()
    await expect(page.getByText(`mqtts://localhost:${broker.port('tls')}`)).toBeVisible()
    await open({ name: 'Secure', host: 'localhost', scheme: 'mqtts', port: broker.port(), tls })
    await expect(alert).toContainText('the TLS handshake')
    await remedies.getByRole('button', { name: 'Try mqtt', exact: true }).click()
    await isOnline()
    await open({ name: 'Web', host: 'localhost', scheme: 'ws', port: broker.port() })
    await remedies.getByRole('button', { name: 'Try mqtt', exact: true }).click()
    await isOnline()
    await broker.stop()
  })

  await test.step('credentials, the settings at the field, and the words of the system', async () => {
    const broker = await startMosquitto({ users: { ann: 'right' } })
    await open({ name: 'Named', port: broker.port() })
    await expect(alert).toContainText('Not authorized')
    await remedies.getByRole('button', { name: 'Sign in…' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await broker.stop()
    await open({ name: 'Gone', port: broker.port() })
    await expect(alert).toContainText('refused the connection: nothing listens there')
    await remedies.getByRole('button', { name: 'Change port…' }).click()
    await expect(page.getByRole('dialog').getByLabel('Port', { exact: true })).toBeFocused()
    await page.keyboard.press('Escape')
    await page.getByText('Technical details', { exact: true }).click()
    await expect(page.getByText(/ECONNREFUSED/)).toBeVisible()
  })

  await test.step('a web server that sends elsewhere', async () => {
    const broker = await startMosquitto({ listeners: ['ws'] })
    const http = createHttpServer().on('upgrade', (_request, socket: Socket) => {
      const location = `http://127.0.0.1:${broker.port('ws')}/mqtt`
      socket.end(`HTTP/1.1 308 Permanent Redirect\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`)
    })
    http.listen(0, '127.0.0.1')
    await once(http, 'listening')
    await open({ name: 'Moved', scheme: 'ws', port: (http.address() as AddressInfo).port })
    await expect(alert).toContainText('308')
    await remedies.getByRole('button', { name: `Connect to ws://127.0.0.1:${broker.port('ws')}/mqtt` }).click()
    await isOnline()
    http.close()
    await broker.stop()
  })
})
