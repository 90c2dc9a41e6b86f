import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { HistoryStatus } from '#shared/model/history'
import { useErrorText } from '../../../i18n/useErrorText'
import type { MessageLog } from '../../../model/messageLog/messageLog'
import { connectionsState } from '../../../state/connections'
import { dialogsState } from '../../../state/dialogs'
import { diskHistoryState, sumsOf, type MeasuredStretch } from '../../../state/diskHistory'
import { useApp } from '../../../state/useApp'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { TextField } from '../../../ui/fields'
import { formatCount } from '../../../ui/format'
import { localInputOf, timeOfLocalInput } from '../../../ui/localInput'
import styles from './diskHistory.module.css'

const hourMs = 3_600_000
const hoursOffered = [1, 24] as const
/** From so many on it is said that the log may have no room for all. */
const mostSurelyShown = 100_000

/** From when to when messages are read from disk, into a tab of their own. */
export function StretchForm({ status }: { readonly status: HistoryStatus }) {
  const t = useTranslations('history')
  const errorText = useErrorText()
  const openStretch = useConnection(diskHistoryState, (state) => state.openStretch)
  const show = useApp(connectionsState, (state) => state.show)
  const close = useApp(dialogsState, (dialogs) => dialogs.close)
  const begin = useFirstTimes(status)
  const [texts, setTexts] = useState(begin)
  const [problem, setProblem] = useState<string | null>(null)
  const stretch = { from: timeOfLocalInput(texts.from), to: timeOfLocalInput(texts.to) }
  const isWrong = !isStretch(stretch)
  const found = useMeasured(isWrong ? null : stretch)
  const change = (changed: Partial<typeof texts>) => {
    setTexts((before) => ({ ...before, ...changed }))
    setProblem(null)
  }
  const open = async () => {
    const answer = await openStretch(stretch)
    if (!answer.ok) {
      setProblem(errorText(answer.error))
      return
    }
    close()
    show(answer.value.connectionId)
  }
  const { to } = sumsOf(status)
  // No limits: an empty field would show what all times within them share as if it were filled in.
  const range = { type: 'datetime-local', step: 1 }
  const last = (hours: number) => change({ from: localInputOf((to ?? 0) - hours * hourMs), to: '' })
  return (
    <section aria-label={t('stretch')}>
      <h2 className={styles.heading}>{t('stretch')}</h2>
      <p className={styles.faint}>{t('stretchText')}</p>
      <div className={styles.stretch}>
        <TextField label={t('from')} value={texts.from} onChange={(text) => change({ from: text })} {...range} />
        <TextField label={t('to')} value={texts.to} onChange={(text) => change({ to: text })} {...range} />
      </div>
      <div className={styles.choices}>
        {hoursOffered.map((hours) => (
          <Button key={hours} variant="quiet" onClick={() => last(hours)}>
            {t('lastHours', { hours })}
          </Button>
        ))}
        <Button variant="quiet" onClick={() => change({ from: '', to: '' })}>
          {t('anyTime')}
        </Button>
        <Button className={styles.openStretch} disabled={isWrong} onClick={() => void open()}>
          {t('openStretch')}
        </Button>
      </div>
      <p className={styles.faint} role="status">
        {isWrong ? null : found ? (
          <>
            {t('found', { messages: found.messages, count: formatCount(found.messages) })}
            {found.messages > mostSurelyShown ? ` · ${t('mayNotFit')}` : null}
          </>
        ) : (
          t('counting')
        )}
      </p>
      {isWrong || problem !== null ? (
        <p role="alert" className={styles.problem}>
          {isWrong ? t('badTimes') : problem}
        </p>
      ) : null}
    </section>
  )
}

interface Stretch {
  readonly from: number | null
  readonly to: number | null
}

const isStretch = ({ from, to }: Stretch): boolean =>
  !Number.isNaN(from) && !Number.isNaN(to) && (from === null || to === null || from < to)

/** The hour before what the log has, where older messages are on disk; else everything. */
const useFirstTimes = (status: HistoryStatus): { readonly from: string; readonly to: string } => {
  const { model } = useConnectionObject()
  const { from } = sumsOf(status)
  const earliest = firstTimeIn(model.log)
  if (from === null || earliest === null || earliest <= from + 1_000) return { from: '', to: '' }
  // A second more: the input knows no fractions, and nothing between is to be left out.
  return { from: localInputOf(Math.max(from, earliest - hourMs)), to: localInputOf(earliest + 1_000) }
}

/** Of the first message in the log, in milliseconds since 1970; null = there is none. */
const firstTimeIn = (log: MessageLog): number | null => {
  for (let row = log.firstKeptRow(); row < log.endRow(); row += 1) {
    const found = log.rowAt(row)
    if (found?.kind === 'message') return found.message.time
  }
  return null
}

/** How much is on disk in this time; null = that is not known yet. */
const useMeasured = (stretch: Stretch | null): MeasuredStretch | null => {
  const measure = useConnection(diskHistoryState, (state) => state.measure)
  const [found, setFound] = useState<{ readonly key: string; readonly measured: MeasuredStretch } | null>(null)
  const key = stretch ? `${stretch.from} ${stretch.to}` : null
  const from = stretch?.from ?? null
  const to = stretch?.to ?? null
  useEffect(() => {
    if (key === null) return
    let isGone = false
    void measure({ from, to }).then((answer) => {
      if (!isGone && answer.ok) setFound({ key, measured: answer.value })
    })
    return () => {
      isGone = true
    }
  }, [measure, key, from, to])
  return found?.key === key ? found.measured : null
}
