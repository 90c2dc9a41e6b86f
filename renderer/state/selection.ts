// Why it is so: build/docs/decisions/54-what-was-selected-last-has-one-owner.md
import { isWithinBranch } from '../model/logSearch/textTests'
import { defineConnectionState } from './app'

/**
 * What a person selected last in a connection. It alone decides what the details show: a message stays, of a topic they
 * follow the latest message.
 */
export type Selection =
  | { readonly kind: 'topic'; readonly topic: string }
  /** `within` is the selected row of the tree, as long as the message lies in it. */
  | { readonly kind: 'message'; readonly sequence: number; readonly within: string | null }

export interface SelectionState {
  /** Null = nothing is selected. */
  readonly selection: Selection | null
  /** How often a row of the tree was chosen, or let go of: the tree shows the way to it each time. */
  readonly topicChoices: number
  /** Null lets go of the tree's row; a message that is selected stays so. */
  selectTopic(topic: string | null): void
  selectMessage(sequence: number | null): void
}

export const selectionState = defineConnectionState<SelectionState>('selection', ({ owner, get, set }) => ({
  selection: null,
  topicChoices: 0,

  selectTopic: (topic) =>
    set(({ selection, topicChoices }) => ({
      selection:
        topic !== null
          ? { kind: 'topic', topic }
          : selection?.kind === 'message'
            ? { ...selection, within: null }
            : null,
      topicChoices: topicChoices + 1,
    })),

  selectMessage: (sequence) => {
    if (sequence === null) return set({ selection: null })
    const row = selectSelectedTopic(get())
    const topic = owner.model.log.messageOf(sequence)?.topic
    const within = row !== null && topic !== undefined && isWithinBranch(topic, row) ? row : null
    set({ selection: { kind: 'message', sequence, within } })
  },
}))

/** The selected message; null = none. */
export const selectSelectedSequence = ({ selection }: Pick<SelectionState, 'selection'>): number | null =>
  selection?.kind === 'message' ? selection.sequence : null

/** The selected row of the tree; null = none. */
export const selectSelectedTopic = ({ selection }: Pick<SelectionState, 'selection'>): string | null => {
  if (!selection) return null
  return selection.kind === 'topic' ? selection.topic : selection.within
}
