import { flags } from '#shared/model/frame'
import { filterMatches, topicFilterProblem } from '#shared/mqtt/topicFilter'
import { flagsAt, matchSetIdAt, payloadAt, topicIdAt } from '../../model/messageLogChunk'
import type { FrameNames, MessageChunk } from '../../model/messageLogChunk'
import { createPayloadSearch } from './payloadSearch'

export type Direction = 'both' | 'in' | 'out'

/** What a person wants to see. A part that is empty asks for nothing. */
export interface LogFilter {
  /** In topic or payload, any case. */
  readonly text: string
  /** An MQTT topic filter; while it is not valid it hides nothing. */
  readonly topicFilter: string
  readonly direction: Direction
  readonly retainedOnly: boolean
  readonly subscriptionId: string | null
}

export const noFilter: LogFilter = {
  text: '',
  topicFilter: '',
  direction: 'both',
  retainedOnly: false,
  subscriptionId: null,
}

export interface FilterTerms extends LogFilter {
  /** A topic that limits the log to itself and what is below it. */
  readonly scope: string | null
  readonly mutedIds: readonly string[]
}

export const isFiltering = (terms: FilterTerms): boolean =>
  terms.text !== '' ||
  terms.topicFilter !== '' ||
  terms.direction !== 'both' ||
  terms.retainedOnly ||
  terms.subscriptionId !== null ||
  terms.scope !== null ||
  terms.mutedIds.length > 0

export const isWithin = (topic: string, scope: string): boolean => topic === scope || topic.startsWith(`${scope}/`)

export type MessageTest = (chunk: MessageChunk, index: number) => boolean

/** Asks once for each number and remembers. */
const remembered = (test: (id: number) => boolean): ((id: number) => boolean) => {
  const answers: (boolean | undefined)[] = []
  return (id) => (answers[id] ??= test(id))
}

/** Whether a topic fits the topic filter and the scope. */
const topicTest = ({ topicFilter, scope }: FilterTerms): ((topic: string) => boolean) => {
  const usable = topicFilter !== '' && topicFilterProblem(topicFilter) === null
  return (topic) => (!usable || filterMatches(topicFilter, topic)) && (scope === null || isWithin(topic, scope))
}

interface SetVerdict {
  readonly wanted: (matchSetId: number) => boolean
  /** Every subscription that asked for it is muted. */
  readonly muted: (matchSetId: number) => boolean
}

const setTest = ({ subscriptionId, mutedIds }: FilterTerms, { matchSets }: FrameNames): SetVerdict => {
  const muted = new Set(mutedIds)
  const idsOf = (id: number) => matchSets[id] ?? []
  return {
    wanted: remembered((id) => subscriptionId === null || idsOf(id).includes(subscriptionId)),
    muted: remembered((id) => idsOf(id).length > 0 && idsOf(id).every((one) => muted.has(one))),
  }
}

/** The terms as one test over stored messages. Topics and match sets are judged once each, payloads only when asked for. */
export const createMessageTest = (terms: FilterTerms, names: FrameNames): MessageTest => {
  const nameOf = (id: number) => names.topicNames[id] ?? ''
  const fitsTopic = topicTest(terms)
  const needle = terms.text.toLowerCase()
  const topicWanted = remembered((id) => fitsTopic(nameOf(id)))
  const topicHasText = remembered((id) => nameOf(id).toLowerCase().includes(needle))
  const payloadHasText = createPayloadSearch(terms.text)
  const set = setTest(terms, names)

  return (chunk, index) => {
    const bits = flagsAt(chunk, index)
    const outgoing = (bits & flags.outgoing) !== 0
    if (terms.direction !== 'both' && (terms.direction === 'out') !== outgoing) return false
    if (terms.retainedOnly && (bits & flags.retain) === 0) return false
    const matchSetId = matchSetIdAt(chunk, index)
    if (!set.wanted(matchSetId) || (!outgoing && set.muted(matchSetId))) return false
    const topicId = topicIdAt(chunk, index)
    if (!topicWanted(topicId)) return false
    return needle === '' || topicHasText(topicId) || payloadHasText(payloadAt(chunk, index))
  }
}
