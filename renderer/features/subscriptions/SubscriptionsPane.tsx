import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Subscription } from '#shared/model/subscription'
import { useApp } from '../../store/useApp'
import { useSubscriptionVerbs } from '../../store/useSubscriptionVerbs'
import { SubscribeForm } from './SubscribeForm'
import { SubscriptionDialog } from './SubscriptionDialog'
import { SubscriptionRow } from './SubscriptionRow'
import { selectSubscriptions } from './subscriptionSelectors'
import styles from './subscriptions.module.css'
import { useRates } from './useRates'

/** What this connection listens to: a line to add a filter, and one line for each that is there. */
export function SubscriptionsPane({ connectionId }: { readonly connectionId: string }) {
  const t = useTranslations('subscriptions')
  const list = useApp(selectSubscriptions(connectionId))
  const { at, perSecond } = useRates(connectionId)
  const { save, remove, tryAnyway } = useSubscriptionVerbs(connectionId)
  const [edited, setEdited] = useState<Subscription | null>(null)
  return (
    <section aria-label={t('region')} className={styles.pane}>
      <SubscribeForm connectionId={connectionId} />
      {list.length === 0 ? (
        <p className={styles.none}>{t('none')}</p>
      ) : (
        <ul className={styles.list}>
          {list.map((status, place) => (
            <SubscriptionRow
              key={status.subscription.id}
              connectionId={connectionId}
              status={status}
              rate={perSecond.get(status.subscription.id) ?? 0}
              now={at}
              onChange={(change) => void save({ ...status.subscription, ...change })}
              onEdit={() => setEdited(status.subscription)}
              onTryAnyway={() => void tryAnyway(status.subscription.id)}
              onRemove={() => void remove(status, place)}
            />
          ))}
        </ul>
      )}
      {edited ? (
        <SubscriptionDialog
          connectionId={connectionId}
          subscription={edited}
          list={list}
          onClose={() => setEdited(null)}
        />
      ) : null}
    </section>
  )
}
