import { Radar, Settings } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { ConnectionsPane } from '../features/connections/ConnectionsPane'
import { settingsDialogState } from '../features/settings/settingsDialogState'
import { useApp } from '../state/useApp'
import { IconButton } from '../ui/IconButton'
import styles from './shell.module.css'

/** The left edge of the window: what this is, its settings, and the connections. */
export function Sidebar() {
  const t = useTranslations('app')
  const openSettings = useApp(settingsDialogState, (state) => state.show)
  return (
    <div className={styles.sidebar}>
      <header className={styles.brand}>
        <Radar size={18} aria-hidden className={styles.brandMark} />
        <h1 className={styles.brandName}>Topicscope</h1>
        <IconButton label={t('settings')} icon={<Settings size={14} />} onClick={() => openSettings()} />
      </header>
      <ConnectionsPane />
    </div>
  )
}
