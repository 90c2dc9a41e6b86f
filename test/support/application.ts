import { _electron, test as base, expect } from '@playwright/test'
import type { ElectronApplication, Page } from '@playwright/test'
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { repoFolder } from '../../build/lib/paths.mjs'
import { clearable } from './clearedApplication'
import { createTemporaryFolder } from './temporaryFolder'
import { startVirtualScreen } from './virtualScreen'
import { endWaits } from './waitFor'

interface LaunchOptions {
  /** What a person would write after `npm start --`. */
  readonly arguments?: readonly string[]
  /** Default: a new, empty folder that goes when the test ends. */
  readonly userDataFolder?: string
  /** Default en-US. */
  readonly language?: string
  readonly environment?: Readonly<Record<string, string>>
}

export interface Application {
  readonly app: ElectronApplication
  /** The main window. */
  readonly page: Page
  readonly userDataFolder: string
  /** What the main process wrote to stdout and stderr since Playwright had hold of it. */
  readonly output: () => string
  /** Lets the test pass although the page reports errors like this one. */
  readonly expectError: (pattern: RegExp) => void
  /** Closes it and starts it again on the same data, perhaps with other arguments. */
  readonly relaunch: (changes?: Omit<LaunchOptions, 'userDataFolder'>) => Promise<Application>
  readonly close: () => Promise<void>
}

interface ErrorRecord {
  readonly expect: (pattern: RegExp) => void
  readonly watch: (page: Page) => void
  /** Fails where there was another error than the expected ones, and begins anew. */
  readonly check: () => void
}

const createErrorRecord = (): ErrorRecord => {
  const errors: string[] = []
  const expected: RegExp[] = []
  return {
    check: () => {
      const unexpected = errors.splice(0).filter((error) => !expected.some((pattern) => pattern.test(error)))
      expected.length = 0
      expect(unexpected, 'errors the pages reported').toEqual([])
    },
    expect: (pattern) => expected.push(pattern),
    watch: (page) => {
      page.on('pageerror', (error) => errors.push(`page error: ${error.stack ?? error.message}`))
      page.on('crash', () => errors.push('the page crashed'))
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(`console error: ${message.text()} (${message.location().url})`)
      })
    },
  }
}

// Languages and folders are Chromium's own switches, so they come before the application; what follows is the person's.
const commandLine = (userDataFolder: string, { language = 'en-US', arguments: own = [] }: LaunchOptions) => [
  `--lang=${language}`,
  `--user-data-dir=${userDataFolder}`,
  // A virtual screen has no graphics card; without this, Chromium starts a process that imitates one.
  ...(process.platform === 'linux' ? ['--disable-gpu'] : []),
  repoFolder,
  ...own,
]

const inherited = () =>
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))

const environmentFor = ({ language = 'en-US', environment = {} }: LaunchOptions): Record<string, string> => ({
  ...(Object.fromEntries(inherited()) as Record<string, string>),
  LANGUAGE: language.replace('-', '_'),
  LANG: `${language.replace('-', '_')}.UTF-8`,
  ...environment,
})

const collectOutput = (running: ChildProcess) => {
  const lines: string[] = []
  for (const stream of [running.stdout, running.stderr]) {
    if (stream) createInterface(stream).on('line', (line) => lines.push(line))
  }
  return () => lines.join('\n')
}

/** Closes the windows the way a person does. */
const closeApplication = async (app: ElectronApplication, running: ChildProcess) => {
  if (running.exitCode !== null || running.signalCode !== null) return
  await app.close().catch(() => undefined)
}

const launchWith = async (
  userDataFolder: string,
  options: LaunchOptions,
  errors: ErrorRecord,
): Promise<Application> => {
  const app = await _electron.launch({
    args: commandLine(userDataFolder, options),
    env: environmentFor(options),
    cwd: repoFolder,
  })
  const running = app.process()
  const close = () => closeApplication(app, running)
  const output = collectOutput(running)
  app.on('window', errors.watch)
  const page = await app.firstWindow().catch(async (error: unknown) => {
    await close().catch(() => undefined)
    throw new Error(`The application opened no window. It said:\n${output()}`, { cause: error })
  })
  const relaunch: Application['relaunch'] = async (changes = {}) => {
    await close()
    return launchWith(userDataFolder, { ...options, ...changes }, errors)
  }
  return { app, page, userDataFolder, output, expectError: errors.expect, relaunch, close }
}

