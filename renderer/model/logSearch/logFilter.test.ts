import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flags, type Frame } from '#shared/model/frame'
import { filterMatches } from '#shared/mqtt/topicFilter'
import { createMessageLog, type MessageLog } from '../messageLog/messageLog'
import { frameOfMessages } from '../messageLog/messageLogTesting'
import { createSegmentPool } from '../messageLog/segmentPool'
import { logMarks, type LogMark } from '../query/queryTerm'
import type { SearchTerm } from '../query/resolveQuery'
import { noFilter, type FilterTerms } from './logFilter'
import { createLocalPort } from './localPort'
import { createLogSearches, type LogSearch } from './logSearch'
import { createSearchEngine } from './searchEngine'
import type { SearchAnswer, SearchPort, SearchRequest } from './searchProtocol'
import { createTextSearch, isCaseless } from './textSearch'

const topicNames = ['plant', 'plant/line1', 'plant/line10', 'plant/line1/Kelvin', '$SYS/load']
const matchSets = [[], ['one'], ['one', 'two']]

interface Given {
  readonly topic: number
  readonly set: number
  readonly bits: number
  readonly payload: Uint8Array
  readonly properties: Uint8Array
}

const frameOf = (firstSequence: number, messages: readonly Given[]): Frame =>
  frameOfMessages(
    firstSequence,
    messages.map(({ topic, set, bits, ...bytes }) => ({ topicId: topic, matchSetId: set, flags: bits, ...bytes })),
  )

const pieces = ['k', 'K', 'İ', 'K', 'i', 'Ω', '溫度', 'ß', 'ON', 'on', '�']
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((list) => list.join(''))
const payload = fc.oneof(
  text.map((value) => new TextEncoder().encode(value)),
  fc.uint8Array({ maxLength: 12 }),
)
const given: fc.Arbitrary<Given> = fc.record({
  topic: fc.nat(topicNames.length - 1),
  set: fc.nat(2),
  bits: fc
    .subarray([flags.retain, flags.outgoing, flags.dup, flags.repeat, flags.copy])
    .map((list) => list.reduce((bits: number, flag) => bits | flag, 0)),
  payload,
  properties: fc.oneof(fc.constant(new Uint8Array()), payload),
})
const test: fc.Arbitrary<SearchTerm['test']> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: fc.constantFrom(...pieces, 'on溫度', '溫度K', 'kON') }),
  fc.record({ kind: fc.constant('topic' as const), filter: fc.constantFrom('#', 'plant/+', 'plant/#') }),
  fc.record({ kind: fc.constant('below' as const), topic: fc.constantFrom('plant', 'plant/line1') }),
  fc.record({ kind: fc.constant('direction' as const), direction: fc.constantFrom('in' as const, 'out' as const) }),
  fc.record({ kind: fc.constant('mark' as const), mark: fc.constantFrom(...logMarks) }),
  fc.record({ kind: fc.constant('subscriptions' as const), ids: fc.subarray(['one', 'two'], { minLength: 1 }) }),
)
const terms: fc.Arbitrary<FilterTerms> = fc.record({
  terms: fc.array(fc.record({ not: fc.boolean(), test }), { maxLength: 3 }),
  mutedIds: fc.subarray(['one', 'two']),
})

const markBits: Readonly<Record<LogMark, number>> = {
  retained: 4,
  redelivered: 8,
  repeated: 64,
  copies: 128,
}

const passes = (message: Given, wanted: SearchTerm['test']): boolean => {
  const topic = topicNames[message.topic]!
  const decoded = new TextDecoder('utf-8', { ignoreBOM: true }).decode(message.payload)
  switch (wanted.kind) {
    case 'text':
      return [topic, decoded].some((one) => one.toLowerCase().includes(wanted.text.toLowerCase()))
    case 'topic':
      return filterMatches(wanted.filter, topic)
    case 'below':
      return topic === wanted.topic || topic.startsWith(`${wanted.topic}/`)
    case 'direction':
      return (wanted.direction === 'out') === ((message.bits & flags.outgoing) !== 0)
    case 'mark':
      return (message.bits & markBits[wanted.mark]) !== 0
    case 'subscriptions':
      return wanted.ids.some((id) => matchSets[message.set]!.includes(id))
    default:
      throw new Error(`${wanted.kind} is compared elsewhere.`)
  }
}

const naive = (wanted: FilterTerms) => (message: Given) => {
  const ids = matchSets[message.set]!
  const isMuted = ids.length > 0 && ids.every((id) => wanted.mutedIds.includes(id))
  const outgoing = (message.bits & flags.outgoing) !== 0
  return (outgoing || !isMuted) && wanted.terms.every(({ not, test: one }) => passes(message, one) !== not)
}

const all: FilterTerms = noFilter
const containing = (text: string): FilterTerms => ({
  terms: [{ not: false, test: { kind: 'text', text } }],
  mutedIds: [],
})
const anyMessage: Given = { topic: 1, set: 1, bits: 0, payload: new Uint8Array(), properties: new Uint8Array() }

