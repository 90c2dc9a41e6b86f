import { useTranslations } from 'use-intl'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { useErrorText } from '../../../i18n/useErrorText'
import { useMainClock } from '../../../state/useApp'
import { useRefusalText } from '../../../state/useRefusalText'
import { stateAttributeOf, subscriptionLabelOf } from '../../../model/subscriptionLabels'
import { useDurations } from '../../../ui/durations'
import { useWaitedMs } from '../../../ui/useWaitedMs'
import styles from '../subscriptions.module.css'
import { useBrokerWords } from './useBrokerWords'

const tones = {
  disabled: 'faint',
  offline: 'faint',
  requested: 'faint',
  granted: 'good',
  downgraded: 'warning',
  refused: 'danger',
  heldBack: 'warning',
  unsubscribing: 'warning',
  unsubscribeRefused: 'danger',
} as const

/** Since when an answer is waited for; null = none is. */
const awaitedSince = ({ state, subscription }: SubscriptionStatus): number | null => {
  if (state.phase === 'unsubscribing') return state.since
  return state.phase === 'requested' && subscription.enabled ? (state.since ?? null) : null
}

/** `QoS 1`, `QoS 2 → 1`, in one word why it is not granted, or which acknowledgement has not come. */
export function SubscriptionStateText({ status }: { readonly status: SubscriptionStatus }) {
  const t = useTranslations('subscriptions')
  const { age } = useDurations()
  const wordsText = useBrokerWords()
  const { kind, ...label } = subscriptionLabelOf(status)
  const { state } = status
  const waited = useWaitedMs(awaitedSince(status), useMainClock().now)
  const values = {
    granted: 'granted' in label ? label.granted : 0,
    requested: status.subscription.qos,
  }
  if (waited !== null) {
    const packet = kind === 'unsubscribing' ? 'UNSUBACK' : 'SUBACK'
    const text = t('waitingSince', { packet, age: age(waited) })
    return (
      <span className={styles.state} data-state={stateAttributeOf(kind)} data-tone="warning" title={text}>
        {text}
      </span>
    )
  }
  const title =
    kind === 'heldBack' || kind === 'unsubscribing' || kind === 'unsubscribeRefused'
      ? ''
      : t(`stateTitle.${kind}`, values)
  const words = 'words' in state ? wordsText(state.words) : ''
  return (
    <span
      className={styles.state}
      data-state={stateAttributeOf(kind)}
      data-tone={tones[kind]}
      title={[title, words].filter(Boolean).join(' ') || undefined}
    >
      {t(`state.${kind}`, values)}
    </span>
  )
}

/** Why no message can come for it, or why some still may, on lines of its own: a refusal has to be read to its end. */
export function WithheldReason({ status }: { readonly status: SubscriptionStatus }) {
  const t = useTranslations('subscriptions')
  const refusalText = useRefusalText()
  const errorText = useErrorText()
  const { state, subscription } = status
  const reasonText = (): string | null => {
    if (state.phase === 'unsubscribeRefused') return errorText(state.error)
    if (state.phase === 'unsubscribing') return t('unsubscribingHint')
    if (!subscription.enabled) return null
    if (state.phase === 'refused') return refusalText(state.error)
    return state.phase === 'heldBack'
      ? t(`heldBack.${state.reason}`, { size: state.size ?? 0, limit: state.limit ?? 0 })
      : null
  }
  const reason = reasonText()
  if (reason === null) return null
  const tone = state.phase === 'refused' || state.phase === 'unsubscribeRefused' ? 'danger' : 'warning'
  return (
    <p className={styles.reason} data-tone={tone}>
      {reason}
    </p>
  )
}
