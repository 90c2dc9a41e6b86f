import { useTranslations } from 'use-intl'
import { reasonName } from '#shared/mqtt/reasonCode'
import { useErrorText } from '../../i18n/useErrorText'
import { useApp } from '../../store/useApp'
import { classes } from '../../ui/classes'
import type { SendOutcome } from './publishSlice'
import styles from './publish.module.css'

/** MQTT 5 §3.4.2.1: the server took the message and has nobody to give it to. Not every server says so. */
const noMatchingSubscribers = 0x10

const formatMilliseconds = (milliseconds: number) =>
  milliseconds < 10 ? milliseconds.toFixed(1) : String(Math.round(milliseconds))

const useOutcomeText = () => {
  const t = useTranslations('publish')
  const errorText = useErrorText()
  return (outcome: SendOutcome): string => {
    if (outcome.kind === 'failed') return errorText(outcome.error)
    const { qos, receipt } = outcome
    const milliseconds = formatMilliseconds(receipt.milliseconds)
    if (qos === 0) return t('sent', { milliseconds })
    if (receipt.reasonCode === noMatchingSubscribers) return t('noSubscribers', { milliseconds })
    const reason = reasonName('puback', receipt.reasonCode)
    return t('acknowledged', { reason, milliseconds })
  }
}

/** What became of the last send, how many wait, or why nothing can be sent now. */
export function SendStatus({ connectionId, online }: { readonly connectionId: string; readonly online: boolean }) {
  const t = useTranslations('publish')
  const sends = useApp((state) => state.publishSends[connectionId])
  const outcomeText = useOutcomeText()
  const outcome = sends?.latest?.outcome
  const pending = sends?.pending ?? 0
  const text = online ? (outcome ? outcomeText(outcome) : '') : t('connectFirst')
  const tone = online && outcome ? (outcome.kind === 'failed' ? styles.failed : styles.done) : null
  return (
    <p role="status" className={classes(styles.status, tone)} title={text}>
      <span key={sends?.latest?.send} className={styles.fresh}>
        {text}
      </span>
      {pending > 0 ? <span className={styles.pending}>{t('pending', { count: pending })}</span> : null}
    </p>
  )
}
