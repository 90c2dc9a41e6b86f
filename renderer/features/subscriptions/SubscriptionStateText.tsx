import { useTranslations } from 'use-intl'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { useErrorText } from '../../i18n/useErrorText'
import { stateLabelOf } from '../../model/subscriptionLabels'
import styles from './subscriptions.module.css'

const tones = {
  disabled: 'faint',
  offline: 'faint',
  requested: 'faint',
  granted: 'good',
  downgraded: 'warning',
} as const

/** `QoS 1`, `QoS 2 → 1`, or why there is none. */
export function SubscriptionStateText({ status }: { readonly status: SubscriptionStatus }) {
  const t = useTranslations('subscriptions')
  const errorText = useErrorText()
  const label = stateLabelOf(status)
  if (label.kind === 'refused' && status.state.phase === 'refused') {
    const reason = errorText(status.state.error)
    return (
      <span className={styles.state} data-state="refused" data-tone="danger" title={reason}>
        {reason}
      </span>
    )
  }
  if (label.kind === 'heldBack' && status.state.phase === 'heldBack') {
    const reason = t(`heldBack.${status.state.reason}`)
    return (
      <span className={styles.state} data-state="heldBack" data-tone="warning" title={reason}>
        {reason}
      </span>
    )
  }
  if (label.kind === 'heldBack' || label.kind === 'refused') return null
  const values = {
    granted: 'granted' in label ? label.granted : 0,
    requested: status.subscription.qos,
  }
  return (
    <span
      className={styles.state}
      data-state={label.kind}
      data-tone={tones[label.kind]}
      title={t(`stateTitle.${label.kind}`, values)}
    >
      {t(`state.${label.kind}`, values)}
    </span>
  )
}
