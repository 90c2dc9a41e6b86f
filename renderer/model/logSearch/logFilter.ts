import { flags } from '#shared/model/frame'
import type { SearchTerm } from '../query/resolveQuery'
import {
  flagsAt,
  matchSetIdAt,
  payloadBytesAt,
  timeAt,
  type FrameNames,
  type MessageChunk,
} from '../messageLog/messageLogChunk'
import { markFlags, type NumberRange, type SchemaState } from '../query/queryTerm'
import type { PayloadVerdict } from '../schemaCheck/checkPayload'
import { createFieldTests, type FieldTests } from './fieldTests'
import type { LogChecking } from './logChecking'
import type { LogDecoding } from './logDecoding'
import { perMessage, type ChunkRange, type MessageTest, type RangeTest } from './rangeTest'
import { remembered, textTest, topicTest } from './textTests'

/** What a person wants to see of a log. */
export interface FilterTerms {
  /** All of them hold for a message that passes. */
  readonly terms: readonly SearchTerm[]
  readonly mutedIds: readonly string[]
}

export const noFilter: FilterTerms = { terms: [], mutedIds: [] }

export const isFiltering = ({ terms, mutedIds }: FilterTerms): boolean => terms.length > 0 || mutedIds.length > 0

/** Calls `found` with each message of the range that passes, oldest first. */
export type RangeFilter = (range: ChunkRange, found: (index: number) => void) => void

/** How payloads are read where terms ask for it. */
export interface PayloadReaders {
  readonly decoding: LogDecoding
  /** Null = nothing is held against a schema. */
  readonly checking: LogChecking | null
}

/**
 * The terms as a filter over stored messages, from what is read fast to what is not: payloads and properties are looked
 * through where nothing else has decided.
 */
export const createRangeFilter = (
  { terms, mutedIds }: FilterTerms,
  names: FrameNames,
  readers: PayloadReaders | null = null,
): RangeFilter => {
  const fields = createFieldTests(terms, readers?.decoding ?? null)
  const parts: TestParts = { names, fields, checking: readers?.checking ?? null }
  const tests = [...terms].sort((one, other) => costOf(one) - costOf(other)).map((term) => termTest(term, parts))
  if (mutedIds.length > 0) tests.unshift(perMessage(audibleTest(mutedIds, names)))
  return (range, found) => {
    const inRange = tests.map((test) => test(range))
    for (let index = range.from; index < range.to; index++) if (passesAll(inRange, index)) found(index)
  }
}

const passesAll = (tests: readonly ((index: number) => boolean)[], index: number): boolean => {
  for (const test of tests) if (!test(index)) return false
  return true
}

interface TestParts {
  readonly names: FrameNames
  readonly fields: FieldTests
  /** Null = nothing is bound to a schema. */
  readonly checking: LogChecking | null
}

const costs: Readonly<Record<SearchTerm['test']['kind'], number>> = {
  direction: 0,
  mark: 0,
  qos: 0,
  size: 0,
  since: 0,
  subscriptions: 1,
  below: 2,
  topic: 2,
  text: 3,
  field: 4,
  regex: 5,
  schema: 6,
}

const costOf = ({ test: { kind } }: SearchTerm): number => costs[kind]

const termTest = ({ not, test }: SearchTerm, parts: TestParts): RangeTest => {
  const asked = testOf(test, parts)
  if (!not) return asked
  return (range) => {
    const passes = asked(range)
    return (index) => !passes(index)
  }
}

const testOf = (test: SearchTerm['test'], { names, fields, checking }: TestParts): RangeTest => {
  switch (test.kind) {
    case 'direction':
      return perMessage((chunk, index) => isOutgoing(chunk, index) === (test.direction === 'out'))
    case 'mark':
      return perMessage((chunk, index) => (flagsAt(chunk, index) & markFlags[test.mark]) !== 0)
    case 'qos':
      return perMessage((chunk, index) => isIn(test.range, flagsAt(chunk, index) & flags.qosMask))
    case 'size':
      return perMessage((chunk, index) => isIn(test.range, payloadBytesAt(chunk, index)))
    case 'since':
      return perMessage((chunk, index) => timeAt(chunk, index) >= test.time)
    case 'subscriptions':
      return perMessage(matchedTest(test.ids, names))
    case 'below':
    case 'topic':
      return perMessage(topicTest(test, names))
    case 'text':
    case 'regex':
      return textTest(test, names)
    case 'field':
      return fields(test)
    case 'schema':
      return perMessage((chunk, index) => checking?.verdictAt(chunk, index) === verdicts[test.state])
  }
}

const verdicts: Readonly<Record<SchemaState, PayloadVerdict>> = {
  valid: 'conforms',
  invalid: 'differs',
  unchecked: 'unchecked',
}

const isOutgoing = (chunk: MessageChunk, index: number): boolean => (flagsAt(chunk, index) & flags.outgoing) !== 0

const isIn = ({ low, high }: NumberRange, value: number): boolean => value >= low && value <= high

const matchedTest = (ids: readonly string[], { matchSets }: FrameNames): MessageTest => {
  const matches = remembered((set) => (matchSets[set] ?? []).some((id) => ids.includes(id)))
  return (chunk, index) => matches(matchSetIdAt(chunk, index))
}

/** False for what was received because of muted subscriptions alone. */
const audibleTest = (mutedIds: readonly string[], { matchSets }: FrameNames): MessageTest => {
  const muted = new Set(mutedIds)
  const isMuted = remembered((set) => {
    const ids = matchSets[set] ?? []
    return ids.length > 0 && ids.every((id) => muted.has(id))
  })
  return (chunk, index) => isOutgoing(chunk, index) || !isMuted(matchSetIdAt(chunk, index))
}
