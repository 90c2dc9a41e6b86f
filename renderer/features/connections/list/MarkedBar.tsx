import { X } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useApp, useAppObject } from '../../../state/useApp'
import { Button } from '../../../ui/Button'
import { IconButton } from '../../../ui/IconButton'
import { keyOf } from '../../../ui/keyOf'
import { bulkActions, markedConnections } from './bulkActions'
import styles from './list.module.css'
import { markedState } from './markedState'

/** How many connections are chosen together, and what can be done to all of them. */
export function MarkedBar() {
  const t = useTranslations('connections')
  const app = useAppObject()
  const count = useApp(markedState, ({ ids }) => ids.size)
  const clear = useApp(markedState, (state) => state.clear)
  if (count < 2) return null
  const onEscape = (event: KeyboardEvent) => keyOf(event) === 'Escape' && clear()
  return (
    <section aria-label={t('chosen')} className={styles.markedBar} onKeyDown={onEscape}>
      <div className={styles.markedHead}>
        <span role="status" className={styles.markedCount}>
          {t('chosenCount', { count })}
        </span>
        <IconButton label={t('unmark')} shortcut="Esc" icon={<X size={14} />} onClick={clear} />
      </div>
      {bulkActions.map(({ label, run }) => (
        <Button
          key={label}
          variant="quiet"
          aria-label={t('chosenAction', { action: t(label), count })}
          onClick={() => run(app, markedConnections(app))}
        >
          {t(label)}
        </Button>
      ))}
    </section>
  )
}
