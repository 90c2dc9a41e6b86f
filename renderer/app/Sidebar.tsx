import { Radar } from 'lucide-react'
import { ActionButton } from '../actions/ActionButton'
import { ConnectionsPane } from '../features/connections/ConnectionsPane'
import { useAppObject } from '../state/useApp'
import styles from './shell.module.css'

/** The left edge of the window: what this is, its settings, and the connections. */
export function Sidebar() {
  const app = useAppObject()
  return (
    <div className={styles.sidebar}>
      <header className={styles.brand}>
        <Radar size={18} aria-hidden className={styles.brandMark} />
        <h1 className={styles.brandName}>Topicscope</h1>
        <ActionButton id="settings" on="window" subject={app} />
      </header>
      <ConnectionsPane />
    </div>
  )
}