/** A search whose thread runs, and fails, when the test says so. */
const searchBeside = () => {
  const requests: SearchRequest[] = []
  const slices: (() => void)[] = []
  let receive: (answer: SearchAnswer) => void = () => undefined
  let fail: () => void = () => undefined
  let time = 0
  const createEngine = () =>
    createSearchEngine({
      answer: (answer) => receive(answer),
      schedule: (run) => slices.push(run),
      later: (run) => slices.push(run),
      // Every look at the clock is as long as a slice.
      now: () => (time += 10),
    })
  let engine = createEngine()
  const turn = (): boolean => {
    const request = requests.shift()
    if (request) engine.handle(request)
    else slices.shift()?.()
    return requests.length + slices.length > 0
  }
  const port: SearchPort = {
    post: (request) => requests.push(request),
    listen: (listener) => (receive = listener),
    restart: () => {
      requests.length = 0
      slices.length = 0
      engine = createEngine()
    },
    onFailure: (recover) => (fail = recover),
  }
  return { port, turn, fail: () => fail() }
}

const finishAll = (turn: () => boolean) => {
  while (turn());
}

type Step =
  | { readonly does: 'append'; readonly frame: readonly Given[]; readonly dropped: number }
  | { readonly does: 'start'; readonly terms: FilterTerms }
  | { readonly does: 'limit'; readonly bytes: number; readonly rows: number | null }
  | { readonly does: 'clear' | 'refuse' | 'cancel' | 'fail' }
  | { readonly does: 'wait'; readonly turns: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constant('append' as const),
      frame: fc.array(given, { minLength: 1, maxLength: 6 }),
      dropped: fc.constantFrom(0, 0, 0, 2),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('start' as const), terms }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('wait' as const), turns: fc.integer({ min: 1, max: 6 }) }) },
  fc.record({
    does: fc.constant('limit' as const),
    bytes: fc.constantFrom(1_500, 20_000, Infinity),
    rows: fc.constantFrom(null, 1, 7),
  }),
  fc.record({ does: fc.constantFrom('clear' as const, 'refuse' as const, 'cancel' as const, 'fail' as const) }),
)

interface Expected {
  readonly message: Given
  readonly sequence: number
}

const foundSequences = (log: MessageLog, search: LogSearch) => {
  const rows = search.found()?.rows
  return Array.from({ length: rows?.count() ?? 0 }, (_, place) => {
    const row = rows?.rowAt(place) ?? NaN
    expect(rows?.placeOf(row)).toBe(place)
    const shown = log.rowAt(row)
    return shown?.kind === 'message' ? shown.message.sequence : null
  })
}

