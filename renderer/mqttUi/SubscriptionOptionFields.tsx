import { useTranslations } from 'use-intl'
import {
  defaultSubscriptionOptions,
  retainHandlings,
  type RetainHandling,
  type Subscription,
  type SubscriptionOptions,
} from '#shared/model/subscription'
import { parseFilter } from '#shared/mqtt/topicFilter'
import { CheckField, SelectField } from '../ui/fields'
import styles from './mqttUi.module.css'

const handlingTexts = ['0', '1', '2'] as const

interface SubscriptionOptionFieldsProps {
  readonly subscription: Pick<Subscription, 'filter' | 'options'>
  /** Before MQTT 5 there are none. */
  readonly disabled: boolean
  readonly onChange: (options: SubscriptionOptions) => void
}

/** The options of a subscription beside its QoS (MQTT 5 §3.8.3.1). */
export function SubscriptionOptionFields({ subscription, disabled, onChange }: SubscriptionOptionFieldsProps) {
  const t = useTranslations('subscriptions.options')
  const { filter, options = defaultSubscriptionOptions } = subscription
  const change = (changed: Partial<SubscriptionOptions>) => onChange({ ...options, ...changed })
  const breaksProtocol = options.noLocal && parseFilter(filter).shareName !== null
  return (
    <>
      <CheckField
        label={t('noLocal')}
        hint={t('noLocalHint')}
        checked={options.noLocal}
        disabled={disabled}
        onChange={(noLocal) => change({ noLocal })}
      />
      {breaksProtocol && !disabled ? (
        <p role="alert" className={styles.optionProblem}>
          {t('noLocalShared')}
        </p>
      ) : null}
      <CheckField
        label={t('retainAsPublished')}
        hint={t('retainAsPublishedHint')}
        checked={options.retainAsPublished}
        disabled={disabled}
        onChange={(retainAsPublished) => change({ retainAsPublished })}
      />
      <SelectField
        label={t('retainHandling')}
        value={handlingTexts[options.retainHandling]}
        disabled={disabled}
        onChange={(text) => change({ retainHandling: Number(text) as RetainHandling })}
        options={retainHandlings.map((value) => ({ value: handlingTexts[value], label: t(`handling.${value}`) }))}
      />
    </>
  )
}
