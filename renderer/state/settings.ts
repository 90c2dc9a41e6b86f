import type { SecretKeeping } from '#shared/model/profile'
import type { Language, Settings } from '#shared/model/settings'
import { defineAppState } from './app'
import { connectionsState } from './connections'
import { messagesState } from './messages'
import { noticesState } from './notices'

export interface SettingsState {
  readonly settings: Settings
  readonly systemLanguage: Language
  /** True where the system offers a real keyring. */
  readonly keyringAvailable: boolean
  /**
   * Takes effect at once; a change that cannot be stored is told and stays for this run. That secrets may be readable on
   * disk is asked once more by the system's dialog, and taken back where that says no.
   */
  save(change: Partial<Settings>): Promise<void>
}

export const settingsState = defineAppState<SettingsState>('settings', ({ owner: app, get, set }) => ({
  settings: app.snapshot.settings,
  systemLanguage: app.snapshot.systemLanguage,
  keyringAvailable: app.snapshot.keyringAvailable,

  save: async (change) => {
    const settings = { ...get().settings, ...change }
    set({ settings })
    if (change.logBudgetBytes !== undefined || change.logRowLimit !== undefined) {
      app.models.setBudget({ bytes: settings.logBudgetBytes, rows: settings.logRowLimit })
      for (const connection of app.get(connectionsState).all.values()) connection.get(messagesState).recount()
    }
    const result = await app.api.invoke('settings.save', settings)
    if (!result.ok) {
      app.get(noticesState).showError(result.error)
      return
    }
    // Nothing else is read back: a later change may already have been made while this one was being written.
    const { storeSecretsWithoutKeyring } = result.value
    if (settings.storeSecretsWithoutKeyring !== storeSecretsWithoutKeyring)
      set((state) => ({ settings: { ...state.settings, storeSecretsWithoutKeyring } }))
  },
}))

/** The language of the settings, or the system's. */
export const selectLanguage = ({ settings, systemLanguage }: SettingsState): Language =>
  settings.language ?? systemLanguage

/** How this system would keep a secret that is typed now. */
export const selectKeeping = ({
  keyringAvailable,
  settings,
}: SettingsState): Exclude<SecretKeeping, 'none' | 'unreadable'> => {
  if (keyringAvailable) return 'stored'
  return settings.storeSecretsWithoutKeyring ? 'plain' : 'session'
}
