import { Plus } from 'lucide-react'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { connectionsState } from '../../../state/connections'
import { focusState } from '../../../state/focus'
import { useApp } from '../../../state/useApp'
import { ConnectionContext } from '../../../state/useConnection'
import { IconButton } from '../../../ui/IconButton'
import { ConnectionTab } from './ConnectionTab'
import styles from './tabs.module.css'

/** The connections one works with, as tabs: one of them is in view. */
export function OpenConnections() {
  const t = useTranslations('connections')
  const { all, tabs, inViewId, show } = useApp(connectionsState, (state) => state)
  const focus = useApp(focusState, (state) => state.focus)
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [inViewId, tabs])
  /** Arrow keys go from tab to tab, which shows its connection at once (WAI-ARIA Authoring Practices, tabs). */
  const handleKey = (event: KeyboardEvent) => {
    const at = tabs.indexOf(inViewId ?? '')
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const next = step === undefined ? undefined : tabs[(at + step + tabs.length) % tabs.length]
    if (next === undefined) return
    event.preventDefault()
    show(next)
    list.current?.querySelector<HTMLElement>(`[data-tab="${CSS.escape(next)}"]`)?.focus()
  }
  return (
    <div className={styles.strip} data-area="open-connections">
      <div ref={list} role="tablist" aria-label={t('openConnections')} className={styles.tabs} onKeyDown={handleKey}>
        {tabs.map((id) => {
          const connection = all.get(id)
          return connection ? (
            <ConnectionContext key={connection.serial} value={connection}>
              <ConnectionTab isInView={id === inViewId} />
            </ConnectionContext>
          ) : null
        })}
      </div>
      <IconButton label={t('openAnother')} icon={<Plus size={16} />} onClick={() => focus('connections')} />
    </div>
  )
}
