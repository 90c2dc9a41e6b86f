import { useTranslations } from 'use-intl'
import { defaultSubscriptionOptions, type Subscription } from '#shared/model/subscription'
import { parseFilter } from '#shared/mqtt/topicFilter'
import { SubscriptionOptionFields } from '../../mqttUi/SubscriptionOptionFields'
import { selectIsOnline, sessionState } from '../../state/session'
import { useConnection } from '../../state/useConnection'
import { useProtocolVersion } from '../../state/useEntry'
import styles from './subscriptions.module.css'

interface OptionsFieldsProps {
  /** As it stands in the list. */
  readonly saved: Subscription
  readonly draft: Subscription
  readonly onChange: (change: Partial<Subscription>) => void
}

/** The options of MQTT 5 (§3.8.3.1) beside the QoS. */
export function OptionsFields(props: OptionsFieldsProps) {
  const { draft, onChange } = props
  const t = useTranslations('subscriptions.options')
  const version = useProtocolVersion()
  const off = version !== '5'
  return (
    <fieldset className={styles.options}>
      <legend className={styles.optionsTitle}>{t('title')}</legend>
      {off ? <p className={styles.note}>{t('needFive', { version })}</p> : null}
      <SubscriptionOptionFields subscription={draft} disabled={off} onChange={(options) => onChange({ options })} />
      <ResendNote {...props} />
    </fieldset>
  )
}

function ResendNote({ saved, draft }: Omit<OptionsFieldsProps, 'onChange'>) {
  const t = useTranslations('subscriptions.options')
  const online = useConnection(sessionState, selectIsOnline)
  const isSame = sentOf(saved) === sentOf(draft)
  // Another filter is another subscription, and that one is expected to bring its retained messages.
  if (!online || !draft.enabled || isSame || saved.filter !== draft.filter) return null
  // §4.8.2: shared subscriptions bring no retained messages.
  const brings = (draft.options?.retainHandling ?? 0) === 0 && parseFilter(draft.filter).shareName === null
  return (
    <p role="status" className={styles.note}>
      {t(brings ? 'resendRetained' : 'resend')}
    </p>
  )
}

const sentOf = ({ qos, options = defaultSubscriptionOptions }: Subscription) =>
  JSON.stringify([qos, options.noLocal, options.retainAsPublished, options.retainHandling])
