// Why it is so: build/docs/decisions/54-what-was-selected-last-has-one-owner.md
import { isWithinBranch } from '../model/logSearch/textTests'
import {
  holdsSequence,
  noSequences,
  rangeOf,
  withoutSequence,
  withRange,
  type SequenceRange,
  type SequenceRanges,
} from '../model/sequenceRanges'
import { defineConnectionState } from './app'
import { logViewState } from './logView'

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
  /**
   * The messages that a person means together, mostly the selected one alone. What the filter of the log hides between the
   * ends of a range is not among them, so another filter ends it.
   */
  readonly chosen: SequenceRanges
  /** Where the range begins that Shift makes longer or shorter; null = nowhere. */
  readonly anchor: number | null
  /** How often a row of the tree was chosen, or let go of: the tree shows the way to it each time. */
  readonly topicChoices: number
  /** Null lets go of the tree's row; a message that is selected stays so. */
  selectTopic(topic: string | null): void
  /** This message alone. */
  selectMessage(sequence: number | null): void
  /** One of those that are chosen, which stay chosen. */
  focusMessage(sequence: number): void
  /** The messages from the anchor to this one; with `adds`, beside those that are chosen. */
  extendTo(sequence: number, adds?: boolean): void
  /** Takes the message to those that are chosen, or away from them; it is the selected one in any case. */
  toggleMessage(sequence: number): void
  /** These messages; the selected one stays if it is among them, and is the last one otherwise. */
  chooseRange(range: SequenceRange): void
}

export const selectionState = defineConnectionState<SelectionState>('selection', ({ owner, get, set }) => {
  owner.watch(logViewState, () => {
    const sequence = selectSelectedSequence(get())
    if (sequence !== null && isSeveral(get())) set({ chosen: [rangeOf(sequence)], anchor: sequence })
  })
  const selected = (sequence: number): Selection => {
    const row = selectSelectedTopic(get())
    const topic = owner.model.log.messageOf(sequence)?.topic
    const within = row !== null && topic !== undefined && isWithinBranch(topic, row) ? row : null
    return { kind: 'message', sequence, within }
  }
  return {
    selection: null,
    chosen: noSequences,
    anchor: null,
    topicChoices: 0,

    selectTopic: (topic) => {
      const { selection, topicChoices } = get()
      if (topic !== null)
        set({ selection: { kind: 'topic', topic }, chosen: noSequences, anchor: null, topicChoices: topicChoices + 1 })
      else
        set({
          selection: selection?.kind === 'message' ? { ...selection, within: null } : null,
          topicChoices: topicChoices + 1,
        })
    },

    selectMessage: (sequence) => {
      if (sequence === null) set({ selection: null, chosen: noSequences, anchor: null })
      else set({ selection: selected(sequence), chosen: [rangeOf(sequence)], anchor: sequence })
    },

    focusMessage: (sequence) => set({ selection: selected(sequence) }),

    extendTo: (sequence, adds = false) => {
      const { anchor, chosen } = get()
      const range = rangeOf(anchor ?? sequence, sequence)
      set({
        selection: selected(sequence),
        chosen: adds ? withRange(chosen, range) : [range],
        anchor: anchor ?? sequence,
      })
    },

    toggleMessage: (sequence) => {
      const { chosen } = get()
      const isChosen = holdsSequence(chosen, sequence)
      set({
        selection: selected(sequence),
        chosen: isChosen ? withoutSequence(chosen, sequence) : withRange(chosen, rangeOf(sequence)),
        anchor: sequence,
      })
    },

    chooseRange: (range) => {
      const sequence = selectSelectedSequence(get())
      const isWithin = sequence !== null && holdsSequence([range], sequence)
      set({ selection: isWithin ? get().selection : selected(range.to), chosen: [range], anchor: range.from })
    },
  }
})

/** Whether more than one message may be chosen. */
const isSeveral = ({ chosen }: SelectionState): boolean => {
  const [first, second] = chosen
  return second !== undefined || (first !== undefined && first.from !== first.to)
}

/** The selected message; null = none. */
export const selectSelectedSequence = ({ selection }: Pick<SelectionState, 'selection'>): number | null =>
  selection?.kind === 'message' ? selection.sequence : null

/** The selected row of the tree; null = none. */
export const selectSelectedTopic = ({ selection }: Pick<SelectionState, 'selection'>): string | null => {
  if (!selection) return null
  return selection.kind === 'topic' ? selection.topic : selection.within
}