describe('a search beside the log', () => {
  it('finds what a plain filter finds, whatever comes, goes and is asked meanwhile', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), terms, (steps, last) => {
        const { port, turn, fail } = searchBeside()
        const pool = createSegmentPool()
        const spoil = (memory: SharedArrayBuffer) => {
          new Uint8Array(memory).fill(0xee)
          pool.give(memory)
        }
        const log = createMessageLog({
          topicNames,
          matchSets,
          limits: { bytes: 20_000, rows: null },
          memory: { take: pool.take, release: (memory) => search.release(memory) },
          onChange: () => search.follow(),
        })
        const search = createLogSearches(port, { give: spoil, takeDroppedBytes: () => 0 })(log)
        let kept: Expected[] = []
        let sequence = 1
        const perform = (one: Step) => {
          if (one.does === 'append') {
            sequence += one.dropped
            const frame = frameOf(sequence, one.frame)
            log.append({ ...frame, droppedBefore: one.dropped })
            for (const message of one.frame) kept.push({ message, sequence: sequence++ })
          } else if (one.does === 'start') search.start(one.terms, log.endRow())
          else if (one.does === 'cancel') search.cancel()
          else if (one.does === 'fail') fail()
          else if (one.does === 'limit') log.setBudget(one)
          else if (one.does === 'refuse') log.refuse(frameOf(sequence++, [anyMessage]))
          else if ('turns' in one) for (let index = 0; index < one.turns; index++) turn()
          else {
            log.clear()
            kept = []
          }
          kept = kept.slice(kept.length - log.keptCount())
        }
        steps.forEach(perform)
        search.start(last, log.endRow())
        perform({ does: 'append', frame: [anyMessage], dropped: 1 })
        finishAll(turn)
        expect(search.found()?.searching).toBe(false)
        expect(search.found()?.terms).toBe(last)
        const wanted = kept.filter(({ message }) => naive(last)(message)).map((one) => one.sequence)
        expect(foundSequences(log, search)).toEqual(wanted)
      }),
      { numRuns: 400 },
    )
  })

  it('is started anew when much memory was let go of, and finds the same', () => {
    const { port, turn } = searchBeside()
    let restarts = 0
    const counting = {
      ...port,
      restart: () => {
        restarts += 1
        port.restart()
      },
    }
    let dropped = 0
    const freed = {
      give: ({ byteLength }: SharedArrayBuffer) => (dropped += byteLength),
      takeDroppedBytes: () => {
        const taken = dropped
        dropped = 0
        return taken
      },
    }
    const log: MessageLog = createMessageLog({
      topicNames,
      matchSets,
      limits: { bytes: 2 ** 28, rows: null },
      memory: { take: (size) => new SharedArrayBuffer(size), release: (memory) => search.release(memory) },
      onChange: () => search.follow(),
    })
    const search = createLogSearches(counting, freed)(log)
    const large = { ...anyMessage, payload: new Uint8Array(2 ** 20) }
    for (let sequence = 1; sequence <= 80; sequence++) log.append(frameOf(sequence, [large]))
    search.start(all, log.endRow())
    finishAll(turn)
    expect(restarts).toBe(0)
    log.clear()
    log.append(frameOf(81, [anyMessage]))
    finishAll(turn)
    expect(restarts).toBe(1)
    expect(foundSequences(log, search)).toEqual([81])
  })

  it('shows the newest first and goes on from there, and is silent once it is cancelled', () => {
    const { port, turn } = searchBeside()
    const log = createMessageLog({ topicNames, matchSets, limits: { bytes: Infinity, rows: null } })
    log.append(
      frameOf(
        0,
        Array.from({ length: 20_000 }, () => anyMessage),
      ),
    )
    const search = createLogSearches(port)(log)
    search.follow()
    search.start(all, log.endRow())
    while (!search.found()) turn()
    const first = search.found()
    expect(first?.searching).toBe(true)
    expect(first?.rows.rowAt(first.rows.count() - 1)).toBe(19_999)
    expect(first?.rows.count()).toBeLessThan(20_000)
    search.cancel()
    finishAll(turn)
    expect(search.found()).toBe(first)
  })

  it('keeps what was found until the next filter has found something', () => {
    const { port, turn } = searchBeside()
    const log = createMessageLog({ topicNames, matchSets, limits: { bytes: Infinity, rows: null } })
    log.append(frameOf(0, [anyMessage]))
    const search = createLogSearches(port)(log)
    search.follow()
    search.start(all, log.endRow())
    finishAll(turn)
    search.start(containing('nowhere'), log.endRow())
    expect(search.found()?.rows.count()).toBe(1)
    finishAll(turn)
    expect(search.found()?.rows.count()).toBe(0)
    search.reset()
    expect(search.found()).toBeNull()
  })

  it('tells the first results of two hundred thousand messages long before the last', () => {
    const log = createMessageLog({ topicNames, matchSets, limits: { bytes: Infinity, rows: null } })
    const json = new TextEncoder().encode(JSON.stringify({ value: 21.5, unit: 'C', note: 'x'.repeat(110) }))
    const template = frameOf(
      0,
      Array.from({ length: 1_000 }, () => ({ ...anyMessage, payload: json })),
    )
    for (let index = 0; index < 200; index++) log.append({ ...template, firstSequence: index * 1_000 })
    const search = createLogSearches(createLocalPort())(log)
    search.follow()
    const told: number[] = []
    search.subscribe(() => told.push(search.found()?.rows.count() ?? 0))
    search.start(containing('UNIT'), log.endRow())
    expect(search.found()?.rows.count()).toBe(200_000)
    expect(told.find((count) => count > 0)).toBeLessThan(100_000)
  })
})

describe('text search', () => {
  const decoded = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).toLowerCase()

  it('has a place in every payload that decoding and lowering finds the text in', () => {
    fc.assert(
      fc.property(
        text.filter((needle) => needle !== ''),
        payload,
        (needle, bytes) => {
          const search = createTextSearch(needle)
          const isIn = decoded(bytes).includes(needle.toLowerCase())
          expect(search.isIn(bytes)).toBe(isIn)
          const beyond = bytes.some((byte) => byte > 0x7f) ? search.beyondAscii : []
          const places = [...search.probes, ...beyond].map(({ find, exact }) => ({
            exact,
            found: find(bytes, 0, bytes.length) >= 0,
          }))
          if (isIn) expect(places.some(({ found }) => found)).toBe(true)
          else expect(places.some(({ found, exact }) => found && exact)).toBe(false)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('takes no character for caseless that another one becomes in lower case', () => {
    const targets = new Set<string>()
    for (let point = 0x80; point <= 0x10ffff; point++) {
      if (point >= 0xd800 && point <= 0xdfff) continue
      const char = String.fromCodePoint(point)
      for (const lower of char.toLowerCase()) if (lower !== char) targets.add(lower)
    }
    expect([...targets].filter((char) => char > '\x7f' && isCaseless(char))).toEqual([])
  })
})
