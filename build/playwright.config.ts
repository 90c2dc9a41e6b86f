import { defineConfig } from '@playwright/test'
import { inRepo } from './lib/paths.mjs'

export default defineConfig({
  testDir: inRepo('test', 'e2e'),
  outputDir: inRepo('test-results'),
  globalSetup: inRepo('test', 'support', 'prepareApplication.ts'),
  // One window at a time: windows of one virtual screen take the focus from each other.
  workers: 1,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  reporter: 'list',
})
