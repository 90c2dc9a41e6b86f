import { useTranslations } from 'use-intl'
import { settingsState } from '../../../state/settings'
import { useApp } from '../../../state/useApp'

/** How a secret that is stored now is kept: in the keyring, readable, or until the application ends. */
export const useRememberHint = (): string => {
  const t = useTranslations('connections')
  const keyring = useApp(settingsState, (state) => state.keyringAvailable)
  const plain = useApp(settingsState, (state) => state.settings.storeSecretsWithoutKeyring)
  if (keyring) return t('remembered.stored')
  return plain ? t('remembered.plain') : t('remembered.session')
}
