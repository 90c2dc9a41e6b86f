import { defineConfig } from '@playwright/test'
import { inRepo } from './lib/paths.mjs'
import { testRetries, testTimeoutMs } from './lib/testTimeouts.mjs'

const hasVirtualScreens = process.platform === 'linux'

export default defineConfig<object, { screenSize: string | null }>({
  testDir: inRepo('test', 'e2e'),
  outputDir: inRepo('test-results'),
  globalSetup: inRepo('test', 'support', 'prepareApplication.ts'),
  // Each worker has a screen of its own; windows on one screen take the focus from each other.
  workers: hasVirtualScreens ? 2 : 1,
  use: { screenSize: hasVirtualScreens ? '1280x1024x24' : null },
  retries: testRetries,
  timeout: testTimeoutMs,
  expect: { timeout: testTimeoutMs },
  forbidOnly: true,
  reporter: 'list',
})
