import { defineConfig } from '@playwright/test'
import { inRepo } from './lib/paths.mjs'
import { testTimeoutMs } from './lib/testTimeouts.mjs'

export default defineConfig({
  testDir: inRepo('test', 'e2e'),
  outputDir: inRepo('test-results'),
  globalSetup: inRepo('test', 'support', 'prepareApplication.ts'),
  // One window at a time: windows of one virtual screen take the focus from each other.
  workers: 1,
  retries: 0,
  timeout: testTimeoutMs,
  expect: { timeout: testTimeoutMs },
  forbidOnly: true,
  reporter: 'list',
})
