import type { ComponentType } from 'react'
import { InspectorPane } from '../features/inspector/InspectorPane'
import { LogPane } from '../features/log/LogPane'
import { ProbePane } from '../features/probe/ProbePane'
import { PublishPane } from '../features/publish/PublishPane'
import { SubscriptionsPane } from '../features/subscriptions/SubscriptionsPane'
import { TopicTreePane } from '../features/topicTree/TopicTreePane'
import styles from './shell.module.css'

/** One view of the workspace. It stands inside the ConnectionContext of the connection in view. */
interface WorkspaceView {
  /** Its size is remembered by this. */
  readonly id: string
  /** Percent of the split it stands in, until the person chooses otherwise. */
  readonly size: number
  /** Pixels. */
  readonly minimum: number
  readonly View: ComponentType
}

/** Views side by side, or one below the other. */
export interface WorkspaceSplit {
  readonly id: string
  readonly size: number
  readonly minimum: number
  readonly orientation: 'horizontal' | 'vertical'
  readonly parts: readonly (WorkspaceView | WorkspaceSplit)[]
}

function ProbedTree() {
  return (
    <div className={styles.probedTree}>
      <ProbePane />
      <TopicTreePane />
    </div>
  )
}

/** What is subscribed and seen stands at the left; the messages beside it, and below them one of them beside the reply. */
const topics: WorkspaceSplit = {
  id: 'topics',
  orientation: 'vertical',
  size: 34,
  minimum: 240,
  parts: [
    { id: 'subscriptions', size: 22, minimum: 96, View: SubscriptionsPane },
    { id: 'tree', size: 78, minimum: 160, View: ProbedTree },
  ],
}

const message: WorkspaceSplit = {
  id: 'message',
  orientation: 'horizontal',
  size: 48,
  minimum: 220,
  parts: [
    { id: 'inspector', size: 54, minimum: 280, View: InspectorPane },
    { id: 'publish', size: 46, minimum: 280, View: PublishPane },
  ],
}

const messages: WorkspaceSplit = {
  id: 'messages',
  orientation: 'vertical',
  size: 66,
  minimum: 400,
  parts: [{ id: 'log', size: 52, minimum: 160, View: LogPane }, message],
}

/** All views of a connection, in the splits they stand in. */
export const workspaceViews: WorkspaceSplit = {
  id: 'workspace',
  orientation: 'horizontal',
  size: 100,
  minimum: 640,
  parts: [topics, messages],
}
