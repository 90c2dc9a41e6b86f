import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import type { AppError } from '#shared/result'
import { visibleText } from '../ui/visibleText'

/** What the sentences may name. A value that an error does not carry reads as an en dash. */
const placeholders = [
  'host',
  'port',
  'detail',
  'name',
  'names',
  'expired',
  'seconds',
  'limit',
  'size',
  'file',
  'reason',
]

/** Turns an error into a sentence in the person's language. */
export const useErrorText = (): ((error: AppError) => string) => {
  const t = useTranslations('errors')
  return useCallback(
    (error) => {
      const values: Record<string, string> = Object.fromEntries(placeholders.map((name) => [name, '–']))
      if (error.reasonCode !== undefined) values['reason'] = `0x${error.reasonCode.toString(16).padStart(2, '0')}`
      for (const [name, value] of Object.entries(error.values ?? {})) values[name] = visibleText(String(value))
      return t(error.code, { ...values, message: visibleText(error.message) })
    },
    [t],
  )
}
