import type { Environment, TypedEnvironment } from '#shared/model/environment'
import type { AppError } from '#shared/result'
import { defineAppState } from './app'
import { noticesState } from './notices'
import { profilesState, selectEntry } from './profiles'
import { useApp } from './useApp'
import { useEntry } from './useEntry'

export interface EnvironmentsState {
  readonly all: readonly Environment[]
  /** The dialog that changes them is open. */
  readonly isEdited: boolean
  edit(): void
  endEdit(): void
  /** Keeps them as they were typed; answers why that was not done. */
  save(typed: readonly TypedEnvironment[]): Promise<AppError | null>
  /** Templates of a connection have this one from now on, and in later runs; '' = none. */
  use(connectionId: string, environmentId: string): Promise<void>
}

/** Variables for templates, by environment. The profile of a connection names the one that is in use there. */
export const environmentsState = defineAppState<EnvironmentsState>('environments', ({ owner: app, set }) => {
  /** At once, before main has written it. */
  const name = (connectionId: string, environmentId: string) => {
    const { entries, receive } = app.get(profilesState)
    receive(
      entries.map((entry) =>
        entry.profile.id === connectionId ? { ...entry, profile: { ...entry.profile, environmentId } } : entry,
      ),
    )
  }
  return {
    all: app.snapshot.environments,
    isEdited: false,
    edit: () => set({ isEdited: true }),
    endEdit: () => set({ isEdited: false }),

    save: async (typed) => {
      const result = await app.api.invoke('environments.save', [...typed])
      if (!result.ok) return result.error
      set({ all: result.value })
      return null
    },

    use: async (connectionId, environmentId) => {
      const before = selectEntry(connectionId)(app.get(profilesState))?.profile.environmentId ?? ''
      name(connectionId, environmentId)
      const result = await app.api.invoke('environments.use', { connectionId, environmentId })
      if (result.ok) return
      name(connectionId, before)
      app.get(noticesState).showError(result.error)
    },
  }
})

/** The one that templates of the connection have; undefined = none. */
export const useEnvironmentInUse = (): Environment | undefined => {
  const id = useEntry()?.profile.environmentId
  return useApp(environmentsState, ({ all }) => all.find((one) => one.id === id))
}
