import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ElectronApplication, Page } from '@playwright/test'
import type { Bridge, CommandName, Snapshot } from '../../shared/contract'
import type { Result } from '../../shared/result'
import { repoFolder } from '../../build/lib/paths.mjs'
import { findElectronRuntime } from '../../build/lib/electronRuntime.mjs'
import { expect, clearedOnce, test } from '../support/application'
import { runApplication } from '../support/runApplication'
import { runCommand } from '../support/runCommand'
import { waitFor } from '../support/waitFor'

declare global {
  interface Window {
    readonly bridge: Bridge
    intruded?: boolean
    heard?: Promise<unknown>
  }
}

const pageAddress = 'app://topicscope/index.html'

const invoke = <T>(page: Page, name: CommandName, input?: unknown) =>
  page.evaluate(([command, value]) => window.bridge.invoke(command, value), [name, input] as const) as Promise<
    Result<T>
  >

const snapshot = async (page: Page): Promise<Snapshot> => {
  const result = await invoke<Snapshot>(page, 'app.snapshot')
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

/** Runs a script in the main window without Playwright's page, which a crash takes down. */
const inWindow = (app: ElectronApplication, script: string): Promise<unknown> =>
  app.evaluate(
    ({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(code),
    script,
  )

const serveOutside = async () => {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(request.url ?? '')
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end('outside')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}/`, requests, close: () => server.close() }
}

test.describe('the page and what it may do', () => {
  // They look at the page only, or try what is refused.
  const shared = clearedOnce((application) => application)

  test('the page has a bridge of three functions and nothing of Node or Electron', async () => {
    const found = await shared().page.evaluate(() => ({
      globals: ['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter((name) => name in window),
      bridge: Object.keys(window.bridge).sort(),
      origin: window.origin,
      secure: window.isSecureContext,
    }))
    expect(found).toEqual({
      globals: [],
      bridge: ['droppedFile', 'invoke', 'onEvent'],
      origin: 'app://topicscope',
      secure: true,
    })
  })

  test.describe('the content security policy', () => {
    test('is a header, with a nonce for styles that is new at every load', async () => {
      const load = () =>
        shared().page.evaluate(async () => {
          const response = await fetch('index.html')
          const policy = response.headers.get('content-security-policy') ?? ''
          return { policy, text: await response.text(), sniffing: response.headers.get('x-content-type-options') }
        })
      const first = await load()
      const nonce = /'nonce-([^']+)'/.exec(first.policy)?.[1] ?? ''
      expect(nonce.length).toBeGreaterThan(20)
      expect(first.policy.replace(nonce, 'N').split('; ').sort()).toEqual([
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "img-src 'self' blob:",
        "require-trusted-types-for 'script'",
        "script-src 'self'",
        "style-src 'self' 'nonce-N'",
        'trusted-types topicscope-worker',
        "worker-src 'self'",
      ])
      expect(first.text).toContain(`content="${nonce}"`)
      expect(first.sniffing).toBe('nosniff')
      expect((await load()).policy).not.toContain(nonce)
    })

    test('refuses scripts that are not files of ours', async () => {
      const { page, expectError } = shared()
      expectError(/Content Security Policy|TrustedScript|TrustedHTML|Trusted Type/)
      const outcomes = await page.evaluate(async () => {
        const attempt = (act: () => unknown) => {
          try {
            act()
            return 'done'
          } catch (error) {
            return (error as Error).name
          }
        }
        const script = document.createElement('script')
        const element = document.createElement('div')
        const results = [
          attempt(() => (script.textContent = 'window.intruded = true')),
          attempt(() => (element.innerHTML = '<img src=x onerror="window.intruded = true">')),
        ]
        // Later, because what Playwright itself evaluates may evaluate.
        const { Function: compile } = window as unknown as { Function: (code: string) => () => void }
        const later = new Promise<void>((resolve) =>
          setTimeout(() => {
            results.push(attempt(() => compile('window.intruded = true')()))
            resolve()
          }),
        )
        document.body.append(script, element)
        const outside = document.createElement('script')
        attempt(() => outside.setAttribute('src', 'data:text/javascript,window.intruded = true'))
        document.body.append(outside)
        await later
        return results
      })
      expect(outcomes).toHaveLength(3)
      expect(outcomes).not.toContain('done')
      expect(await page.evaluate(() => window.intruded)).toBeUndefined()
    })

    test('refuses connections, images and frames from elsewhere', async () => {
      const { page, expectError } = shared()
      expectError(/Content Security Policy|Failed to fetch/)
      const outside = await serveOutside()
      const { outcome, refused } = await page.evaluate(async (address) => {
        const refusals = new Promise<string[]>((resolve) => {
          const directives = new Set<string>()
          document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
            directives.add(effectiveDirective)
            if (directives.size === 3) resolve([...directives].sort())
          })
        })
        document.body.append(Object.assign(new Image(), { src: address }))
        const frame = document.createElement('iframe')
        frame.src = address
        document.body.append(frame)
        const fetching = fetch(address).then(
          () => 'fetched',
          (error: unknown) => (error as Error).name,
        )
        return { outcome: await fetching, refused: await refusals }
      }, outside.address)
      expect(outcome).toBe('TypeError')
      expect(refused).toEqual(['connect-src', 'frame-src', 'img-src'])
      expect(outside.requests).toEqual([])
      outside.close()
    })
  })

  test('nothing but the built page is served', async () => {
    const { page, expectError } = shared()
    expectError(/404|Failed to load resource/)
    const statuses = await page.evaluate(() => {
      const paths = ['..%2f..%2fpackage.json', '%2e%2e/%2e%2e/package.json', '..%5c..%5cpackage.json', 'none.js', '']
      return Promise.all(paths.map(async (path) => (await fetch(`app://topicscope/${path}`)).status))
    })
    expect(new Set(statuses)).toEqual(new Set([404]))
  })

  test('the page is given no permissions', async () => {
    const { page, expectError } = shared()
    expectError(/permission|denied/i)
    const answers = await page.evaluate(async () => ({
      notifications: await Notification.requestPermission(),
      camera: (await navigator.permissions.query({ name: 'camera' })).state,
      place: await new Promise<number | string>((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          (error) => resolve(error.code),
        ),
      ),
      clipboard: await navigator.clipboard.readText().then(
        () => 'granted',
        (error: unknown) => (error as Error).name,
      ),
    }))
    expect(answers).toEqual({ notifications: 'denied', camera: 'denied', place: 1, clipboard: 'NotAllowedError' })
  })

  for (const address of ['data:text/html,<p>foreign', pageAddress])
    test(`a command from a window that is not ours is refused: ${address}`, async () => {
      const { app } = shared()
      const answer = await app.evaluate(async ({ app: electronApp, BrowserWindow }, url) => {
        const preload = `${electronApp.getAppPath()}/build/out/preload/preload.cjs`
        const foreign = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
        await foreign.loadURL(url)
        const answered: unknown = await foreign.webContents.executeJavaScript("window.bridge.invoke('app.snapshot')")
        foreign.destroy()
        return answered
      }, address)
      expect(answer).toEqual({ ok: false, error: { code: 'internal', message: 'Refused.' } })
    })

  test('files and the clipboard go through the system', async () => {
    const { app, page, userDataFolder } = shared()
    const path = `${userDataFolder}/saved.bin`
    await app.evaluate(({ dialog }, file) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: file })
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] })
    }, path)
    const answer = await page.evaluate(async () => {
      const bytes = Uint8Array.from([0, 255, 13, 10])
      const saved = await window.bridge.invoke('file.save', { suggestedName: 'saved.bin', bytes })
      const chosen = await window.bridge.invoke('payloadFile.choose', undefined)
      const { token } = (chosen as { value: { token: string } }).value
      const read = await window.bridge.invoke('payloadFile.read', { fileToken: token })
      return { saved, bytes: [...(read as { value: Uint8Array }).value] }
    })
    expect(answer).toEqual({ saved: { ok: true, value: path }, bytes: [0, 255, 13, 10] })
    await invoke(page, 'clipboard.write', { text: '住家\n' })
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('住家\n')
  })
})

