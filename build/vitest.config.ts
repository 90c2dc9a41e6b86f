import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { repoFolder } from './lib/paths.mjs'
import { testTimeoutMs } from './lib/testTimeouts.mjs'

const everywhere = { root: repoFolder, mockReset: true, testTimeout: testTimeoutMs, hookTimeout: testTimeoutMs }

export default defineConfig({
  root: repoFolder,
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...everywhere,
          name: 'unit',
          environment: 'node',
          include: ['{shared,electron,renderer}/**/*.test.ts', 'build/**/*.test.ts', 'test/architecture.test.ts'],
          exclude: ['build/out/**'],
        },
      },
      {
        plugins: [react()],
        test: {
          ...everywhere,
          name: 'components',
          environment: 'jsdom',
          include: ['renderer/**/*.test.tsx'],
          setupFiles: ['test/support/patience.ts'],
        },
      },
      {
        test: {
          ...everywhere,
          name: 'integration',
          environment: 'node',
          include: ['test/integration/**/*.test.ts'],
          setupFiles: ['test/support/namedWaits.ts'],
        },
      },
    ],
  },
})
