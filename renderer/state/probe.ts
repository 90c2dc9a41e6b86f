import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import type { ProbeAnswer } from '../model/topicIndex/topicIndex'
import { defineConnectionState } from './app'

/** A filter that is held against the topics of the tree before anybody subscribes to it. */
export interface ProbeState {
  /** Any text, also one that is no valid filter yet; '' = none. */
  readonly filter: string
  /** What the tree answers; null where the filter is none or not valid, so that nothing is dimmed. */
  readonly answer: ProbeAnswer | null
  /** A topic that was typed to hold the filter against; null = the topic selected in the tree. */
  readonly topic: string | null
  /** The tree shows nothing but what matches, as long as there is an answer. */
  readonly only: boolean
  probe(filter: string): void
  showOnly(only: boolean): void
  probeTopic(topic: string | null): void
  /** Lets the tree look along the filter, a slice of work a call. The one place that does. */
  advance(): void
}

export const probeState = defineConnectionState<ProbeState>(
  'probe',
  ({ owner, get, set }) => ({
    filter: '',
    answer: null,
    topic: null,
    only: false,

    showOnly: (only) => set({ only }),
    probe: (filter) => set({ filter }),
    probeTopic: (topic) => set({ topic }),

    advance: () => {
      const { filter, answer: known } = get()
      const isHeld = topicFilterProblem(filter) === null
      if (!isHeld && !known) return
      const answer = owner.model.tree.probe(filter)
      if (!isHeld) set({ answer: null })
      else if (!known || !isSame(known, answer)) set({ answer })
    },
  }),
  { keepsake: ({ filter, topic, only }) => ({ filter, topic, only }) },
)

const isSame = (one: ProbeAnswer, other: ProbeAnswer) =>
  one.topics === other.topics &&
  one.messages === other.messages &&
  one.arrived === other.arrived &&
  one.revision === other.revision &&
  one.pending === other.pending

/** Whether the tree leaves out what the probe does not match. */
export const selectIsNarrowed = ({ only, answer }: ProbeState): boolean => only && answer !== null