test('a build takes its page from no server, whatever the environment says', async ({ launch }) => {
  const outside = await serveOutside()
  const environment = { NODE_ENV: 'development', TOPICSCOPE_DEVELOPMENT_PORT: new URL(outside.address).port }
  const { page } = await launch({ environment })
  await expect(page.getByRole('heading', { name: 'Topicscope' })).toBeVisible()
  const policy = await page.evaluate(async () => (await fetch(location.href)).headers.get('Content-Security-Policy'))
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("connect-src 'self';")
  expect(outside.requests).toEqual([])
  outside.close()
})

test('the page cannot be led away, and opens no windows', async ({ application: { app, page, expectError } }) => {
  expectError(/Content Security Policy/)
  const outside = await serveOutside()
  const ways = await app.evaluateHandle(({ BrowserWindow }) => {
    const addresses: string[] = []
    BrowserWindow.getAllWindows()[0]!.webContents.on('will-navigate', (_event, address) => addresses.push(address))
    return addresses
  })
  const opened = await page.evaluate((address) => {
    const form = document.createElement('form')
    Object.assign(form, { action: address, method: 'post' })
    document.body.append(form)
    form.submit()
    const link = Object.assign(document.createElement('a'), { href: address, target: '_blank' })
    document.body.append(link)
    link.click()
    const window_ = window.open(address)
    window.location.href = address
    return window_
  }, outside.address)
  expect(opened).toBeNull()
  await page.evaluate(() => (window.location.href = 'app://topicscope/crashed.html'))
  await expect.poll(() => ways.jsonValue()).toContain('app://topicscope/crashed.html')
  expect(page.url()).toBe(pageAddress)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  expect(outside.requests).toEqual([])
  outside.close()
})

