import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import type { AppError } from '#shared/result'
import type { ProbeAnswer } from '../../model/topicIndex/topicIndex'
import { without } from '../../model/without'
import type { SliceCreator } from '../../store/sliceCreator'

export interface ProbeSlice {
  /** The filter that is held against the topics of a connection, by connection; absent or '' = none. */
  readonly probedFilters: Readonly<Record<string, string>>
  /** What a connection's tree answers; absent where the filter is none or not valid, so that nothing is dimmed. */
  readonly probeAnswers: Readonly<Record<string, ProbeAnswer>>
  /** A topic that was typed to hold the filter against, by connection; absent = the topic selected in the tree. */
  readonly probeTopics: Readonly<Record<string, string>>
  /** Takes any text, also one that is no valid filter yet. */
  probeFilter(connectionId: string, filter: string): void
  /** null goes back to the selected topic. */
  probeTopic(connectionId: string, topic: string | null): void
  /** Lets the connection's tree look along the filter, a slice of work a call. The one place that does. */
  advanceProbe(connectionId: string): void
  /** Null when the clipboard has the text. */
  copyProbedFilter(filter: string): Promise<AppError | null>
  /** Of a connection that is gone. */
  forgetProbe(connectionId: string): void
}

const isSame = (one: ProbeAnswer | undefined, other: ProbeAnswer) =>
  one !== undefined &&
  one.topics === other.topics &&
  one.messages === other.messages &&
  one.arrived === other.arrived &&
  one.revision === other.revision &&
  one.pending === other.pending

export const createProbeSlice: SliceCreator<ProbeSlice> = (set, get, { api, models }) => ({
  probedFilters: {},
  probeAnswers: {},
  probeTopics: {},

  probeFilter: (connectionId, filter) =>
    set((state) => ({ probedFilters: { ...state.probedFilters, [connectionId]: filter } })),
  probeTopic: (connectionId, topic) =>
    set(({ probeTopics }) => ({
      probeTopics: topic === null ? without(probeTopics, connectionId) : { ...probeTopics, [connectionId]: topic },
    })),
  advanceProbe: (connectionId) => {
    const filter = get().probedFilters[connectionId] ?? ''
    const known = get().probeAnswers[connectionId]
    const isHeld = topicFilterProblem(filter) === null
    if (!isHeld && !known) return
    const answer = models.of(connectionId).tree.probe(filter)
    if (!isHeld) set(({ probeAnswers }) => ({ probeAnswers: without(probeAnswers, connectionId) }))
    else if (!isSame(known, answer))
      set(({ probeAnswers }) => ({ probeAnswers: { ...probeAnswers, [connectionId]: answer } }))
  },
  copyProbedFilter: async (filter) => {
    const result = await api.invoke('clipboard.write', { text: filter })
    return result.ok ? null : result.error
  },
  forgetProbe: (connectionId) =>
    set(({ probedFilters, probeAnswers, probeTopics }) => ({
      probedFilters: without(probedFilters, connectionId),
      probeAnswers: without(probeAnswers, connectionId),
      probeTopics: without(probeTopics, connectionId),
    })),
})
