import { ConnectionBar } from '../features/connections/ConnectionBar'
import { InspectorPane } from '../features/inspector/InspectorPane'
import { LogPane } from '../features/log/LogPane'
import { ProbePane } from '../features/probe/ProbePane'
import { PublishPane } from '../features/publish/PublishPane'
import { SubscriptionsPane } from '../features/subscriptions/SubscriptionsPane'
import { TopicTreePane } from '../features/topicTree/TopicTreePane'
import { PaneGroup } from './PaneGroup'
import { StatusBar } from './StatusBar'
import styles from './shell.module.css'

/** Everything of one connection: what is subscribed and seen at the left; the messages, and below them one of them beside
 * the reply. */
export function Workspace() {
  const tree = (
    <div className={styles.probedTree}>
      <ProbePane />
      <TopicTreePane />
    </div>
  )
  const topics = (
    <PaneGroup
      id="topics"
      orientation="vertical"
      panes={[
        { id: 'subscriptions', size: 22, minimum: 96, content: <SubscriptionsPane /> },
        { id: 'tree', size: 78, minimum: 160, content: tree },
      ]}
    />
  )
  const message = (
    <PaneGroup
      id="message"
      orientation="horizontal"
      panes={[
        { id: 'inspector', size: 54, minimum: 280, content: <InspectorPane /> },
        { id: 'publish', size: 46, minimum: 280, content: <PublishPane /> },
      ]}
    />
  )
  const messages = (
    <PaneGroup
      id="messages"
      orientation="vertical"
      panes={[
        { id: 'log', size: 52, minimum: 160, content: <LogPane /> },
        { id: 'message', size: 48, minimum: 220, content: message },
      ]}
    />
  )
  return (
    <div className={styles.workspace}>
      <ConnectionBar />
      <div className={styles.workspacePanes}>
        <PaneGroup
          id="workspace"
          orientation="horizontal"
          panes={[
            { id: 'topics', size: 34, minimum: 240, content: topics },
            { id: 'messages', size: 66, minimum: 400, content: messages },
          ]}
        />
      </div>
      <StatusBar />
    </div>
  )
}
