import { ConnectionNotes } from '../features/connections/notes/ConnectionNotes'
import { RecordingNotes } from '../features/recordings/RecordingNotes'
import { Areas } from './layout/Areas'
import { useDetailsOfSelection } from './layout/useDetailsOfSelection'
import styles from './shell.module.css'
import { StatusBar } from './StatusBar'

interface WorkspaceProps {
  /** What is said of the whole application is said in the last one of those in sight. */
  readonly isLast: boolean
}

/** Everything of one connection. */
export function Workspace({ isLast }: WorkspaceProps) {
  useDetailsOfSelection()
  return (
    <div className={styles.workspace}>
      <ConnectionNotes />
      <RecordingNotes />
      <div className={styles.workspacePanes}>
        <Areas />
      </div>
      <StatusBar hasMemory={isLast} />
    </div>
  )
}
