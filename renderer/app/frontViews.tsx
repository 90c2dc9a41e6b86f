import { ProbePane } from '../features/probe/ProbePane'
import { TopicTreePane } from '../features/topicTree/TopicTreePane'
import styles from './layout/layout.module.css'

export { SubscriptionsPane } from '../features/subscriptions/SubscriptionsPane'
export { SubscriptionsTools } from '../features/subscriptions/SubscriptionsTools'
export { LogPane } from '../features/log/LogPane'
export { InspectorPane } from '../features/inspector/InspectorPane'
export { PublishPane } from '../features/publish/PublishPane'

export function ProbedTree() {
  return (
    <div className={styles.probedTree}>
      <ProbePane />
      <TopicTreePane />
    </div>
  )
}
