import { defineConfig } from '@playwright/test'
import { inRepo } from './lib/paths.mjs'
import { testTimeoutMs } from './lib/testTimeouts.mjs'

const hasScreen = process.platform !== 'linux' || Boolean(process.env['DISPLAY'])

export default defineConfig<object, { screenSize: string | null }>({
  testDir: inRepo('test', 'bench'),
  testMatch: '**/*.bench.ts',
  outputDir: inRepo('test-results'),
  globalSetup: inRepo('test', 'support', 'prepareApplication.ts'),
  // Measures share the machine's cores: one at a time.
  workers: 1,
  retries: 0,
  use: { screenSize: hasScreen ? null : '1920x1200x24' },
  timeout: testTimeoutMs,
  expect: { timeout: testTimeoutMs },
  reporter: 'list',
})
