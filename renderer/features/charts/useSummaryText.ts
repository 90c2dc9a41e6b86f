import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import type { Summary } from '../../model/chart/summary'

/** What a series says of itself, in words. */
export const useSummaryText = (): ((summary: Summary) => string) => {
  const t = useTranslations('charts')
  const joined = (...parts: readonly (string | null)[]) => parts.filter((part) => part !== null).join(' · ')
  return (summary) => {
    switch (summary.kind) {
      case 'few':
        return t('few', { count: summary.count })
      case 'quantity': {
        const { mean, median, spread, least, most, trend } = summary
        const numbers = { mean, median, spread, least, most }
        const texts = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, shortNumber(value)]))
        return joined(
          t('quantity', { ...emptyQuantity, ...texts }),
          trend === null ? null : t('trend', { drift: signed(trend) }),
        )
      }
      case 'switch': {
        const { rises, duty, width, period } = summary
        return joined(
          t('switch', { rises, duty: `${Math.round(duty * 100)} %` }),
          width === null ? null : t('width', { time: shortTime(width) }),
          period === null ? null : t('period', { time: shortTime(period) }),
        )
      }
      case 'total':
        return joined(
          t('total', { rate: shortNumber(summary.perSecond) }),
          summary.resets > 0 ? t('resets', { count: summary.resets }) : null,
        )
      case 'state': {
        const states = summary.states
          .map(({ text, count }) => `${visibleName(text.slice(0, 30))} (${count})`)
          .join(', ')
        return t('state', { changes: summary.changes, states })
      }
    }
  }
}

const emptyQuantity = { mean: '', median: '', spread: '', least: '', most: '' }

/** Four digits say enough of a summary; the values themselves stand as they were sent. */
const shortNumber = (value: number): string => String(Number(value.toPrecision(4)))

const signed = (value: number): string => (value > 0 ? `+${shortNumber(value)}` : shortNumber(value))

const shortTime = (ms: number): string => (ms < 1_000 ? `${shortNumber(ms)} ms` : `${shortNumber(ms / 1_000)} s`)
