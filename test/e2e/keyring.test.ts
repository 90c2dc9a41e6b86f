import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, expect } from '@playwright/test'
import { findElectronRuntime } from '../../build/lib/electronRuntime.mjs'
import { repoFolder } from '../../build/lib/paths.mjs'
import { test } from '../support/application'
import { startMosquitto } from '../support/mosquitto'
import { subscribeWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'
import { runCommand } from '../support/runCommand'
import { createTemporaryFolder } from '../support/temporaryFolder'
import { waitFor } from '../support/waitFor'

test.skip(process.platform !== 'linux', 'other systems have one keyring, which belongs to the person')

const end = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('close', () => resolve())
    child.kill('SIGKILL')
  })

const firstLine = (child: ChildProcess) =>
  new Promise<string>((resolve, reject) => {
    if (child.stdout) createInterface(child.stdout).once('line', resolve)
    child.once('error', reject)
    child.once('close', () => reject(new Error('It ended without a line.')))
  })

const ownsName = async (name: string, address: string) => {
  const call = ['--print-reply', '--dest=org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner']
  const { stdout } = await runCommand('dbus-send', [`--bus=${address}`, ...call, `string:${name}`])
  return stdout.toString().includes('boolean true')
}

/** A message bus of its own with a new, unlocked keyring on it; `environment` leads an application there. */
const startKeyring = async () => {
  const folder = createTemporaryFolder('keyring')
  const [data, runtime] = [join(folder.path, 'data'), join(folder.path, 'runtime')]
  for (const path of [data, runtime]) mkdirSync(path, { mode: 0o700 })
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const children: ChildProcess[] = [bus]
  const stop = async () => {
    for (const child of children.reverse()) await end(child)
    folder.remove()
  }
  try {
    const address = await firstLine(bus)
    const environment = { DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: runtime }
    const env = { ...process.env, ...environment, XDG_DATA_HOME: data }
    const args = ['--foreground', '--unlock', '--components=secrets']
    const daemon = spawn('gnome-keyring-daemon', args, { env, stdio: ['pipe', 'ignore', 'ignore'] })
    children.push(daemon)
    daemon.stdin.end('the password of this keyring')
    await waitFor('the keyring', () => ownsName('org.freedesktop.secrets', address))
    return { environment, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * The application started as a person starts it. Playwright's own way of starting it is of no use here: it switches the
 * keyring off.
 */
const startApplication = async (userDataFolder: string, environment: NodeJS.ProcessEnv) => {
  const { executable } = await findElectronRuntime()
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const switches = [...sandbox, '--lang=en-US', '--remote-debugging-port=0', '--password-store=gnome-libsecret']
  const child = spawn(executable, [...switches, `--user-data-dir=${userDataFolder}`, repoFolder], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const port = waitFor('the debugging port', () => /DevTools listening on (ws:\S+)/.exec(said)?.[1])
  const endedEarly = closed.then(() => {
    throw new Error(`The application ended before it had a window: ${said}`)
  })
  const endpoint = await Promise.race([port, endedEarly])
  endedEarly.catch(() => undefined)
  const browser = await chromium.connectOverCDP(endpoint, { noDefaults: true })
  const page = await waitFor('the window', () => browser.contexts()[0]?.pages()[0])
  const close = async () => {
    await page.close().catch(() => undefined)
    await browser.close().catch(() => undefined)
    await closed
  }
  return { page, close, kill: () => end(child) }
}

const filesIn = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.includes('.json'))
    .map(({ name }) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')

test('a password in the keyring connects after a restart, and no file holds it', async () => {
  const password = 'correct horse battery'
  const folder = createTemporaryFolder('user-data')
  const keyring = await startKeyring()
  const broker = await startMosquitto({ users: { sam: password } })
  const applications: Awaited<ReturnType<typeof startApplication>>[] = []
  const launch = async () => {
    const application = await startApplication(folder.path, keyring.environment)
    applications.push(application)
    return application
  }
  try {
    const first = await launch()
    await personAt(first.page).createProfile({ name: 'Plant', port: broker.port(), username: 'sam', password })
    await first.close()
    const second = await launch()
    const person = personAt(second.page)
    await person.chooseProfile('Plant')
    await person.connect()
    await expect(second.page.getByRole('dialog')).toHaveCount(0)
    expect(readFileSync(join(folder.path, 'secrets.json'), 'utf8')).toContain('"encrypted"')
    expect(filesIn(folder.path)).not.toContain(password)
    expect(filesIn(folder.path)).not.toContain(Buffer.from(password).toString('base64'))
    await second.close()
  } finally {
    for (const { kill } of applications) await kill()
    await broker.stop()
    await keyring.stop()
    folder.remove()
  }
})

test('a secret of an environment is sent after a restart, shown as dots, and in no file', async () => {
  const secret = 'staple {correct} horse'
  const folder = createTemporaryFolder('user-data')
  const keyring = await startKeyring()
  const broker = await startMosquitto()
  const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['north/#'], qos: 1 })
  const applications: Awaited<ReturnType<typeof startApplication>>[] = []
  const launch = async () => {
    const application = await startApplication(folder.path, keyring.environment)
    applications.push(application)
    return application
  }
  try {
    const first = await launch()
    const person = personAt(first.page)
    await person.createProfile({ name: 'Plant', port: broker.port() })
    await person.connect()
    const form = person.publishForm
    await form.getByLabel('Topic', { exact: true }).fill('{{ env.site }}/login')
    await form.getByLabel('Payload', { exact: true }).fill('{{ env.password }}')
    await form.getByLabel('Template', { exact: true }).check()
    await expect(form.getByRole('alert')).toContainText('no environment is in use')

    await form.getByRole('button', { name: 'Environments…' }).click()
    const dialog = first.page.getByRole('dialog', { name: 'Environments' })
    await dialog.getByRole('button', { name: 'New environment' }).click()
    await dialog.getByLabel('Name', { exact: true }).fill('Staging')
    await dialog.getByLabel('Name of variable 1').fill('site')
    await dialog.getByLabel('Value of site').fill('north')
    await dialog.getByRole('button', { name: 'Add variable' }).click()
    await dialog.getByLabel('Name of variable 2').fill('password')
    await dialog.getByLabel('password is a secret').check()
    await dialog.getByLabel('Value of password').fill(secret)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()

    await form.getByLabel('Environment', { exact: true }).selectOption('Staging')
    const previewed = form.locator('[data-preview="1"]')
    await expect(previewed).toContainText('north/login')
    await expect(previewed).toContainText(`••••••secret${secret.length} bytes`)
    await form.getByRole('button', { name: 'Publish', exact: true }).click()
    expect((await listener.waitForMessages(1)).map(({ topic, payload }) => `${topic} ${payload.toString()}`)).toEqual([
      `north/login ${secret}`,
    ])
    await first.close()

    const second = await launch()
    const again = personAt(second.page)
    await again.chooseProfile('Plant')
    await again.connect()
    await expect(again.publishForm.getByLabel('Environment', { exact: true })).toHaveValue(/./)
    await again.publishForm.getByRole('button', { name: 'Environments…' }).click()
    const kept = second.page.getByRole('dialog', { name: 'Environments' })
    await expect(kept.getByLabel('Value of site')).toHaveValue('north')
    await expect(kept.getByLabel('Value of password')).toHaveValue('')
    await expect(kept.getByLabel('Value of password')).toHaveAttribute('placeholder', '••••••')
    await kept.getByRole('button', { name: 'Cancel' }).click()
    await again.publishForm.getByRole('button', { name: 'Publish', exact: true }).click()
    expect((await listener.waitForMessages(2))[1]?.payload.toString()).toBe(secret)
    await second.close()
    expect(filesIn(folder.path)).not.toContain(secret)
    expect(filesIn(folder.path)).not.toContain(Buffer.from(secret).toString('base64'))
    expect(readFileSync(join(folder.path, 'environments.json'), 'utf8')).toContain('north')
  } finally {
    for (const { kill } of applications) await kill()
    await listener.stop()
    await broker.stop()
    await keyring.stop()
    folder.remove()
  }
})
