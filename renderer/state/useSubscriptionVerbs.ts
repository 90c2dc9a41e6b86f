import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { Subscription, SubscriptionStatus } from '#shared/model/subscription'
import { nameOf } from '../model/subscriptionLabels'
import { noticesState } from './notices'
import { subscriptionsState } from './subscriptions'
import { useConnectionObject } from './useConnection'

/** Saves changes and removals of subscriptions; what goes wrong is told, and a removal can be taken back. */
export const useSubscriptionVerbs = () => {
  const t = useTranslations('subscriptions')
  const connection = useConnectionObject()

  return useMemo(() => {
    const subscriptions = () => connection.get(subscriptionsState)
    const notices = () => connection.app.get(noticesState)
    const save = async (subscription: Subscription, place?: number) => {
      const error = await subscriptions().save(subscription, place === undefined ? {} : { place })
      if (error) notices().showError(error)
    }
    /** `place` is where it stands in the list, and comes back to. */
    const remove = async (status: SubscriptionStatus, place: number) => {
      const error = await subscriptions().remove(status.subscription.id)
      if (error) {
        notices().showError(error)
        return
      }
      notices().show({
        text: t('removed', { name: nameOf(status) }),
        action: { label: t('undo'), run: () => void save(status.subscription, place) },
      })
    }
    const sendAnyway = async (subscriptionId: string) => {
      const error = await subscriptions().sendAnyway(subscriptionId)
      if (error) notices().showError(error)
    }
    return { save, remove, sendAnyway }
  }, [connection, t])
}
