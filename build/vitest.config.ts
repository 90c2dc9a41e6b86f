import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { repoFolder } from './lib/paths.mjs'
import { testRetries, testTimeoutMs } from './lib/testTimeouts.mjs'
import { threadCode } from './vite/threadCode.mjs'

/**
 * Files share the modules of their worker, because half of the work of a test run was to load them anew for each file.
 * No module of ours has state that a test could leave behind.
 */
const everywhere = {
  root: repoFolder,
  isolate: false,
  mockReset: true,
  testTimeout: testTimeoutMs,
  hookTimeout: testTimeoutMs,
  retry: testRetries,
}

/** In jsdom, which files share too: pageOfItsOwn.ts gives each the page as it was. */
const inPage = {
  ...everywhere,
  environment: 'jsdom',
  setupFiles: ['test/support/patience.ts', 'test/support/pageOfItsOwn.ts'],
}

/** A module that a test replaces (vi.mock) may be loaded already, so these files load theirs themselves. */
const replacingModules = ['renderer/**/SubscriptionItem.test.tsx', 'renderer/**/MarkedRows.test.tsx']

export default defineConfig({
  root: repoFolder,
  test: {
    // One more than the cores of a small machine: integration tests wait for brokers most of their time.
    maxWorkers: 3,
    projects: [
      {
        plugins: [threadCode()],
        test: {
          ...everywhere,
          name: 'unit',
          pool: 'threads',
          environment: 'node',
          include: ['{shared,electron,renderer}/**/*.test.ts', 'test/*.test.ts'],
          exclude: ['build/out/**'],
        },
      },
      {
        plugins: [react()],
        test: {
          ...inPage,
          name: 'components',
          pool: 'threads',
          include: ['renderer/**/*.test.tsx'],
          exclude: replacingModules,
        },
      },
      {
        plugins: [react()],
        test: { ...inPage, name: 'components with modules replaced', isolate: true, include: replacingModules },
      },
      {
        plugins: [threadCode()],
        test: {
          ...everywhere,
          name: 'integration',
          // Processes of their own, because they start, signal and outlive other processes.
          pool: 'forks',
          environment: 'node',
          include: ['test/integration/**/*.test.ts'],
          setupFiles: ['test/support/namedWaits.ts'],
        },
      },
    ],
  },
})
