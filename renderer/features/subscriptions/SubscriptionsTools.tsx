import { ArrowDownAZ, ArrowDownWideNarrow, Check, ListOrdered } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { subscriptionSorts, type SubscriptionSort } from '#shared/model/settings'
import { ActionButton } from '../../actions/ActionButton'
import { settingsState } from '../../state/settings'
import { useApp } from '../../state/useApp'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import { formatCount } from '../../ui/format'
import { MenuButton, type MenuEntry } from '../../ui/menus'
import { subscriptionListState } from './list/subscriptionListState'
import { useShownSubscriptions } from './list/useShownSubscriptions'
import styles from './subscriptions.module.css'

const sortIcons = { entered: ListOrdered, filter: ArrowDownAZ, messages: ArrowDownWideNarrow } as const

/** Beside the name of the view: how many filters there are, and their order. */
export function SubscriptionsTools() {
  const t = useTranslations('subscriptions')
  const connection = useConnectionObject()
  const { all, rows } = useShownSubscriptions()
  const [shown, count] = [formatCount(rows.length), formatCount(all.length)]
  return (
    <>
      <span className={styles.headCount} title={t('count', { count: all.length })} data-filters={all.length}>
        {rows.length === all.length ? count : t('shownOf', { shown, count })}
      </span>
      {all.length > 1 ? <SortMenu /> : null}
      <ActionButton id="connection.coverage" on="connection" subject={connection} />
    </>
  )
}

function SortMenu() {
  const t = useTranslations('subscriptions')
  const chosen = useApp(settingsState, (state) => state.settings.subscriptionSort)
  const save = useApp(settingsState, (state) => state.save)
  const count = useConnection(subscriptionListState, (state) => state.count)
  const sortBy = (subscriptionSort: SubscriptionSort) => {
    if (subscriptionSort === 'messages') count()
    if (subscriptionSort !== chosen) void save({ subscriptionSort })
  }
  const SortIcon = sortIcons[chosen]
  const items: readonly MenuEntry[] = [
    ...subscriptionSorts.map((sort) => ({
      label: t(`sortBy.${sort}`),
      icon: sort === chosen ? <Check size={14} /> : null,
      onSelect: () => sortBy(sort),
    })),
    { note: t('sortNote') },
  ]
  return <MenuButton label={t('sort')} icon={<SortIcon size={14} />} items={items} />
}
