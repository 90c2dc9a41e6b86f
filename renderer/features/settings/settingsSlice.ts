import type { MenuAction, Snapshot } from '#shared/contract'
import type { Language, Settings } from '#shared/model/settings'
import type { SliceCreator } from '../../store/sliceCreator'

/** A menu item that wants the cursor in a pane's field. `at` grows, so that choosing the same item twice is seen twice. */
export interface FocusRequest {
  readonly target: 'find' | 'publish' | 'subscribe' | 'probe'
  readonly at: number
}

export interface SettingsSlice {
  readonly settings: Settings
  readonly systemLanguage: Language
  /** True where the system offers a real keyring. */
  readonly keyringAvailable: boolean
  readonly settingsOpen: boolean
  /** Panes watch it and focus their field when it changes. */
  readonly focusRequest: FocusRequest | null
  readonly openSettings: () => void
  readonly closeSettings: () => void
  /**
   * Takes effect at once; a change that cannot be stored is told and stays for this run. That secrets may be readable on
   * disk is asked once more by the system's dialog, and taken back where that says no.
   */
  readonly saveSettings: (change: Partial<Settings>) => Promise<void>
  readonly receiveMenuAction: (action: MenuAction) => void
}

export const createSettingsSlice =
  (snapshot: Snapshot): SliceCreator<SettingsSlice> =>
  (set, get, { api, models }) => ({
    settings: snapshot.settings,
    systemLanguage: snapshot.systemLanguage,
    keyringAvailable: snapshot.keyringAvailable,
    settingsOpen: false,
    focusRequest: null,

    openSettings: () => set({ settingsOpen: true }),
    closeSettings: () => set({ settingsOpen: false }),

    saveSettings: async (change) => {
      const settings = { ...get().settings, ...change }
      set({ settings })
      if (change.logBudgetBytes !== undefined || change.logRowLimit !== undefined) {
        models.setBudget({ bytes: settings.logBudgetBytes, rows: settings.logRowLimit })
        get().recountKept()
      }
      const result = await api.invoke('settings.save', settings)
      if (!result.ok) {
        get().receiveNotice(result.error)
        return
      }
      // Nothing else is read back: a later change may already have been made while this one was being written.
      const { storeSecretsWithoutKeyring } = result.value
      if (settings.storeSecretsWithoutKeyring !== storeSecretsWithoutKeyring)
        set((state) => ({ settings: { ...state.settings, storeSecretsWithoutKeyring } }))
    },

    receiveMenuAction: (action) => {
      const { activeConnectionId, openProfileForm, focusRequest } = get()
      switch (action) {
        case 'settings':
          return set({ settingsOpen: true })
        case 'newConnection':
          return openProfileForm('new')
        case 'clearMessages':
          return activeConnectionId === null ? undefined : get().clearMessages(activeConnectionId)
        case 'find':
        case 'publish':
        case 'subscribe':
        case 'probe':
          return set({ focusRequest: { target: action, at: (focusRequest?.at ?? 0) + 1 } })
      }
    },
  })
