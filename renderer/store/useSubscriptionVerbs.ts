import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { Subscription, SubscriptionStatus } from '#shared/model/subscription'
import { nameOf } from '../model/subscriptionLabels'
import { useApp } from './useApp'

/** Saves changes and removals of subscriptions; what goes wrong is told, and a removal can be taken back. */
export const useSubscriptionVerbs = (connectionId: string) => {
  const t = useTranslations('subscriptions')
  const saveSubscription = useApp((state) => state.saveSubscription)
  const removeSubscription = useApp((state) => state.removeSubscription)
  const trySubscription = useApp((state) => state.trySubscription)
  const showNotice = useApp((state) => state.showNotice)
  const receiveNotice = useApp((state) => state.receiveNotice)

  return useMemo(() => {
    const save = async (subscription: Subscription, place?: number) => {
      const error = await saveSubscription(connectionId, subscription, place === undefined ? {} : { place })
      if (error) receiveNotice(error)
    }
    /** `place` is where it stands in the list, and comes back to. */
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
  }, [connectionId, t, saveSubscription, removeSubscription, trySubscription, showNotice, receiveNotice])
}
