import { useTranslations } from 'use-intl'
import type { HistoryEvent } from '#shared/model/connectionDetails'
import { useErrorText } from '../../../i18n/useErrorText'
import { useDurations } from '../../../ui/durations'
import { formatClock } from '../../../ui/format'
import { visibleText } from '#shared/text/visibleText'

/** What an entry of a connection's history says. */
export const useHistoryWords = (): ((event: HistoryEvent) => string) => {
  const t = useTranslations('connections.details')
  const errorText = useErrorText()
  const { age } = useDurations()
  const withNextTry = (sentence: string, triesAgain: boolean) =>
    triesAgain ? `${sentence} ${t('events.triesAgain')}` : sentence
  return (event) => {
    switch (event.kind) {
      case 'cameUp':
        return t('events.cameUp', {
          address: visibleText(event.address),
          version: event.protocolVersion,
          clientId: visibleText(event.clientId),
          session: t(`sessions.${event.session}`),
          resent: event.resentMessages,
          away: event.awayMs === null ? 'none' : age(event.awayMs),
        })
      case 'ended':
        return withNextTry(
          t('events.ended', { duration: age(event.upMs), reason: errorText(event.failure) }),
          event.triesAgain,
        )
      case 'failed':
        return withNextTry(
          t('events.failed', {
            tries: event.tries,
            lastAt: formatClock(event.lastAt),
            reason: errorText(event.failure),
          }),
          event.triesAgain,
        )
      case 'disconnected':
        return event.upMs === null ? t('events.givenUp') : t('events.disconnected', { duration: age(event.upMs) })
    }
  }
}
