import { useTranslations } from 'use-intl'
import { useApp } from '../../store/useApp'

/** How this system keeps a secret that is to be remembered. */
export const useRememberHint = (): string => {
  const t = useTranslations('connections')
  const keyring = useApp((state) => state.keyringAvailable)
  const plain = useApp((state) => state.settings.storeSecretsWithoutKeyring)
  if (keyring) return t('remembered.stored')
  return plain ? t('remembered.plain') : t('remembered.session')
}
