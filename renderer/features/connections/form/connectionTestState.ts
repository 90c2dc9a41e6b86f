import type { ConnectionTest } from '#shared/model/connectionTest'
import type { Profile, SecretChanges } from '#shared/model/profile'
import type { Result } from '#shared/result'
import { defineAppState } from '../../../state/app'

/** The test of the settings in the form. */
export interface ConnectionTestState {
  readonly test:
    | { readonly phase: 'none' }
    | { readonly phase: 'running' }
    | { readonly phase: 'ended'; readonly result: Result<ConnectionTest> }
  /** Tests, instead of what was tested before; answers what came of it, null = it was stopped. */
  run(profile: Profile, secrets: SecretChanges): Promise<Result<ConnectionTest> | null>
  /** Ends a test that runs, and forgets what came of one. */
  stop(): void
}

export const connectionTestState = defineAppState<ConnectionTestState>(
  'connectionTest',
  ({ owner: app, get, set }) => ({
    test: { phase: 'none' },

    run: async (profile, secrets) => {
      const running = { phase: 'running' } as const
      set({ test: running })
      const result = await app.api.invoke('connectionTest.run', { profile, secrets })
      if (get().test !== running) return null
      const isCancelled = result.ok && result.value.outcome === 'cancelled'
      set({ test: isCancelled ? { phase: 'none' } : { phase: 'ended', result } })
      return isCancelled ? null : result
    },

    stop: () => {
      if (get().test.phase === 'running') void app.api.invoke('connectionTest.cancel', undefined)
      set({ test: { phase: 'none' } })
    },
  }),
)
