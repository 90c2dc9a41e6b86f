import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import type { PlannedConnection } from '#shared/model/importPlan'

/** What comes along with a connection, in words. */
export const usePartWords = (): ((connection: PlannedConnection) => readonly string[]) => {
  const t = useTranslations('importing.part')
  return useCallback(
    ({ profile, messages, charts, payloadRules, certificates }) => [
      ...counted(profile?.subscriptions.length ?? 0, (count) => t('subscriptions', { count })),
      ...counted(messages.length, (count) => t('messages', { count })),
      ...(profile?.will.enabled ? [t('will')] : []),
      ...counted(charts, (count) => t('charts', { count })),
      ...counted(payloadRules, (count) => t('rules', { count })),
      ...counted(certificates.length, (count) => t('certificates', { count })),
    ],
    [t],
  )
}

const counted = (count: number, words: (count: number) => string): readonly string[] =>
  count > 0 ? [words(count)] : []
