import { Bell, BellOff, Eye, EyeOff, Trash2, type LucideIcon } from 'lucide-react'
import type { KeyIn } from '#shared/i18n/words'
import type { SubscriptionStatus } from '#shared/model/subscription'
import type { Connection } from '../../../state/app'
import { changeSubscriptions, removeSubscriptions } from '../../../state/subscriptionVerbs'
import { subscriptionListState } from './subscriptionListState'

/** Something that is done to one subscription, or to all that were chosen together. */
export interface RowAction {
  readonly label: KeyIn<'subscriptions'>
  readonly icon: LucideIcon
  readonly shortcut?: KeyIn<'subscriptions'>
  readonly danger?: true
  /** It has a button beside the count of those that are chosen, which stays there: the focus is on it after the click. */
  readonly inBar?: true
  /** Whether it would change one of them; what would not stands in no menu. */
  readonly isEnabled: (statuses: readonly SubscriptionStatus[]) => boolean
  readonly run: (connection: Connection, statuses: readonly SubscriptionStatus[]) => void
}

export const rowActions: readonly RowAction[] = [
  {
    label: 'actions.receive',
    icon: Eye,
    shortcut: 'keys.space',
    isEnabled: (statuses) => statuses.some(({ subscription }) => !subscription.enabled),
    run: (connection, statuses) => changeSubscriptions(connection, statuses, { enabled: true }),
  },
  {
    label: 'actions.switchOff',
    inBar: true,
    icon: EyeOff,
    shortcut: 'keys.space',
    isEnabled: (statuses) => statuses.some(({ subscription }) => subscription.enabled),
    run: (connection, statuses) => changeSubscriptions(connection, statuses, { enabled: false }),
  },
  {
    label: 'actions.mute',
    inBar: true,
    icon: BellOff,
    isEnabled: (statuses) => statuses.some(({ subscription }) => !subscription.muted),
    run: (connection, statuses) => changeSubscriptions(connection, statuses, { muted: true }),
  },
  {
    label: 'actions.unmute',
    icon: Bell,
    isEnabled: (statuses) => statuses.some(({ subscription }) => subscription.muted),
    run: (connection, statuses) => changeSubscriptions(connection, statuses, { muted: false }),
  },
  {
    label: 'actions.remove',
    inBar: true,
    icon: Trash2,
    shortcut: 'keys.delete',
    danger: true,
    isEnabled: () => true,
    run: (connection, statuses) => {
      connection.get(subscriptionListState).clear()
      void removeSubscriptions(connection, statuses)
    },
  },
]
