import { flags, unnumberedTopic } from '#shared/model/frame'
import { filterMatches, topicFilterProblem } from '#shared/mqtt/topicFilter'
import {
  flagsAt,
  matchSetIdAt,
  topicAt,
  topicIdAt,
  type FrameNames,
  type MessageChunk,
} from '../messageLog/messageLogChunk'
import { createPayloadScan, type ChunkRange } from './payloadScan'

export type Direction = 'both' | 'in' | 'out'

/** Marks of messages that can be asked for, with the flag each stands for. */
const markFlags = {
  retained: flags.retain,
  redelivered: flags.dup,
  repeated: flags.repeat,
  copies: flags.copy,
} as const
export type LogMark = keyof typeof markFlags
export const logMarks = Object.keys(markFlags) as readonly LogMark[]

/** What a person wants to see. A part that is empty asks for nothing. */
export interface LogFilter {
  /** In topic or payload, any case. */
  readonly text: string
  /** An MQTT topic filter; while it is not valid it hides nothing. */
  readonly topicFilter: string
  readonly direction: Direction
  readonly mark: LogMark | null
  readonly subscriptionId: string | null
}

export const noFilter: LogFilter = {
  text: '',
  topicFilter: '',
  direction: 'both',
  mark: null,
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
  terms.mark !== null ||
  terms.subscriptionId !== null ||
  terms.scope !== null ||
  terms.mutedIds.length > 0

export const isWithinBranch = (topic: string, branch: string): boolean =>
  topic === branch || topic.startsWith(`${branch}/`)

type MessageTest = (chunk: MessageChunk, index: number) => boolean

interface SetVerdict {
  readonly wanted: (matchSetId: number) => boolean
  /** Every subscription that asked for it is muted. */
  readonly muted: (matchSetId: number) => boolean
}

/** Calls `found` with each message of the range that passes, oldest first. */
export type RangeFilter = (range: ChunkRange, found: (index: number) => void) => void

/** The terms as a filter over stored messages. Payloads are looked through where nothing else has decided. */
export const createRangeFilter = (terms: FilterTerms, names: FrameNames): RangeFilter => {
  const passes = recordTest(terms, names)
  if (terms.text === '') {
    return ({ chunk, from, to }, found) => {
      for (let index = from; index < to; index++) if (passes(chunk, index)) found(index)
    }
  }
  const needle = terms.text.toLowerCase()
  const topicHasText = ofTopic((topic) => topic.toLowerCase().includes(needle), names)
  const scan = createPayloadScan(terms.text)
  return (range, found) => {
    const { chunk, from, to } = range
    const nextInPayload = scan(range)
    for (let index = from; index < to; index++) {
      if (!passes(chunk, index)) continue
      if (topicHasText(chunk, index) || nextInPayload(index) === index) found(index)
    }
  }
}

/** Asks once for each number and remembers. */
const remembered = (test: (id: number) => boolean): ((id: number) => boolean) => {
  const answers: (boolean | undefined)[] = []
  return (id) => (answers[id] ??= test(id))
}

/** Asks once for each topic that has a number; of the others nothing is remembered. */
const ofTopic = (test: (topic: string) => boolean, names: FrameNames): MessageTest => {
  const ofNumber = remembered((id) => test(names.topicNames[id] ?? ''))
  return (chunk, index) => {
    const topicId = topicIdAt(chunk, index)
    return topicId < unnumberedTopic ? ofNumber(topicId) : test(topicAt(chunk, index, names))
  }
}

/** Whether a topic fits the topic filter and the scope. */
const topicTest = ({ topicFilter, scope }: FilterTerms): ((topic: string) => boolean) => {
  const usable = topicFilter !== '' && topicFilterProblem(topicFilter) === null
  return (topic) => (!usable || filterMatches(topicFilter, topic)) && (scope === null || isWithinBranch(topic, scope))
}

const setTest = ({ subscriptionId, mutedIds }: FilterTerms, { matchSets }: FrameNames): SetVerdict => {
  const muted = new Set(mutedIds)
  const idsOf = (id: number) => matchSets[id] ?? []
  return {
    wanted: remembered((id) => subscriptionId === null || idsOf(id).includes(subscriptionId)),
    muted: remembered((id) => idsOf(id).length > 0 && idsOf(id).every((one) => muted.has(one))),
  }
}

/** Everything but the text. Topics and match sets are judged once each. */
const recordTest = (terms: FilterTerms, names: FrameNames): MessageTest => {
  const topicWanted = ofTopic(topicTest(terms), names)
  const set = setTest(terms, names)
  const markFlag = terms.mark === null ? null : markFlags[terms.mark]
  return (chunk, index) => {
    const bits = flagsAt(chunk, index)
    const outgoing = (bits & flags.outgoing) !== 0
    if (terms.direction !== 'both' && (terms.direction === 'out') !== outgoing) return false
    if (markFlag !== null && (bits & markFlag) === 0) return false
    const matchSetId = matchSetIdAt(chunk, index)
    if (!set.wanted(matchSetId) || (!outgoing && set.muted(matchSetId))) return false
    return topicWanted(chunk, index)
  }
}
