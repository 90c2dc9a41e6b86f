import { ConnectionsPane } from '../features/connections/ConnectionsPane'
import styles from './shell.module.css'

/** The list of all connections at the left edge of the window. */
export function Sidebar() {
  return (
    <div className={styles.sidebar} data-area="connections">
      <ConnectionsPane />
    </div>
  )
}
