import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import type { ActionText } from './action'

/** Says the words of actions in the person's language. */
export const useActionText = (): ((text: ActionText) => string) => {
  const t = useTranslations()
  return useCallback(({ key, values }) => t(key, values), [t])
}
