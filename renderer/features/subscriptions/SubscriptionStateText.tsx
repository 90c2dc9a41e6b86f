import { useTranslations } from 'use-intl'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { useRefusalText } from '../../store/useRefusalText'
import { stateLabelOf } from '../../model/subscriptionLabels'
import styles from './subscriptions.module.css'

const tones = {
  disabled: 'faint',
  offline: 'faint',
  requested: 'faint',
  granted: 'good',
  downgraded: 'warning',
  refused: 'danger',
  heldBack: 'warning',
} as const

/** `QoS 1`, `QoS 2 → 1`, or in a word why there is none. */
export function SubscriptionStateText({ status }: { readonly status: SubscriptionStatus }) {
  const t = useTranslations('subscriptions')
  const label = stateLabelOf(status)
  const values = {
    granted: 'granted' in label ? label.granted : 0,
    requested: status.subscription.qos,
  }
  return (
    <span
      className={styles.state}
      data-state={label.kind}
      data-tone={tones[label.kind]}
      title={label.kind === 'heldBack' ? undefined : t(`stateTitle.${label.kind}`, values)}
    >
      {t(`state.${label.kind}`, values)}
    </span>
  )
}

interface ReasonProps {
  readonly connectionId: string
  readonly status: SubscriptionStatus
}

/** Why no message can come for it, on lines of its own: a refusal has to be read to its end. */
export function WithheldReason({ connectionId, status }: ReasonProps) {
  const holdText = useTranslations('subscriptions.heldBack')
  const refusalText = useRefusalText(connectionId)
  const { state, subscription } = status
  if (!subscription.enabled || (state.phase !== 'refused' && state.phase !== 'heldBack')) return null
  return (
    <p className={styles.reason} data-tone={tones[state.phase]}>
      {state.phase === 'refused' ? refusalText(state.error) : holdText(state.reason)}
    </p>
  )
}
