import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Subscription, SubscriptionStatus } from '#shared/model/subscription'
import { useApp } from '../../store/useApp'
import { SubscribeForm } from './SubscribeForm'
import { SubscriptionDialog } from './SubscriptionDialog'
import { SubscriptionRow } from './SubscriptionRow'
import { nameOf } from './subscriptionLabels'
import { selectSubscriptions } from './subscriptionSelectors'
import styles from './subscriptions.module.css'
import { useRates } from './useRates'

/** Saves changes and removals of rows; what goes wrong is told, and a removal can be taken back. */
const useRowVerbs = (connectionId: string) => {
  const t = useTranslations('subscriptions')
  const saveSubscription = useApp((state) => state.saveSubscription)
  const removeSubscription = useApp((state) => state.removeSubscription)
  const trySubscription = useApp((state) => state.trySubscription)
  const showNotice = useApp((state) => state.showNotice)
  const receiveNotice = useApp((state) => state.receiveNotice)

  const save = async (subscription: Subscription, place?: number) => {
    const error = await saveSubscription(connectionId, subscription, place)
    if (error) receiveNotice(error)
  }
  const remove = async (status: SubscriptionStatus, place: number) => {
    const error = await removeSubscription(connectionId, status.subscription.id)
    if (error) {
      receiveNotice(error)
      return
    }
    showNotice({
      text: t('removed', { name: nameOf(status) }),
      action: { label: t('undo'), run: () => void save(status.subscription, place) },
    })
  }
  const tryAnyway = async (subscriptionId: string) => {
    const error = await trySubscription(connectionId, subscriptionId)
    if (error) receiveNotice(error)
  }
  return { save, remove, tryAnyway }
}

/** What this connection listens to: a line to add a filter, and one line for each that is there. */
export function SubscriptionsPane({ connectionId }: { readonly connectionId: string }) {
  const t = useTranslations('subscriptions')
  const list = useApp(selectSubscriptions(connectionId))
  const { at, perSecond } = useRates(connectionId)
  const { save, remove, tryAnyway } = useRowVerbs(connectionId)
  const [edited, setEdited] = useState<Subscription | null>(null)
  return (
    <section aria-label={t('region')} className={styles.pane}>
      <SubscribeForm connectionId={connectionId} list={list} />
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
