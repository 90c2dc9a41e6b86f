import { memo } from 'react'
import { useTranslations } from 'use-intl'
import type { Exchange, ExchangeState } from '#shared/model/request'
import { useErrorText } from '../../../i18n/useErrorText'
import { classes } from '../../../ui/classes'
import { formatClock, formatIso } from '../../../ui/format'
import { StateDot, type StateTone } from '../../../ui/StateDot'
import { VisibleName } from '../../../ui/VisibleText'
import styles from './requests.module.css'
import { formatRoundTrip } from './roundTripText'

interface RowProps {
  readonly exchange: Exchange
  /** Which of its places Tab reaches; null = none. */
  readonly tabStop: string | null
}

const dots: Readonly<Record<ExchangeState, StateTone>> = {
  subscribing: { tone: 'plain', isFilled: false },
  waiting: { tone: 'plain', isFilled: false },
  answered: { tone: 'success', isFilled: true },
  timedOut: { tone: 'warning', isFilled: false },
  late: { tone: 'warning', isFilled: true },
  refused: { tone: 'danger', isFilled: true },
  unmatched: { tone: 'warning', isFilled: false },
}

/** One request with its answer, or an answer without a request. */
export const RequestRow = memo(function RequestRow({ exchange, tabStop }: RowProps) {
  const t = useTranslations('requests')
  const { id, state, topic, responseTopic, at, roundTripMs, requestSequence, answerSequence } = exchange
  return (
    <div
      role="listitem"
      className={styles.row}
      data-request={id}
      data-state={state}
      data-round-trip={roundTripMs ?? undefined}
    >
      <time className={styles.time} dateTime={formatIso(at)}>
        {formatClock(at)}
      </time>
      <span className={styles.state} data-state={state}>
        <StateDot {...dots[state]} data-state={state} />
        {t(`states.${state}`)}
      </span>
      <Place kind="request" topic={topic} sequence={requestSequence} {...{ id, tabStop }} />
      <Place kind="answer" topic={responseTopic} sequence={answerSequence} {...{ id, tabStop }} />
      <span className={styles.roundTrip}>
        {roundTripMs === null ? '' : t('milliseconds', { milliseconds: formatRoundTrip(roundTripMs) })}
      </span>
      <Note exchange={exchange} />
    </div>
  )
})

interface PlaceProps {
  readonly kind: 'request' | 'answer'
  readonly id: number
  readonly topic: string
  /** Of its message in the log; null = there is none. */
  readonly sequence: number | null
  readonly tabStop: string | null
}

/** Shows the message in the details; where there is none, only where it goes. */
function Place({ kind, id, topic, sequence, tabStop }: PlaceProps) {
  const t = useTranslations('requests')
  const name = <VisibleName text={topic} mostPieces={4} />
  if (sequence === null)
    return <span className={classes(styles.noPlace, styles[kind])}>{topic === '' ? t('noRequest') : name}</span>
  const place = `${id} ${kind}`
  return (
    <button
      type="button"
      className={classes(styles.place, styles[kind])}
      data-place={place}
      data-sequence={sequence}
      tabIndex={tabStop === place ? 0 : -1}
      title={t(kind === 'request' ? 'showRequest' : 'showAnswer')}
    >
      <span className={styles.kind}>{t(kind)}</span>
      <span className={styles.topic}>{name}</span>
    </button>
  )
}

/** What the word of the state does not say. */
function Note({ exchange }: { readonly exchange: Exchange }) {
  const t = useTranslations('requests')
  const errorText = useErrorText()
  const { state, error, isUnheard, unmatched, roundTripMs, timeoutMs } = exchange
  const text = [
    error ? errorText(error) : null,
    unmatched ? t(`unmatched.${unmatched}`) : null,
    state === 'late' && roundTripMs !== null
      ? t('lateBy', { milliseconds: formatRoundTrip(Math.max(0, roundTripMs - timeoutMs)) })
      : null,
    isUnheard && roundTripMs === null ? t('unheard') : null,
  ].find((part) => part !== null)
  return text ? <p className={styles.note}>{text}</p> : null
}
