import { useTranslations } from 'use-intl'
import { missingEvent, missingIn } from '#shared/model/history'
import { visibleName, visibleText } from '#shared/text/visibleText'
import { useErrorText } from '../../../i18n/useErrorText'
import type { GrantedFilter, SessionNews } from '../../../model/sessionEvents'
import { useDurations } from '../../../ui/durations'
import { formatCount } from '../../../ui/format'

/** Filters that are named in one row. */
const mostFilters = 6
const longestFilter = 60

const recordedNames = ['online', 'lost', 'failed', 'disconnected', 'gap', 'end'] as const

/** What an event between the messages says. */
export const useEventWords = (): ((news: SessionNews) => string) => {
  const t = useTranslations('log.events')
  const recorded = useTranslations('recordings.events')
  const gaps = useTranslations('log.gaps')
  const errorText = useErrorText()
  const { interval } = useDurations()
  const next = (triesAgain: boolean) => (triesAgain ? ` ${t('triesAgain')}` : '')
  const nameOf = ({ filter, asked, granted }: GrantedFilter) => {
    const name = visibleName(filter, longestFilter)
    return granted === asked ? name : t('lowered', { filter: name, granted, asked })
  }
  return (news) => {
    switch (news.kind) {
      case 'online': {
        const { address, session, returned } = news
        const away = returned ? interval(returned.awayMs) : 'none'
        return t('online', { address: visibleText(address), session, away })
      }
      case 'lost':
        return t('lost', { reason: errorText(news.reason) }) + next(news.triesAgain)
      case 'failed':
        return t('failed', { tries: news.tries, reason: errorText(news.reason) }) + next(news.triesAgain)
      case 'disconnected':
        return t('disconnected')
      case 'granted': {
        const names = news.filters.slice(0, mostFilters).map(nameOf).join(', ')
        return t('granted', { filters: names, more: Math.max(0, news.filters.length - mostFilters) })
      }
      case 'recorded': {
        const missing = news.name === missingEvent ? missingIn(news.detail) : null
        if (missing) {
          const { messages, cause } = missing
          return gaps('unrecorded', { count: messages === null ? 'unknown' : formatCount(messages), cause })
        }
        const name = recordedNames.find((one) => one === news.name)
        const values = { name: visibleText(news.name), detail: visibleText(news.detail) }
        return recorded(name ?? 'other', values)
      }
      case 'refused':
        return t('refused', { filter: visibleName(news.filter, longestFilter), reason: errorText(news.error) })
    }
  }
}
