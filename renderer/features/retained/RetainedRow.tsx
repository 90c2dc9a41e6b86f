import type { MouseEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { Finding } from '#shared/homeAssistant/finding'
import type { RetainedEntry, RetainedFate } from '#shared/model/retained'
import { valuePreviewOf } from '../../model/topicIndex/topicIndexValue'
import { useDurations } from '../../ui/durations'
import { formatBytes, formatClock } from '../../ui/format'
import { VisibleName, VisibleText } from '../../ui/VisibleText'
import { FindingText } from './FindingText'
import { retainedAgeOf, type RetainedAgeParts } from './retainedAge'
import styles from './retained.module.css'

interface RetainedRowProps {
  readonly id: string
  readonly entry: RetainedEntry
  readonly row: number
  readonly rowCount: number
  readonly fate: RetainedFate | undefined
  /** What is said in place of its payload, age and size. */
  readonly finding: Finding | undefined
  readonly chosen: boolean
  readonly active: boolean
  readonly now: number
  readonly ageParts: RetainedAgeParts
  readonly onClick: (event: MouseEvent) => void
}

export function RetainedRow(props: RetainedRowProps) {
  const { id, entry, row, rowCount, fate, finding, chosen, active, onClick } = props
  return (
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      aria-posinset={row + 1}
      aria-setsize={rowCount}
      className={styles.row}
      data-topic={entry.topic}
      data-row={row}
      data-fate={fate}
      data-cursor={active}
      data-found={finding?.kind}
      onClick={onClick}
    >
      <input type="checkbox" checked={chosen} readOnly tabIndex={-1} aria-hidden className={styles.check} />
      <span className={styles.topic}>
        <VisibleName text={entry.topic} />
      </span>
      {finding ? <FoundCells {...props} finding={finding} /> : <ListedCells {...props} />}
    </div>
  )
}

function FoundCells({ finding, fate, now }: RetainedRowProps & { readonly finding: Finding }) {
  const t = useTranslations('retained')
  return (
    <>
      <FindingText {...{ finding, now }} />
      {fate ? (
        <span className={styles.fate} title={t(`fateHints.${fate}`)}>
          {t(`fates.${fate}`)}
        </span>
      ) : null}
    </>
  )
}

function ListedCells({ entry, fate, now, ageParts }: RetainedRowProps) {
  const t = useTranslations('retained')
  const durations = useDurations()
  const left = leftOf(entry, now)
  const hasRunOut = left !== null && left <= 0
  const expiry = left === null ? null : hasRunOut ? t('ranOut') : t('expires', { left: durations.age(left) })
  return (
    <>
      <Value entry={entry} />
      <span className={fate ? styles.fate : styles.expiry} title={fate ? t(`fateHints.${fate}`) : undefined}>
        {fate ? t(`fates.${fate}`) : expiry}
      </span>
      {fate || hasRunOut ? <span className={styles.age} /> : <Age {...{ entry, now, ageParts }} />}
      <span className={styles.size}>{formatBytes(entry.size)}</span>
      <span className={styles.qos} title={entry.qos === null ? t('qosUnknown') : undefined}>
        {entry.qos === null ? 'QoS ?' : `QoS ${entry.qos}`}
      </span>
    </>
  )
}

/** A message that was cleared, put back or has expired is not there as it was listed: only those that stand have an age. */
function Age({ entry, now, ageParts }: Pick<RetainedRowProps, 'entry' | 'now' | 'ageParts'>) {
  const t = useTranslations('retained')
  const durations = useDurations()
  const age = retainedAgeOf(entry, ageParts)
  if (age.kind === 'unknown')
    return (
      <span className={styles.age} title={t(`age.unknown.${age.why}`)}>
        –
      </span>
    )
  const length = durations.age(now - age.before)
  const reason = t(`age.by.${age.by}`, { time: formatClock(age.before) })
  return (
    <span className={styles.age} title={`${t('age.atLeast', { length })}\n${reason}`}>
      {`≥ ${length}`}
    </span>
  )
}

/** The start of its payload on one line. */
function Value({ entry }: Pick<RetainedRowProps, 'entry'>) {
  const value = valuePreviewOf({ first: entry.preview, payloadBytes: entry.size })
  const isShown = value.kind === 'text' || value.kind === 'binary'
  return (
    <span className={styles.value}>
      {isShown ? (
        <VisibleText text={value.kind === 'text' ? value.text : `0x${value.hex}`} isStart={value.cut} mostPieces={4} />
      ) : null}
    </span>
  )
}

/** What is left of its time, counted from when it came; null = it does not expire. */
const leftOf = ({ expirySeconds, receivedAt }: RetainedEntry, now: number) =>
  expirySeconds === null ? null : receivedAt + expirySeconds * 1_000 - now
