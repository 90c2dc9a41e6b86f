import { ConnectionBar } from '../features/connections/ConnectionBar'
import { InspectorPane } from '../features/inspector/InspectorPane'
import { LogPane } from '../features/log/LogPane'
import { PublishPane } from '../features/publish/PublishPane'
import { SubscriptionsPane } from '../features/subscriptions/SubscriptionsPane'
import { TopicTreePane } from '../features/topicTree/TopicTreePane'
import { PaneGroup } from './PaneGroup'
import { StatusBar } from './StatusBar'
import styles from './shell.module.css'

/** Everything of one connection: what is subscribed and seen at the left, messages in the middle, one message and a
 * reply at the right. */
export function Workspace({ connectionId }: { readonly connectionId: string }) {
  const topics = (
    <PaneGroup
      id="topics"
      orientation="vertical"
      panes={[
        { id: 'subscriptions', size: 30, minimum: 120, content: <SubscriptionsPane connectionId={connectionId} /> },
        { id: 'tree', size: 70, minimum: 160, content: <TopicTreePane connectionId={connectionId} /> },
      ]}
    />
  )
  const message = (
    <PaneGroup
      id="message"
      orientation="vertical"
      panes={[
        { id: 'inspector', size: 54, minimum: 160, content: <InspectorPane connectionId={connectionId} /> },
        { id: 'publish', size: 46, minimum: 200, content: <PublishPane connectionId={connectionId} /> },
      ]}
    />
  )
  return (
    <div className={styles.workspace}>
      <ConnectionBar connectionId={connectionId} />
      <main className={styles.workspacePanes}>
        <PaneGroup
          id="workspace"
          orientation="horizontal"
          panes={[
            { id: 'topics', size: 31, minimum: 240, content: topics },
            { id: 'log', size: 38, minimum: 300, content: <LogPane connectionId={connectionId} /> },
            { id: 'message', size: 31, minimum: 280, content: message },
          ]}
        />
      </main>
      <StatusBar connectionId={connectionId} />
    </div>
  )
}
