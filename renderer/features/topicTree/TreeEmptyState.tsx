import { FolderTree } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { isInForce } from '#shared/model/subscription'
import { selectIsOnline, sessionState } from '../../state/session'
import { draftFilter } from '../../state/subscribeField'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import { useSubscriptionStatuses } from '../../state/useSubscriptions'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'

const icon = <FolderTree size={28} strokeWidth={1.4} />

/** Why there are no topics yet, and what to do next. */
export function TreeEmptyState() {
  const t = useTranslations('topicTree')
  const connection = useConnectionObject()
  const online = useConnection(sessionState, selectIsOnline)
  const list = useSubscriptionStatuses()
  const subscribed = list.some(({ subscription }) => subscription.enabled)
  if (!online)
    return (
      <EmptyState icon={icon} title={t('offlineTitle')}>
        {t('offlineText')}
      </EmptyState>
    )
  if (!subscribed)
    return (
      <EmptyState
        icon={icon}
        title={t('unsubscribedTitle')}
        action={<Button onClick={() => draftFilter(connection, '#')}>{t('unsubscribedAction')}</Button>}
      >
        {t('unsubscribedText')}
      </EmptyState>
    )
  if (!list.some(isInForce))
    return (
      <EmptyState icon={icon} title={t('nothingGrantedTitle')}>
        {t('nothingGrantedText')}
      </EmptyState>
    )
  return (
    <EmptyState icon={icon} title={t('waitingTitle')}>
      {t('waitingText')}
    </EmptyState>
  )
}
