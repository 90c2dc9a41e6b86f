import { useTranslations } from 'use-intl'
import type { DeliveryUpdate } from '#shared/model/frame'
import { visibleName } from '#shared/text/visibleText'
import { reasonName, reasonText } from '#shared/mqtt/reasonCode'
import { useErrorText } from '../../../i18n/useErrorText'
import { profilesState } from '../../../state/profiles'
import { selectIsOnline, sessionState } from '../../../state/session'
import { useApp } from '../../../state/useApp'
import { useConnection } from '../../../state/useConnection'
import { formatBytes } from '../../../ui/format'
import { classes } from '../../../ui/classes'
import { useWaitedMs } from '../../../ui/useWaitedMs'
import { useDurations } from '../../../ui/durations'
import styles from '../publish.module.css'
import { publishState } from '../publishState'
import type { AwaitedSend, LatestSend, SendOutcome } from './sending'

/** What became of the last send, how many wait, or why nothing can be sent now. */
export function SendStatus() {
  const t = useTranslations('publish')
  const online = useConnection(sessionState, selectIsOnline)
  const { pending, awaited, latest } = useConnection(publishState, (state) => state.sends)
  const outcomeText = useOutcomeText()
  // Where there is no connection, what became of the last message still counts.
  const isKept = online || (latest?.sequence ?? 0) > 0 || latest?.elsewhere != null
  const shown = latest && isKept ? outcomeText(latest) : null
  const ask = online ? null : t('connectFirst')
  const text = shown?.text ?? ask ?? ''
  return (
    <p role="status" className={classes(styles.status, shown && styles[shown.tone])} title={shown?.full ?? text}>
      <span key={latest?.send} className={classes(styles.outcome, styles.fresh)}>
        {text}
      </span>
      {shown && ask !== null ? <span className={styles.pending}>{ask}</span> : null}
      <Pending pending={pending} oldest={awaited[0]} />
    </p>
  )
}

/** MQTT 5 §3.4.2.1: the server took the message and has nobody to give it to. Not every server says so. */
const noMatchingSubscribers = 0x10

type DoneOutcome = Extract<SendOutcome, { kind: 'done' }>

const formatMilliseconds = (milliseconds: number) =>
  milliseconds < 10 ? milliseconds.toFixed(1) : String(Math.round(milliseconds))

interface OutcomeText {
  readonly tone: 'done' | 'warned' | 'failed'
  readonly text: string
  /** Says all; the line may be too short for it. */
  readonly full: string
}

const useOutcomeText = () => {
  const t = useTranslations('publish')
  const entries = useApp(profilesState, (state) => state.entries)
  const errorText = useErrorText()
  const receiptText = ({ qos, receipt }: DoneOutcome): string => {
    const milliseconds = formatMilliseconds(receipt.milliseconds)
    if (qos === 0) return t('sent', { milliseconds })
    if (receipt.reasonCode === noMatchingSubscribers) return t('noSubscribers', { milliseconds })
    const { protocolVersion: version } = receipt
    if (version !== '5') return t('acknowledgedWithoutReason', { milliseconds, version })
    const reasonIn = receipt.reasonCode === 0 ? reasonName : reasonText
    return t('acknowledged', { reason: reasonIn('puback', receipt.reasonCode), milliseconds })
  }
  const doneText = (outcome: DoneOutcome): OutcomeText => {
    const { qos, receipt, asTyped, changedFile } = outcome
    const full = receiptText(outcome)
    if (changedFile) {
      const text = t('sentChanged', { size: formatBytes(changedFile.size) })
      return { tone: 'warned', text, full: `${text} · ${full}` }
    }
    if (asTyped) return { tone: 'warned', text: t('sentInvalidJson'), full: `${t('sentInvalidJson')} · ${full}` }
    const brief = qos > 0 && receipt.reasonCode === 0
    const milliseconds = formatMilliseconds(receipt.milliseconds)
    return { tone: 'done', text: brief ? t('acknowledgedBriefly', { milliseconds }) : full, full }
  }
  const firstText = (outcome: SendOutcome): OutcomeText => {
    if (outcome.kind === 'done') return doneText(outcome)
    const text = outcome.kind === 'refused' ? t('refused') : errorText(outcome.error)
    return { tone: 'failed', text, full: text }
  }
  const placed = (outcome: OutcomeText, { elsewhere }: LatestSend): OutcomeText => {
    if (elsewhere === null) return outcome
    const name = visibleName(entries.find(({ profile }) => profile.id === elsewhere)?.profile.name ?? '')
    const text = t('elsewhere', { name, text: outcome.text })
    return { ...outcome, text, full: t('elsewhere', { name, text: outcome.full }) }
  }
  return (latest: LatestSend): OutcomeText => {
    const later = laterOf(latest)
    if (!later) return placed(firstText(latest.outcome), latest)
    const text = t(`followed.${later.state}`, { reason: reasonText('puback', later.reasonCode) })
    return { tone: laterTones[later.state] ?? 'failed', text, full: text }
  }
}

const laterTones: Partial<Record<DeliveryUpdate['state'], OutcomeText['tone']>> = {
  acknowledged: 'done',
  queued: 'warned',
  sent: 'warned',
  received: 'warned',
  interrupted: 'warned',
  dropped: 'warned',
}

/** What became of the message since: after the end of a connection, or where the broker closed on it. */
const laterOf = ({ outcome, later }: LatestSend): DeliveryUpdate | null => {
  const isOpen = outcome.kind === 'failed' && outcome.error.code === 'publishInterrupted'
  return later && (isOpen || later.state === 'closedAfter') ? later : null
}

/** How many wait, and for what the oldest does once that takes long. */
function Pending({ pending, oldest }: { readonly pending: number; readonly oldest: AwaitedSend | undefined }) {
  const t = useTranslations('publish')
  const { age } = useDurations()
  const waited = useWaitedMs(oldest?.since ?? null)
  if (pending === 0) return null
  const isLate = oldest !== undefined && waited !== null
  return (
    <span className={classes(styles.pending, isLate && styles.warned)}>
      {t('pending', { count: pending })}
      {isLate
        ? ` · ${t('waitingSince', { packet: oldest.qos === 1 ? 'PUBACK' : 'PUBREC, PUBCOMP', age: age(waited) })}`
        : null}
    </span>
  )
}
