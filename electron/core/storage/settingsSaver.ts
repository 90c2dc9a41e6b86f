import type { Settings } from '#shared/model/settings'
import type { Result } from '#shared/result'
import type { Dialogs } from '../files/dialogs'
import type { SecretStore } from './secretStore'
import type { SettingsStore } from './settingsStore'

export interface SettingsSaverParts {
  readonly settings: SettingsStore
  readonly secrets: SecretStore
  readonly dialogs: Pick<Dialogs, 'confirm'>
  /** Called with the new settings once secrets are held as they say. */
  readonly onSaved: (settings: Settings) => void
}

/**
 * Saves settings and answers them. Secrets become readable on disk only where the person says so outside the window,
 * which a page that was taken over cannot; all other changes hold whatever the answer is.
 */
export const createSettingsSaver = ({ settings, secrets, dialogs, onSaved }: SettingsSaverParts) => {
  /** The question that is open; a change of another setting meanwhile does not ask a second time. */
  let asking: Promise<boolean> | null = null

  const ask = (): Promise<boolean> => {
    asking ??= dialogs.confirm({ kind: 'storeSecretsReadable' }).finally(() => (asking = null))
    return asking
  }
  const agreed = async (wanted: Settings): Promise<Settings> => {
    if (!wanted.storeSecretsWithoutKeyring || settings.current().storeSecretsWithoutKeyring) return wanted
    return { ...wanted, storeSecretsWithoutKeyring: await ask() }
  }

  return async (given: Settings): Promise<Result<Settings>> => {
    const wanted = await agreed(given)
    const saved = await settings.save(wanted)
    const kept = await secrets.setPlainAllowed(wanted.storeSecretsWithoutKeyring)
    onSaved(wanted)
    return kept.ok ? saved : kept
  }
}
