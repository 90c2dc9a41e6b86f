import { useTranslations } from 'use-intl'
import type { BrokerWords } from '#shared/model/brokerWords'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { useErrorText } from '../../i18n/useErrorText'
import { stateLabelOf } from '../../model/subscriptionLabels'
import { formatAge } from '../../ui/format'
import { useWaitedMs } from '../../ui/useWaitedMs'
import { visibleText } from '#shared/text/visibleText'
import styles from './subscriptions.module.css'

/** A tooltip of a broker's making must not fill the screen. */
const longestWords = 300
const mostPairs = 20
const briefly = (text: string) =>
  text.length <= longestWords ? text : `${text.slice(0, longestWords)} … (+${text.length - longestWords})`

const tones = {
  disabled: 'faint',
  offline: 'faint',
  requested: 'faint',
  granted: 'good',
  downgraded: 'warning',
} as const

interface StateProps {
  readonly state: string
  readonly tone: 'faint' | 'good' | 'warning' | 'danger'
  readonly text: string
  readonly title?: string
}

function State({ state, tone, text, title = text }: StateProps) {
  return (
    <span className={styles.state} data-state={state} data-tone={tone} title={title}>
      {text}
    </span>
  )
}

/** What the broker added to its code, for a tooltip: pairs in the order they came in. */
const useWordsText = () => {
  const t = useTranslations('subscriptions')
  return (words: BrokerWords | undefined): string => {
    if (!words) return ''
    const pairs = words.userProperties.slice(0, mostPairs).map(([name, value]) => `${name}: ${value}`)
    const more = words.userProperties.length - mostPairs
    const all = [...(words.reasonString === null ? [] : [`“${words.reasonString}”`]), ...pairs]
    const text = visibleText(all.map(briefly).join(' · '))
    return t('brokerSays', { words: more > 0 ? `${text} … (+${more})` : text })
  }
}

/** `QoS 1`, `QoS 2 → 1`, or why there is none. */
export function SubscriptionStateText({ status }: { readonly status: SubscriptionStatus }) {
  const t = useTranslations('subscriptions')
  const errorText = useErrorText()
  const wordsText = useWordsText()
  const label = stateLabelOf(status)
  const { state } = status
  const since = label.kind === 'requested' && state.phase === 'requested' ? (state.since ?? null) : null
  const waited = useWaitedMs(state.phase === 'leaving' ? state.since : since)
  const withWords = (text: string) =>
    'words' in state ? [text, wordsText(state.words)].filter(Boolean).join(' ') : text
  const late = (packet: string) => t('waitingSince', { packet, age: formatAge(waited ?? 0) })
  if (label.kind === 'refused' || label.kind === 'notTakenBack') {
    if (state.phase !== 'refused' && state.phase !== 'notTakenBack') return null
    const reason = errorText(state.error)
    return <State state={state.phase} tone="danger" text={reason} title={withWords(reason)} />
  }
  if (label.kind === 'heldBack') {
    if (state.phase !== 'heldBack') return null
    const { reason, size = 0, limit = 0 } = state
    return <State state="heldBack" tone="warning" text={t(`heldBack.${reason}`, { size, limit })} />
  }
  if (label.kind === 'leaving')
    return (
      <State
        state="leaving"
        tone="warning"
        text={late('UNSUBACK')}
        title={`${late('UNSUBACK')}. ${t('leavingHint')}`}
      />
    )
  if (label.kind === 'requested' && waited !== null)
    return <State state="requested" tone="warning" text={late('SUBACK')} />
  const values = {
    granted: 'granted' in label ? label.granted : 0,
    requested: status.subscription.qos,
  }
  const title = withWords(t(`stateTitle.${label.kind}`, values))
  return <State state={label.kind} tone={tones[label.kind]} text={t(`state.${label.kind}`, values)} title={title} />
}
