import { discoveryPrefix } from '#shared/homeAssistant/discovery'
import type { RetainedPage } from '#shared/model/retained'
import type { Result } from '#shared/result'
import { defineConnectionState } from '../../state/app'
import type { TopicNode } from '../../model/topicIndex/topicIndexNode'
import { messagesState } from '../../state/messages'
import type { Heard } from './retainedAge'
import type { RetainedTopic } from './retainedTopics'

interface RetainedPlace {
  readonly from: number
  readonly changesFrom: number
}

/** What is done with the retained messages of the broker. The listing itself is main's, a page of it is read at a time. */
export interface RetainedState {
  list(filter: string): Promise<Result<null>>
  read(place: RetainedPlace): Promise<Result<RetainedPage>>
  /** Clears the messages at these places of the listing. */
  clear(places: readonly number[]): Promise<Result<null>>
  undo(): Promise<Result<null>>
  cancel(): Promise<Result<null>>
  /** Lets go of the listing: nothing can be undone after that. */
  close(): Promise<Result<null>>
  /** Tells the tree which topics have a retained message: live messages do not say so (MQTT 5 §3.3.1.3). */
  noteRetained(topics: readonly RetainedTopic[]): void
  /** What the connection has heard by now. */
  heard(): Heard
}

export const retainedState = defineConnectionState<RetainedState>('retained', ({ owner: connection }) => {
  const { id: connectionId, app } = connection
  return {
    list: (filter) => app.api.invoke('retained.list', { connectionId, filter }),
    read: (place) => app.api.invoke('retained.read', { connectionId, ...place }),
    clear: (places) => app.api.invoke('retained.clear', { connectionId, places: [...places] }),
    undo: () => app.api.invoke('retained.undo', { connectionId }),
    cancel: () => app.api.invoke('retained.cancel', { connectionId }),
    close: () => app.api.invoke('retained.close', { connectionId }),

    noteRetained: (topics) => {
      if (topics.length === 0) return
      for (const { topic, isRetained } of topics) connection.model.tree.noteRetained(topic, isRetained)
      connection.get(messagesState).touch()
    },

    heard: () => {
      const { tree, skipped } = connection.model
      const discovery = () => subtreeOf(tree.find(discoveryPrefix))
      return { find: tree.find, discovery, since: tree.heardSince(), skipped: skipped.lastAt() > 0 }
    },
  }
})

const subtreeOf = (root: TopicNode | null): TopicNode[] => {
  const found = root ? [root] : []
  for (const node of found) for (const child of node.children) found.push(child)
  return found
}
