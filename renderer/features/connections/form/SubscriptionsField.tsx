import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Subscription } from '#shared/model/subscription'
import { QosField } from '../../../mqttUi/QosField'
import { SubscriptionOptionFields } from '../../../mqttUi/SubscriptionOptionFields'
import { Button } from '../../../ui/Button'
import { ColourDot } from '../../../ui/ColourDot'
import { IconButton } from '../../../ui/IconButton'
import { TextField } from '../../../ui/fields'
import { useProblemText } from './draftFields'
import type { DraftForm } from './draftForm'
import { newSubscription } from './pastedConnection'
import styles from './profileForm.module.css'

/** Filters to subscribe to on connect; colour, alias and the rest are edited in the workspace. */
export function SubscriptionsField({ form }: { readonly form: DraftForm }) {
  const t = useTranslations('profile')
  const { subscriptions } = form.draft.profile
  return (
    <div className={styles.stack}>
      <p className={styles.explanation}>{subscriptions.length > 0 ? t('subscriptionsHint') : t('noSubscriptions')}</p>
      <ul className={styles.stack}>
        {subscriptions.map((subscription, index) => (
          <SubscriptionRow key={subscription.id} {...{ form, index, subscription }} />
        ))}
      </ul>
      <div>
        <Button
          icon={<Plus size={14} />}
          onClick={() => form.setValue('subscriptions', [...subscriptions, newSubscription(subscriptions.length)])}
        >
          {t('addFilter')}
        </Button>
      </div>
    </div>
  )
}

interface RowProps {
  readonly form: DraftForm
  readonly index: number
  readonly subscription: Subscription
}

function SubscriptionRow({ form, index, subscription }: RowProps) {
  const t = useTranslations('profile')
  const problemText = useProblemText(form)
  const { subscriptions } = form.draft.profile
  const path = `subscriptions.${String(index)}.filter`
  const place = index + 1
  const change = (changed: Partial<Subscription>) =>
    form.setValue(
      'subscriptions',
      subscriptions.map((one) => (one === subscription ? { ...one, ...changed } : one)),
    )
  return (
    <li className={styles.subscription}>
      <ColourDot colour={subscription.colour} />
      <TextField
        label={t('filterOf', { place })}
        hideLabel
        mono
        autoFocus={subscription.filter === ''}
        value={subscription.filter}
        placeholder={t('filterExample')}
        onChange={(filter) => change({ filter })}
        onBlur={() => form.leave(path, subscription.filter)}
        error={problemText(path)}
        data-path={path}
      />
      <QosField
        label={t('qosOf', { place })}
        hideLabel
        wording="promise"
        value={subscription.qos}
        onChange={(qos) => change({ qos })}
      />
      <IconButton
        label={t('removeFilter', { place })}
        icon={<Trash2 size={14} />}
        onClick={() =>
          form.setValue(
            'subscriptions',
            subscriptions.filter((one) => one !== subscription),
          )
        }
      />
      <SubscriptionOptions
        subscription={subscription}
        isMqtt5={form.draft.profile.protocolVersion === '5'}
        onChange={(options) => change({ options })}
      />
    </li>
  )
}

interface OptionsProps {
  readonly subscription: Subscription
  readonly isMqtt5: boolean
  readonly onChange: (options: NonNullable<Subscription['options']>) => void
}

/** They have to be known before the first SUBSCRIBE: it brings the retained messages. */
function SubscriptionOptions({ subscription, isMqtt5, onChange }: OptionsProps) {
  const t = useTranslations('subscriptions.options')
  const [isOpen] = useState(subscription.options !== undefined)
  if (!isMqtt5) return null
  return (
    <details className={styles.subscriptionOptions} open={isOpen || undefined}>
      <summary>{t('title')}</summary>
      <div className={styles.stack}>
        <SubscriptionOptionFields subscription={subscription} disabled={false} onChange={onChange} />
      </div>
    </details>
  )
}
