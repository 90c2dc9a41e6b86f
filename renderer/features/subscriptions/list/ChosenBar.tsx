import { MoreHorizontal, X } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { IconButton } from '../../../ui/IconButton'
import { keyOf } from '../../../ui/keyOf'
import { MenuButton, type MenuEntry } from '../../../ui/menus'
import styles from '../subscriptions.module.css'
import { rowActions } from './rowActions'
import { subscriptionListState } from './subscriptionListState'

interface ChosenBarProps {
  readonly chosen: readonly SubscriptionStatus[]
  readonly menuOf: (statuses: readonly SubscriptionStatus[]) => readonly MenuEntry[]
}

/** How many subscriptions are chosen together, and what can be done to all of them. Below the list, so that no row moves. */
export function ChosenBar({ chosen, menuOf }: ChosenBarProps) {
  const t = useTranslations('subscriptions')
  const connection = useConnectionObject()
  const clear = useConnection(subscriptionListState, (state) => state.clear)
  const count = chosen.length
  const onEscape = (event: KeyboardEvent) => keyOf(event) === 'Escape' && clear()
  return (
    <section aria-label={t('chosenRegion')} className={styles.chosenBar} onKeyDown={onEscape}>
      <span role="status" className={styles.chosenCount}>
        {t('chosenCount', { count })}
      </span>
      {rowActions
        .filter(({ inBar }) => inBar)
        .map(({ label, run }) => (
          <Button
            key={label}
            variant="quiet"
            aria-label={t('chosenAction', { action: t(label), count })}
            onClick={() => run(connection, chosen)}
          >
            {t(label)}
          </Button>
        ))}
      <MenuButton label={t('chosenMore')} icon={<MoreHorizontal size={14} />} items={() => menuOf(chosen)} />
      <IconButton label={t('unchoose')} shortcut="Esc" icon={<X size={14} />} onClick={clear} />
    </section>
  )
}
