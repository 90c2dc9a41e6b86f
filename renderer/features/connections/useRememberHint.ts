import { useTranslations } from 'use-intl'
import { useApp } from '../../store/useApp'

/** How a secret that is stored now is kept: in the keyring, readable, or until the application ends. */
export const useRememberHint = (): string => {
  const t = useTranslations('connections')
  const keyring = useApp((state) => state.keyringAvailable)
  const plain = useApp((state) => state.settings.storeSecretsWithoutKeyring)
  if (keyring) return t('remembered.stored')
  return plain ? t('remembered.plain') : t('remembered.session')
}
