import { useTranslations } from 'use-intl'
import { reasonName } from '#shared/mqtt/reasonCode'
import { useErrorText } from '../../i18n/useErrorText'
import { useApp } from '../../store/useApp'
import { formatBytes } from '../../ui/format'
import { classes } from '../../ui/classes'
import type { SendOutcome } from './publishSlice'
import styles from './publish.module.css'

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
  const errorText = useErrorText()
  const receiptText = ({ qos, receipt }: DoneOutcome): string => {
    const milliseconds = formatMilliseconds(receipt.milliseconds)
    if (qos === 0) return t('sent', { milliseconds })
    if (receipt.reasonCode === noMatchingSubscribers) return t('noSubscribers', { milliseconds })
    return t('acknowledged', { reason: reasonName('puback', receipt.reasonCode), milliseconds })
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
  return (outcome: SendOutcome): OutcomeText => {
    if (outcome.kind === 'done') return doneText(outcome)
    const text = outcome.kind === 'refused' ? t('refused') : errorText(outcome.error)
    return { tone: 'failed', text, full: text }
  }
}

/** What became of the last send, how many wait, or why nothing can be sent now. */
export function SendStatus({ connectionId, online }: { readonly connectionId: string; readonly online: boolean }) {
  const t = useTranslations('publish')
  const sends = useApp((state) => state.publishSends[connectionId])
  const outcomeText = useOutcomeText()
  const outcome = sends?.latest?.outcome
  const pending = sends?.pending ?? 0
  const shown = online && outcome ? outcomeText(outcome) : null
  const text = shown?.text ?? (online ? '' : t('connectFirst'))
  return (
    <p role="status" className={classes(styles.status, shown && styles[shown.tone])} title={shown?.full ?? text}>
      <span key={sends?.latest?.send} className={classes(styles.outcome, styles.fresh)}>
        {text}
      </span>
      {pending > 0 ? <span className={styles.pending}>{t('pending', { count: pending })}</span> : null}
    </p>
  )
}
