import { useTranslations } from 'use-intl'
import type { SenderEnd, SenderStatus } from '#shared/model/sender'
import { useErrorText } from '../../../i18n/useErrorText'
import { classes } from '../../../ui/classes'
import { formatCount } from '../../../ui/format'
import { useShownDraft } from '../drafts/useShownDraft'
import styles from '../publish.module.css'
import { useShownSeries } from './useShownSeries'

/** What became of the messages of the series that is shown, and why it is over. It changes all the time, so it is no live region. */
export function SeriesLine() {
  const series = useShownSeries()
  return series ? <Line series={series} /> : null
}

function Line({ series }: { readonly series: SenderStatus }) {
  const { counts, end, firstRefusal, qos, pace } = series
  const intervalMs = pace.kind === 'interval' ? pace.everyMs : 0
  const t = useTranslations('publish.repeat')
  const errorText = useErrorText()
  const partOf = usePartText()
  const under = counts.sent - counts.acknowledged - counts.refused - counts.lost - counts.interrupted
  const parts = [
    partOf('sent', counts.sent),
    qos > 0 ? partOf('acknowledged', counts.acknowledged) : null,
    // Those of QoS 0 wait for the socket only: worth a word while there are many.
    (qos > 0 || under > 1) && under > 0 ? partOf('waiting', under) : null,
    counts.refused > 0 ? partOf('refused', counts.refused) : null,
    counts.lost > 0 ? partOf('lost', counts.lost) : null,
    counts.interrupted > 0 ? partOf('interrupted', counts.interrupted) : null,
    counts.skipped > 0 ? partOf('skipped', counts.skipped) : null,
  ].filter((part) => part !== null)
  const reason = firstRefusal ? t('firstRefusal', { reason: errorText(firstRefusal) }) : null
  const ended = useEndText()(end)
  const { message, repeated } = useShownDraft()
  const changed = end === null && repeated !== null && repeated !== message ? t('asStarted') : null
  const text = [ended, parts.join(' · '), reason, changed].filter((part) => part !== null).join('  ')
  const isBad = end?.kind === 'impossible' || counts.refused > 0 || counts.lost > 0
  const isWarned = end?.kind === 'connectionEnded' || counts.skipped > 0 || counts.interrupted > 0
  return (
    <p
      data-series={end ? 'ended' : 'running'}
      data-sent={counts.sent}
      title={counts.skipped > 0 ? `${text}\n${t('skippedHint', { milliseconds: formatCount(intervalMs) })}` : text}
      className={classes(styles.seriesText, isBad ? styles.failed : isWarned ? styles.warned : null)}
    >
      {text}
    </p>
  )
}

const usePartText = () => {
  const t = useTranslations('publish.repeat')
  return (part: 'sent' | 'acknowledged' | 'waiting' | 'refused' | 'lost' | 'interrupted' | 'skipped', count: number) =>
    t(part, { count: formatCount(count) })
}

const useEndText = () => {
  const t = useTranslations('publish.repeat')
  const errorText = useErrorText()
  return (end: SenderEnd | null): string | null => {
    if (!end) return null
    if (end.kind === 'stopped' || end.kind === 'finished') return t('stopped')
    if (end.kind === 'impossible') return t('impossible', { reason: errorText(end.error) })
    return end.error ? t('connectionEnded', { reason: errorText(end.error) }) : t('disconnected')
  }
}
