import { ConnectionNotes } from '../features/connections/notes/ConnectionNotes'
import { Areas } from './layout/Areas'
import { useDetailsOfSelection } from './layout/useDetailsOfSelection'
import styles from './shell.module.css'
import { StatusBar } from './StatusBar'

/** Everything of the connection in view. */
export function Workspace() {
  useDetailsOfSelection()
  return (
    <div className={styles.workspace}>
      <ConnectionNotes />
      <div className={styles.workspacePanes}>
        <Areas />
      </div>
      <StatusBar />
    </div>
  )
}
