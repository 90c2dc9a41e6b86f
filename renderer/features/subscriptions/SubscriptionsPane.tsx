import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Subscription } from '#shared/model/subscription'
import { messagesState, type MessagesState } from '../../state/messages'
import { useRates, type RatePace } from '../../state/useRates'
import { useSubscriptionList } from '../../state/useSubscriptions'
import { useSubscriptionVerbs } from '../../state/useSubscriptionVerbs'
import { useLandmarkName } from '../../state/useLandmarkName'
import { SubscribeForm } from './SubscribeForm'
import { SubscriptionDialog } from './SubscriptionDialog'
import { SubscriptionRow } from './SubscriptionRow'
import styles from './subscriptions.module.css'

const pace: RatePace = { windowMs: 4_000, everyMs: 1_000 }

/** Messages by subscription, without stored ones: those say nothing of how often something is published. */
const publishedOf = ({ subscriptionTotals }: MessagesState) =>
  Object.fromEntries(Object.entries(subscriptionTotals).map(([id, { messages, stored }]) => [id, messages - stored]))

/** What this connection listens to: a line to add a filter, and one line for each that is there. */
export function SubscriptionsPane() {
  const t = useTranslations('subscriptions')
  const landmark = useLandmarkName(t('region'))
  const list = useSubscriptionList()
  const { at, rates } = useRates(messagesState, publishedOf, pace)
  const { save, remove, sendAnyway } = useSubscriptionVerbs()
  const [edited, setEdited] = useState<Subscription | null>(null)
  return (
    <section aria-label={landmark} className={styles.pane}>
      <SubscribeForm />
      {list.length === 0 ? (
        <p className={styles.none}>{t('none')}</p>
      ) : (
        <ul className={styles.list}>
          {list.map((status, place) => (
            <SubscriptionRow
              key={status.subscription.id}
              status={status}
              rate={rates.get(status.subscription.id)?.perSecond ?? 0}
              now={at}
              onChange={(change) => void save({ ...status.subscription, ...change })}
              onEdit={() => setEdited(status.subscription)}
              onSendAnyway={() => void sendAnyway(status.subscription.id)}
              onRemove={() => void remove(status, place)}
            />
          ))}
        </ul>
      )}
      {edited ? <SubscriptionDialog subscription={edited} list={list} onClose={() => setEdited(null)} /> : null}
    </section>
  )
}
