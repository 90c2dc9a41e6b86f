import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Subscription, SubscriptionStatus } from '#shared/model/subscription'
import type { AppError } from '#shared/result'
import { useErrorText } from '../../i18n/useErrorText'
import { filterStandingOf, type FilterStanding } from '../../model/subscriptionLabels'
import { writeClipboard } from '../../state/clipboard'
import { noticesState } from '../../state/notices'
import { subscriptionsState } from '../../state/subscriptions'
import { useConnectionObject } from '../../state/useConnection'
import { useSubscriptionList } from '../../state/useSubscriptions'
import { visibleName } from '#shared/text/visibleText'

/** What can be done with a probed filter. */
export interface ProbeVerbs {
  readonly subscriptions: readonly SubscriptionStatus[]
  readonly standing: FilterStanding
  /** Why the last verb failed, for as long as the filter stays the same; null = it did not. */
  readonly problem: string | null
  subscribe(): Promise<void>
  copy(): Promise<void>
  /** Puts the filter in the place of a subscription; a notice offers to take that back. */
  replace(status: SubscriptionStatus): Promise<void>
}

export const useProbeVerbs = (filter: string): ProbeVerbs => {
  const t = useTranslations('probe')
  const errorText = useErrorText()
  const subscriptions = useSubscriptionList()
  const connection = useConnectionObject()
  const [failure, setFailure] = useState<{ readonly filter: string; readonly error: AppError } | null>(null)
  const report = (error: AppError | null) => setFailure(error && { filter, error })
  const restore = async (restored: Subscription, where: { readonly replaces: string; readonly place: number }) => {
    const error = await connection.get(subscriptionsState).save(restored, where)
    if (error) connection.app.get(noticesState).showError(error)
  }
  return {
    subscriptions,
    standing: filterStandingOf(subscriptions, filter),
    problem: failure?.filter === filter ? errorText(failure.error) : null,
    subscribe: async () => report(await connection.get(subscriptionsState).subscribeTo(filter)),
    copy: async () => report(await writeClipboard(connection.app, filter)),
    replace: async (status: SubscriptionStatus) => {
      const place = subscriptions.indexOf(status)
      const replaced = status.subscription
      const result = await connection.get(subscriptionsState).change({ ...replaced, filter })
      report(result.ok ? null : result.error)
      if (!result.ok) return
      const where = { replaces: result.value, place }
      connection.app.get(noticesState).show({
        text: t('replaced', { old: visibleName(replaced.filter), new: visibleName(filter) }),
        action: { label: t('undo'), run: () => void restore(replaced, where) },
      })
    },
  }
}
