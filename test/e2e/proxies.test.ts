import { createServer } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import type { Page } from '@playwright/test'
import { accessibilityFindings } from '../support/accessibility'
import { expect, test } from '../support/application'
import { startMosquitto } from '../support/mosquitto'
import { personAt } from '../support/person'
import { startTinyproxy } from '../support/proxies'
import { viewsIn } from '../support/workspace'

const shot = (page: Page, name: string) =>
  process.env['SCREENSHOTS'] === undefined
    ? Promise.resolve()
    : page.screenshot({ path: `${process.env['SCREENSHOTS']}/${name}.png` })

test('a connection is set up through a proxy, which says who it lets in and what it does not reach', async ({
  clearedApplication,
}) => {
  const broker = await startMosquitto()
  const proxy = await startTinyproxy({ user: ['ann', 'passwort'] })
  try {
    const { page } = clearedApplication
    const person = personAt(page)
    const dialog = await person.fillProfile({ name: 'Plant', port: broker.port() })
    const field = (name: string) => dialog.getByLabel(name, { exact: true })
    await dialog.getByText('Proxy and network', { exact: true }).click()
    await field('Proxy').selectOption('From the environment')
    await expect(dialog.getByText(/HTTPS_PROXY, else ALL_PROXY/)).toBeVisible()
    await field('Proxy').selectOption('HTTP (CONNECT)')
    // What belongs to a proxy is wanted with it.
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(field('Host of the proxy')).toBeFocused()
    await field('Host of the proxy').fill('127.0.0.1')
    await dialog.locator('[data-field="network.proxy.port"] input').fill(String(proxy.port))
    await field('Local address').fill('router')
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(dialog.getByText(/An IP address of this computer, such as/)).toBeVisible()
    await field('Local address').fill('')
    expect(await accessibilityFindings(page)).toEqual([])
    await shot(page, 'proxy-form')
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(dialog).toBeHidden()

    await person.chooseProfile('Plant')
    await person.button('Connect').click()
    await expect(page.getByText(/wants a username and a password \(HTTP 407/).first()).toBeVisible()
    await shot(page, 'proxy-credentials')
    await person.button('Username and password of the proxy…').first().click()
    await expect(field('Username at the proxy')).toBeFocused()
    await field('Username at the proxy').fill('ann')
    await field('Password at the proxy').fill('passwort')
    await shot(page, 'proxy-form-filled')
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(dialog).toBeHidden()
    await person.button('Connect').click()
    await expect(person.status).toHaveText(/Online/)
    await expect(page.getByText(`by proxy 127.0.0.1:${proxy.port}`)).toBeVisible()
    await shot(page, 'proxy-online')
    expect(proxy.log()).toContain(`CONNECT 127.0.0.1:${broker.port()}`)

    // The password went into the keyring, and nowhere that the page could read it.
    const stored = await page.evaluate(() => window.bridge.invoke('app.snapshot', null))
    expect(JSON.stringify(stored)).not.toContain('passwort')

    await viewsIn(page).tab('Packets').click()
    const packets = page.locator('[data-view="packets"]').getByRole('grid', { name: 'Packets' })
    await expect(packets.getByRole('row').filter({ hasText: 'Proxy' }).first()).toContainText(`127.0.0.1:${proxy.port}`)
    await shot(page, 'proxy-packets')
  } finally {
    await proxy.stop()
    await broker.stop()
  }
})

/** A proxy that connects all that is asked of it to one port, whatever name it is for. */
const startFakeTunnel = async (port: number) => {
  const asked: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer()
  server.on('connect', ({ url = '' }, socket: Socket) => {
    asked.push(url)
    const behind = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      socket.pipe(behind).pipe(socket)
    })
    for (const one of [socket, behind]) sockets.add(one.on('error', () => undefined))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  return { asked, stop, port: (server.address() as AddressInfo).port }
}

test('a connection takes the proxy that the system has, and the one that the environment names', async ({ launch }) => {
  const broker = await startMosquitto()
  const tunnel = await startFakeTunnel(broker.port())
  try {
    // Where no desktop says otherwise, the system's proxies are those of the environment.
    const url = `http://127.0.0.1:${tunnel.port}`
    const { page } = await launch({ environment: { https_proxy: url, HTTPS_PROXY: url, no_proxy: '', NO_PROXY: '' } })
    const person = personAt(page)
    for (const [name, kind] of [
      ['By the system', 'From the system’s settings'],
      ['By the environment', 'From the environment'],
    ] as const) {
      const host = `${kind.includes('system') ? 'one' : 'two'}.nowhere.example`
      const dialog = await person.fillProfile({ name, port: 1883, host })
      await dialog.getByText('Proxy and network', { exact: true }).click()
      await dialog.getByLabel('Proxy', { exact: true }).selectOption(kind)
      await dialog.getByRole('button', { name: 'Save and connect', exact: true }).click()
      await expect(person.status).toHaveText(/Online/)
      await expect(page.getByText(`by proxy 127.0.0.1:${tunnel.port}`)).toBeVisible()
      expect(tunnel.asked).toContain(`${host}:1883`)
    }
  } finally {
    await tunnel.stop()
    await broker.stop()
  }
})
