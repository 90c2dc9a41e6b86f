import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import type { Phrase } from '#shared/i18n/words'

/** Says a phrase in the person's language. Text that is no phrase is a name, and stays as it is. */
export const usePhrase = (): ((phrase: Phrase | string) => string) => {
  const t = useTranslations()
  return useCallback((phrase) => (typeof phrase === 'string' ? phrase : t(phrase.key, phrase.values)), [t])
}
