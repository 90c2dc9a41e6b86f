import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { SessionPhase } from '#shared/model/session'
import { messagesState, type MessagesState } from '../../../state/messages'
import { useConnection } from '../../../state/useConnection'
import { useRates, type RatePace } from '../../../state/useRates'
import { useSteadyNow } from '../../../state/useSteadyNow'
import { formatCount, formatRate } from '../../../ui/format'
import { secondsUntil } from '../list/StateLabel'
import styles from './tabs.module.css'
import { unreadState } from './unreadState'

interface TabBadgeProps {
  readonly state: SessionPhase
  readonly isInSight: boolean
}

/** What is wrong with the connection, else how fast messages come, else how many came that nobody has seen. */
export function TabBadge({ state, isInSight }: TabBadgeProps) {
  const t = useTranslations('connections')
  const seen = useConnection(unreadState, (unread) => unread.seen)
  if (state.phase === 'waiting') return <Retry state={state} />
  if (state.phase === 'failed')
    return (
      <span className={styles.badge} data-trouble>
        {t('badge.failed')}
      </span>
    )
  const unread = isInSight ? null : <Unread seen={seen} />
  return state.phase === 'online' ? <Flow>{unread}</Flow> : unread
}

function Retry({ state }: { readonly state: SessionPhase & { phase: 'waiting' } }) {
  const t = useTranslations('connections')
  const now = useSteadyNow()
  return (
    <span className={styles.badge} data-trouble>
      {t('badge.retry', { seconds: secondsUntil(state.nextTryAt, now) })}
    </span>
  )
}

const pace: RatePace = { windowMs: 3_000, everyMs: 1_000 }

/** Without stored messages, which come because we subscribed. */
const publishedOf = ({ counters: { received, stored } }: MessagesState) => ({ messages: received - stored })

/** The rate, or where nothing flows what is given. */
function Flow({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('connections')
  const perSecond = useRates(messagesState, publishedOf, pace).rates.get('messages')?.perSecond ?? 0
  return perSecond > 0 ? (
    <span className={styles.badge}>{t('badge.rate', { rate: formatRate(perSecond) })}</span>
  ) : (
    children
  )
}

function Unread({ seen }: { readonly seen: number }) {
  const received = useConnection(messagesState, (state) => state.counters.received)
  return received > seen ? (
    <span className={styles.badge} data-unread>
      {formatCount(received - seen)}
    </span>
  ) : null
}