export type Launch = (options?: LaunchOptions) => Promise<Application>

interface Launcher {
  readonly launch: Launch
  /** Fails when a page reported an error since the last check that it did not expect. */
  readonly check: () => void
  /** Closes what was started, and fails when a page reported an error that it did not expect. */
  readonly end: () => Promise<void>
}

const createLauncher = (): Launcher => {
  const errors = createErrorRecord()
  const cleanups: (() => Promise<void> | void)[] = []
  const newFolder = () => {
    const folder = createTemporaryFolder('user-data')
    cleanups.push(folder.remove)
    return folder.path
  }
  const track = (application: Application): Application => {
    cleanups.push(application.close)
    return { ...application, relaunch: async (changes) => track(await application.relaunch(changes)) }
  }
  return {
    launch: async (options = {}) => track(await launchWith(options.userDataFolder ?? newFolder(), options, errors)),
    check: errors.check,
    end: async () => {
      for (const cleanup of cleanups.reverse()) await cleanup()
      errors.check()
    },
  }
}

export interface TestFixtures {
  readonly launch: Launch
  readonly application: Application
  readonly clearedApplication: RunningApplication
  readonly namedWaits: undefined
}

export interface WorkerFixtures {
  /** Such as 1280x1024x24; null = the screen that is there. */
  readonly screenSize: string | null
  readonly virtualScreen: undefined
  readonly usedApplication: UsedApplication
}

/** Others used it, or will: it is neither closed nor started again by a test. */
export type RunningApplication = Pick<Application, 'app' | 'page' | 'userDataFolder' | 'expectError'>

interface UsedApplication {
  readonly application: RunningApplication
  readonly clear: () => Promise<void>
  readonly check: () => void
}

/**
 * Playwright's test, which names what it waited for when time is up, with three more fixtures: `launch` starts the built
 * application (several times, if need be), and `application` is one started without arguments. Both are closed when the test
 * ends. `clearedApplication` ran before and is as if it had not (clearedApplication.ts), which takes a third of the time: for
 * tests whose subject is neither the start nor what is on disk. Each fails when a page reported an error that it did not expect.
 */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  screenSize: [null, { option: true, scope: 'worker' }],
  virtualScreen: [
    async ({ screenSize }, use) => {
      const screen = screenSize === null ? null : await startVirtualScreen(screenSize)
      if (screen) process.env['DISPLAY'] = screen.display
      await use(undefined)
      screen?.stop()
    },
    { auto: true, scope: 'worker' },
  ],
  // Playwright reads the names of the fixtures a fixture needs from this pattern.
  launch: async ({}, use) => {
    const launcher = createLauncher()
    await use(launcher.launch)
    await launcher.end()
  },
  application: async ({ launch }, use) => {
    await use(await launch())
  },
  usedApplication: [
    async ({ virtualScreen: _started }, use) => {
      const launcher = createLauncher()
      const application = await launcher.launch()
      await use({ application, clear: await clearable(application), check: launcher.check })
      await launcher.end()
    },
    { scope: 'worker' },
  ],
  clearedApplication: async ({ usedApplication: { application, clear, check } }, use) => {
    await clear()
    await use(application)
    check()
  },
  namedWaits: [
    async ({}, use) => {
      await use(undefined)
      endWaits()
    },
    { auto: true },
  ],
})

/**
 * What the tests of a file, or of a describe block, begin with together: an application as `clearedApplication` is, and what
 * `prepare` makes of it. For tests that leave it as the next one expects it, which is faster still. After a test that failed
 * the next one has a new one, because Playwright begins a new worker then.
 */
export const clearedOnce = <T = RunningApplication>(
  prepare: (application: RunningApplication) => Promise<T> | T,
): (() => T) => {
  let prepared: { readonly value: T } | null = null
  test.beforeAll(async ({ usedApplication: { application, clear } }) => {
    await clear()
    prepared = { value: await prepare(application) }
  })
  test.afterEach(({ usedApplication: { check } }) => check())
  return () => {
    if (prepared === null) throw new Error('Nothing is prepared before the first test.')
    return prepared.value
  }
}

export { expect } from '@playwright/test'
