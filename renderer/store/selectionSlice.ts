import { without } from '../model/without'
import type { AppState } from './appStore'
import type { SliceCreator } from './sliceCreator'

/**
 * What a person selected last in a connection. It alone decides what the details show: a message stays, of a topic they
 * follow the latest message.
 */
export type Selection =
  | { readonly kind: 'topic'; readonly topic: string }
  /** `within` is the selected row of the tree, as long as the message lies in it. */
  | { readonly kind: 'message'; readonly sequence: number; readonly within: string | null }

export interface SelectionSlice {
  /** By connection id; absent = nothing is selected. */
  readonly selections: Readonly<Record<string, Selection>>
  /** Null lets go of the tree's row; a message that is selected stays so. */
  selectTopic(connectionId: string, topic: string | null): void
  selectMessage(connectionId: string, sequence: number | null): void
  /** Message numbers of a connection that is gone mean nothing to a later session. */
  forgetSelection(connectionId: string): void
}

const isWithin = (topic: string, branch: string) => topic === branch || topic.startsWith(`${branch}/`)

export const createSelectionSlice: SliceCreator<SelectionSlice> = (set, get, { models }) => {
  const select = (connectionId: string, selection: Selection | null) =>
    set(({ selections }) => ({
      selections: selection ? { ...selections, [connectionId]: selection } : without(selections, connectionId),
    }))
  return {
    selections: {},

    selectTopic: (connectionId, topic) => {
      const before = get().selections[connectionId]
      if (topic !== null) select(connectionId, { kind: 'topic', topic })
      else select(connectionId, before?.kind === 'message' ? { ...before, within: null } : null)
      get().openWayTo(connectionId, topic)
    },

    selectMessage: (connectionId, sequence) => {
      if (sequence === null) return select(connectionId, null)
      const row = selectSelectedTopic(connectionId)(get())
      const topic = models.of(connectionId).log.messageOf(sequence)?.topic
      const within = row !== null && topic !== undefined && isWithin(topic, row) ? row : null
      select(connectionId, { kind: 'message', sequence, within })
    },

    forgetSelection: (connectionId) => select(connectionId, null),
  }
}

/** The selected message; null = none. */
export const selectSelectedSequence = (connectionId: string) => (state: Pick<AppState, 'selections'>) => {
  const selection = state.selections[connectionId]
  return selection?.kind === 'message' ? selection.sequence : null
}

/** The selected row of the tree; null = none. */
export const selectSelectedTopic = (connectionId: string) => (state: Pick<AppState, 'selections'>) => {
  const selection = state.selections[connectionId]
  if (!selection) return null
  return selection.kind === 'topic' ? selection.topic : selection.within
}