test.describe('the command line', () => {
  test('names what it does not understand and ends with 2', async () => {
    const { exitCode, stderr } = await runApplication(['--subscibe', 'x'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('--subscibe')
  })

  test('names a saved connection that does not exist and ends with 2', async () => {
    const { exitCode, stderr } = await runApplication(['--profile', 'No such plant'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('No such plant')
  })

  test('tells its usage and its version', async () => {
    const help = await runApplication(['--help'])
    expect(help.exitCode).toBe(0)
    expect(help.stdout).toContain('--subscribe FILTER')
    expect((await runApplication(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+$/m)
  })
})

test('the window comes back where it was', async ({ launch }) => {
  const bounds = { x: 60, y: 40, width: 1000, height: 640 }
  const first = await launch()
  await first.app.evaluate(({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]!.setBounds(wanted), bounds)
  const second = await first.relaunch()
  const read = () => second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getBounds())
  await expect.poll(read).toEqual(bounds)
})

test('a second start opens what it names in the first and ends', async ({ application }) => {
  const { executable } = await findElectronRuntime()
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const second = await runCommand(executable, [
    ...sandbox,
    `--user-data-dir=${application.userDataFolder}`,
    repoFolder,
    'mqtt://127.0.0.1:9',
    '--subscribe',
    'load/#',
    '--qos',
    '1',
  ])
  expect(second.exitCode).toBe(0)
  const { openConnectionId, profiles } = await waitFor('the connection', async () => {
    const current = await snapshot(application.page)
    return current.openConnectionId === null ? null : current
  })
  const entry = profiles.find(({ profile }) => profile.id === openConnectionId)
  expect(entry).toMatchObject({ saved: false, profile: { port: 9, subscriptions: [{ filter: 'load/#', qos: 1 }] } })
})

test('a menu item reaches the page, in the language of the system', async ({ launch }) => {
  const { app, page } = await launch({ language: 'zh-TW' })
  await page.evaluate(() => {
    window.heard = new Promise((resolve) =>
      window.bridge.onEvent((message) => {
        if ((message as { name: string }).name === 'menu.chosen') resolve(message)
      }),
    )
  })
  // The window tells its actions when it is drawn.
  await expect
    .poll(() => app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('find') !== null))
    .toBe(true)
  const label = await app.evaluate(({ Menu }) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById('find')
    item?.click()
    return item?.label
  })
  expect(await page.evaluate(() => window.heard)).toEqual({ name: 'menu.chosen', payload: { action: 'find' } })
  expect(label).toBe('尋找')
})

test('the sessions outlive the page, and a crashed one offers to load again', async ({ application }) => {
  const { app, page, expectError } = application
  expectError(/the page crashed/)
  const started = await invoke<{ connectionId: string }>(page, 'localBroker.start', { devices: true })
  expect(started.ok).toBe(true)
  const { connectionId } = started.ok ? started.value : { connectionId: '' }
  await invoke(page, 'session.connect', { connectionId })
  const stateNow = async () => {
    const code = "window.bridge.invoke('app.snapshot').then(({ value }) => value.sessions[0]?.state)"
    return (await inWindow(app, code)) as Snapshot['sessions'][number]['state'] | undefined
  }
  await expect.poll(async () => (await stateNow())?.phase).toBe('online')
  const before = await stateNow()

  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer())
  // A script for a page that is not there yet would never be answered.
  const addressNow = () =>
    app.evaluate(({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!
      return webContents.isCrashed() || webContents.isLoading() ? '' : webContents.getURL()
    })
  await expect.poll(addressNow).toBe('app://topicscope/crashed.html')
  expect(await inWindow(app, 'document.body.innerText')).toContain('Your connections are still open')
  await inWindow(app, "setTimeout(() => document.querySelector('a').click())")
  await expect.poll(addressNow).toBe(pageAddress)
  await expect.poll(stateNow).toMatchObject({ phase: 'online' })
  const after = await stateNow()
  expect(before?.phase === 'online' && after?.phase === 'online' && after.since === before.since).toBe(true)
})
