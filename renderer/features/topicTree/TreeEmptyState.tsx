import { FolderTree } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { isInForce, type SubscriptionStatus } from '#shared/model/subscription'
import { useApp } from '../../store/useApp'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'

const none: readonly SubscriptionStatus[] = []
const icon = <FolderTree size={28} strokeWidth={1.4} />

/** Why there are no topics yet, and what to do next. */
export function TreeEmptyState({ connectionId }: { readonly connectionId: string }) {
  const t = useTranslations('topicTree')
  const online = useApp((state) => state.sessions[connectionId]?.state.phase === 'online')
  const list = useApp((state) => state.sessions[connectionId]?.subscriptions ?? none)
  const subscribed = list.some(({ subscription }) => subscription.enabled)
  const draftFilter = useApp((state) => state.draftFilter)
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
        action={<Button onClick={() => draftFilter('#')}>{t('unsubscribedAction')}</Button>}
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
