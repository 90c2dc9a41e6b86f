import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Subscription, SubscriptionStatus } from '#shared/model/subscription'
import type { AppError } from '#shared/result'
import { useErrorText } from '../../i18n/useErrorText'
import { standingOf } from '../../model/subscriptionLabels'
import { useApp } from '../../store/useApp'
import { useSubscriptionList } from '../../store/useSubscriptions'
import { visibleName } from '#shared/text/visibleText'

/** What can be done with a probed filter; `problem` is why the last thing failed, for as long as the filter stays. */
export const useProbeVerbs = (connectionId: string, filter: string) => {
  const t = useTranslations('probe')
  const errorText = useErrorText()
  const subscriptions = useSubscriptionList(connectionId)
  const subscribeTo = useApp((state) => state.subscribeTo)
  const changeSubscription = useApp((state) => state.changeSubscription)
  const saveSubscription = useApp((state) => state.saveSubscription)
  const copyProbedFilter = useApp((state) => state.copyProbedFilter)
  const showNotice = useApp((state) => state.showNotice)
  const receiveNotice = useApp((state) => state.receiveNotice)
  const [failure, setFailure] = useState<{ readonly filter: string; readonly error: AppError } | null>(null)
  const report = (error: AppError | null) => setFailure(error && { filter, error })
  const restore = async (restored: Subscription, where: { readonly replaces: string; readonly place: number }) => {
    const error = await saveSubscription(connectionId, restored, where)
    if (error) receiveNotice(error)
  }
  return {
    subscriptions,
    standing: standingOf(subscriptions, filter),
    problem: failure?.filter === filter ? errorText(failure.error) : null,
    subscribe: async () => report(await subscribeTo(connectionId, filter)),
    copy: async () => report(await copyProbedFilter(filter)),
    replace: async (status: SubscriptionStatus) => {
      const place = subscriptions.indexOf(status)
      const replaced = status.subscription
      const result = await changeSubscription(connectionId, { ...replaced, filter })
      report(result.ok ? null : result.error)
      if (!result.ok) return
      const where = { replaces: result.value, place }
      showNotice({
        text: t('replaced', { old: visibleName(replaced.filter), new: visibleName(filter) }),
        action: { label: t('undo'), run: () => void restore(replaced, where) },
      })
    },
  }
}
