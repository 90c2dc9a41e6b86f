import { keepSecrets, type Profile, type ProfileEntry, type SecretChanges } from '#shared/model/profile'
import type { ProfileChange } from '#shared/model/failure'
import { changedBy } from '#shared/model/profileChange'
import type { AppError, Result } from '#shared/result'
import { neighbourOf, withEntry, withFolders, type Arrangement } from '../model/arrangement'
import { defineAppState, type Connection } from './app'
import { connectionsState } from './connections'
import { noticesState } from './notices'

export interface ProfilesState {
  /** In the order of the list. */
  readonly entries: readonly ProfileEntry[]
  /** What was saved, copied or brought back last, and came into view by that; a new object each time. */
  readonly broughtIntoView: { readonly entry: ProfileEntry } | null
  /** What main says the list is now: connections come and go with their profiles. */
  receive(entries: readonly ProfileEntry[]): void
  /** Saves it and brings it into view. */
  save(profile: Profile, secrets: SecretChanges): Promise<Result<ProfileEntry>>
  /** Saves what was tried; a failure becomes a notice. */
  saveChange(connectionId: string, change: ProfileChange): Promise<void>
  duplicate(connectionId: string): Promise<void>
  /** Null = it is still there; else it is gone, and `restore` brings it back within this run. */
  remove(connectionId: string): Promise<RemovedProfile | null>
  arrange(arrangement: Arrangement): Promise<void>
  /** Path of a certificate or key the user picks in the system's dialog; null = none. */
  chooseCertificateFile(): Promise<string | null>
}

interface RemovedProfile {
  readonly restore: () => Promise<void>
}

export const profilesState = defineAppState<ProfilesState>('profiles', ({ owner: app, get, set }) => {
  const connections = () => app.get(connectionsState)
  const tell = (error: AppError) => app.get(noticesState).showError(error)

  const receive = (entries: readonly ProfileEntry[]) =>
    app.batch(() => {
      const ids = new Set(entries.map(({ profile }) => profile.id))
      const { inViewId } = connections()
      for (const id of ids) connections().open(id)
      for (const id of connections().all.keys()) if (!ids.has(id)) connections().close(id)
      for (const id of connections().tabs) if (!ids.has(id)) connections().closeTab(id)
      // What was in view and is gone leaves it to the tab beside it, or where there is none to its neighbour in the list.
      // With no tab open nothing is in view, and news of the list opens none.
      if (connections().inViewId === null && (inViewId !== null || get().entries.length === 0))
        connections().show(neighbourOf(inViewId, get().entries, entries))
      set({ entries })
    })
  const show = (entry: ProfileEntry): Connection => {
    app.batch(() => {
      receive(withEntry(get().entries, entry))
      connections().show(entry.profile.id)
      set({ broughtIntoView: { entry } })
    })
    return connections().open(entry.profile.id)
  }

  return {
    entries: app.snapshot.profiles,
    broughtIntoView: null,
    receive,

    save: async (profile, secrets) => {
      const result = await app.api.invoke('profile.save', { profile, secrets })
      if (result.ok) show(result.value)
      return result
    },

    saveChange: async (connectionId, change) => {
      const entry = get().entries.find(({ profile }) => profile.id === connectionId)
      if (!entry) return
      const profile = changedBy(entry.profile, change)
      const result = await app.api.invoke('profile.save', { profile, secrets: keepSecrets })
      if (!result.ok) tell(result.error)
    },

    duplicate: async (connectionId) => {
      const result = await app.api.invoke('profile.duplicate', { connectionId })
      if (result.ok) show(result.value)
      else tell(result.error)
    },

    remove: async (connectionId) => {
      const removed = connections().all.get(connectionId)
      const result = await app.api.invoke('profile.delete', { connectionId })
      if (!result.ok) {
        tell(result.error)
        return null
      }
      receive(get().entries.filter(({ profile }) => profile.id !== connectionId))
      return {
        restore: async () => {
          const restored = await app.api.invoke('profile.restore', { connectionId })
          // Its place in the list comes with `profiles.changed`.
          if (restored.ok) removed?.giveKeepsakes(show(restored.value))
          else tell(restored.error)
        },
      }
    },

    arrange: async (arrangement) => {
      const before = get().entries
      set({ entries: withFolders(before, arrangement) })
      const result = await app.api.invoke('profile.arrange', [...arrangement])
      if (result.ok) return
      set({ entries: before })
      tell(result.error)
    },

    chooseCertificateFile: async () => {
      const result = await app.api.invoke('file.choose', { purpose: 'certificate' })
      if (result.ok) return result.value?.path ?? null
      tell(result.error)
      return null
    },
  }
})

export const selectEntry =
  (connectionId: string) =>
  ({ entries }: ProfilesState): ProfileEntry | undefined =>
    entries.find(({ profile }) => profile.id === connectionId)
