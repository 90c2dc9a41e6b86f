import { ConnectionBar } from '../features/connections/bar/ConnectionBar'
import { PaneGroup, type Pane } from './PaneGroup'
import styles from './shell.module.css'
import { StatusBar } from './StatusBar'
import { workspaceViews, type WorkspaceSplit } from './workspaceViews'

/** Everything of the connection in view. */
export function Workspace() {
  return (
    <div className={styles.workspace}>
      <ConnectionBar />
      <div className={styles.workspacePanes}>
        <Split split={workspaceViews} />
      </div>
      <StatusBar />
    </div>
  )
}

function Split({ split: { id, orientation, parts } }: { readonly split: WorkspaceSplit }) {
  const panes = parts.map((part): Pane => {
    const { id: paneId, size, minimum } = part
    return { id: paneId, size, minimum, content: 'View' in part ? <part.View /> : <Split split={part} /> }
  })
  return <PaneGroup id={id} orientation={orientation} panes={panes} />
}
