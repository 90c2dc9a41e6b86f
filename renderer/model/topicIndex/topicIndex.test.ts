import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flags, recordBytes, type Frame } from '#shared/model/frame'
import { recordOffset } from '#shared/model/frameReader'
import { createTopicIndex, type TopicIndex } from './topicIndex'
import { maximumDepth } from './topicIndexNode'
import type { TreeRowOptions } from './topicIndexRows'
import { lastValueOf } from './topicIndexValue'

interface Sent {
  readonly topic: string
  readonly payload?: string | Uint8Array
  readonly time?: number
  readonly retain?: boolean
  readonly outgoing?: boolean
  readonly copy?: boolean
}

const bytesOf = (payload: string | Uint8Array = '') =>
  typeof payload === 'string' ? new TextEncoder().encode(payload) : payload

/** An index with the topic numbering the main process would give. */
const createBench = (now?: () => number) => {
  const topicNames: string[] = []
  const idOf = new Map<string, number>()
  const index = createTopicIndex(now ? { topicNames, now } : { topicNames })
  const numberOf = (topic: string) => {
    const known = idOf.get(topic)
    if (known !== undefined) return known
    idOf.set(topic, topicNames.length)
    return topicNames.push(topic) - 1
  }
  const frameOf = (sent: readonly Sent[]): Frame => {
    const payloads = sent.map((one) => bytesOf(one.payload))
    const bytes = new Uint8Array(payloads.reduce((sum, payload) => sum + payload.length, 0))
    const view = new DataView(new ArrayBuffer(sent.length * recordBytes))
    let offset = 0
    sent.forEach((one, at) => {
      const payload = payloads[at]!
      const start = at * recordBytes
      bytes.set(payload, offset)
      view.setFloat64(start + recordOffset.time, one.time ?? 1, true)
      view.setUint32(start + recordOffset.topicId, numberOf(one.topic), true)
      view.setUint32(start + recordOffset.offset, offset, true)
      view.setUint32(start + recordOffset.payloadLength, payload.length, true)
      view.setUint16(
        start + recordOffset.flags,
        (one.retain ? flags.retain : 0) | (one.outgoing ? flags.outgoing : 0) | (one.copy ? flags.copy : 0),
        true,
      )
      offset += payload.length
    })
    return {
      connectionId: 'c',
      firstSequence: 1,
      count: sent.length,
      droppedBefore: 0,
      serverSession: 0,
      clockShift: 0,
      topicsFrom: 0,
      firstTopicId: 0,
      newTopics: [],
      firstMatchSetId: 0,
      newMatchSets: [],
      records: new Uint8Array(view.buffer),
      bytes,
    }
  }
  return { index, send: (...sent: Sent[]) => index.apply(frameOf(sent)) }
}

const everything = { has: () => true }
const nothing = { has: () => false }
const plain: TreeRowOptions = { expanded: everything, sort: 'name', search: '' }

const settled = (index: TopicIndex, options: TreeRowOptions) => {
  let answer = index.visibleRows(options)
  for (let round = 0; answer.pending && round < 10_000; round++) answer = index.visibleRows(options)
  return answer
}
const topicsOf = (index: TopicIndex, options: Partial<TreeRowOptions> = {}) =>
  settled(index, { ...plain, ...options }).rows.map((node) => node.topic)

const levelArbitrary = fc.constantFrom('', 'a', 'b', '10', '9', '溫度', '$SYS', 'A')
const topicArbitrary = fc.array(levelArbitrary, { minLength: 1, maxLength: 5 }).map((levels) => levels.join('/'))
const sentArbitrary = fc.record({
  topic: topicArbitrary,
  payload: fc.constantFrom('', '1', 'warm'),
  time: fc.integer({ min: 1, max: 50 }),
  retain: fc.boolean(),
  outgoing: fc.boolean(),
  copy: fc.boolean(),
})

const pathsOf = (topic: string) => topic.split('/').map((_, depth, levels) => levels.slice(0, depth + 1).join('/'))
const isIn = (topic: string, path: string) => topic === path || topic.startsWith(`${path}/`)

/** Depth first over sets of path strings: knows nothing of nodes. */
const naiveRows = (topics: readonly string[], isExpanded: (path: string) => boolean): string[] => {
  const paths = [...new Set(topics.flatMap(pathsOf))]
  const collator = new Intl.Collator(undefined, { numeric: true })
  const childrenOf = (parent: string | null) =>
    paths
      .filter((path) =>
        parent === null
          ? !path.includes('/')
          : path.startsWith(`${parent}/`) && !path.slice(parent.length + 1).includes('/'),
      )
      .sort((left, right) => {
        const [one, other] = [left.split('/').at(-1)!, right.split('/').at(-1)!]
        return collator.compare(one, other) || (one < other ? -1 : 1)
      })
  const walk = (parent: string | null): string[] =>
    childrenOf(parent).flatMap((path) => [path, ...(isExpanded(path) ? walk(path) : [])])
  return walk(null)
}

/** Live messages of others do not say that they are kept; of our own, what comes back was sent to be. */
const isKeptAfter = (messages: readonly Sent[]): boolean => {
  let isKept = false
  let isSent = false
  for (const { payload, retain, outgoing } of messages) {
    if (outgoing) isSent = retain ? payload !== '' : isSent
    else if (payload === '') isKept = false
    else if (retain || isSent) {
      isKept = true
      isSent = false
    }
  }
  return isKept
}

describe('topic index', () => {
  it('counts messages and topics of every branch as a plain list of the messages would', () => {
    fc.assert(
      fc.property(fc.array(fc.array(sentArbitrary, { maxLength: 12 }), { maxLength: 6 }), (frames) => {
        const { index, send } = createBench()
        for (const sent of frames) send(...sent)
        const received = frames.flat().filter((one) => !one.outgoing && !one.copy)
        for (const path of new Set(received.flatMap((one) => pathsOf(one.topic)))) {
          const below = received.filter((one) => isIn(one.topic, path))
          const own = below.filter((one) => one.topic === path)
          const node = index.find(path)!
          expect(node.subtreeMessages).toBe(below.length)
          expect(node.subtreeTopics).toBe(new Set(below.map((one) => one.topic)).size)
          expect(node.ownMessages).toBe(own.length)
          expect(node.lastAt).toBe(own.at(-1)?.time ?? 0)
          expect(node.payloadBytes).toBe(own.at(-1)?.payload.length ?? 0)
          expect(node.retained).toBe(isKeptAfter(frames.flat().filter((one) => one.topic === path && !one.copy)))
        }
        expect(index.topicCount()).toBe(new Set(received.map((one) => one.topic)).size)
      }),
    )
  })

  it('shows the rows a naive depth-first walk shows, frame after frame', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(topicArbitrary, { maxLength: 8 }), { maxLength: 5 }),
        fc.array(topicArbitrary),
        (frames, opened) => {
          const { index, send } = createBench()
          const expanded = new Set(opened)
          const seen: string[] = []
          for (const topics of frames) {
            send(...topics.map((topic) => ({ topic })))
            seen.push(...topics)
            expect(topicsOf(index, { expanded })).toEqual(naiveRows(seen, (path) => expanded.has(path)))
          }
        },
      ),
    )
  })

  it('places each row among its siblings', () => {
    const { index, send } = createBench()
    send({ topic: 'a/x' }, { topic: 'a/y' }, { topic: 'b' })
    const places = settled(index, plain).rows.map((node) => [node.topic, node.depth, node.position, node.setSize])
    expect(places).toEqual([
      ['a', 0, 1, 2],
      ['a/x', 1, 1, 2],
      ['a/y', 1, 2, 2],
      ['b', 0, 2, 2],
    ])
  })

  it.each([
    ['/', ['', '/']],
    ['//', ['', '/', '//']],
    ['a//b', ['a', 'a/', 'a//b']],
    ['/a', ['', '/a']],
    ['$SYS/broker/uptime', ['$SYS', '$SYS/broker', '$SYS/broker/uptime']],
    ['住家/客廳/溫度', ['住家', '住家/客廳', '住家/客廳/溫度']],
  ])('gives every level of %s a node, empty ones too', (topic, expected) => {
    const { index, send } = createBench()
    send({ topic })
    expect(topicsOf(index)).toEqual(expected)
    expect(index.find(topic)?.ownMessages).toBe(1)
  })

  it('puts the rest of a hostile topic into one node instead of 65,536 of them', () => {
    const { index, send } = createBench()
    const hostile = '/'.repeat(65_535)
    send({ topic: hostile }, { topic: `${hostile.slice(1)}x` })
    expect(settled(index, plain).rows).toHaveLength(maximumDepth + 2)
    expect(index.find(hostile)?.ownMessages).toBe(1)
  })

  it('sorts numbers in names as numbers', () => {
    const { index, send } = createBench()
    send({ topic: 'd10' }, { topic: 'd9' }, { topic: 'd1' })
    expect(topicsOf(index)).toEqual(['d1', 'd9', 'd10'])
  })

  it('forgets everything on clear and starts over with the same topic numbers', () => {
    const { index, send } = createBench()
    send({ topic: 'a/b' })
    topicsOf(index)
    index.clear()
    expect(topicsOf(index)).toEqual([])
    send({ topic: 'a/b' })
    expect(topicsOf(index)).toEqual(['a', 'a/b'])
    expect(index.find('a')?.subtreeMessages).toBe(1)
  })

  it('answers the same rows while only values change', () => {
    const { index, send } = createBench()
    send({ topic: 'a/b', payload: '1' })
    const before = index.visibleRows(plain)
    const version = index.find('a/b')!.version
    send({ topic: 'a/b', payload: '2' })
    expect(index.visibleRows(plain)).toBe(before)
    expect(index.find('a/b')!.version).toBeGreaterThan(version)
  })

  it('keeps a copy of the first bytes only, not the frame', () => {
    const { index, send } = createBench()
    const payload = new Uint8Array(5_000).fill(0x61)
    send({ topic: 'big', payload })
    const node = index.find('big')!
    expect(node.payloadBytes).toBe(5_000)
    payload.fill(0x62)
    expect(Buffer.from(node.preview).toString()).toBe('a'.repeat(256))
    expect(node.previewLength).toBe(256)
    send({ topic: 'big', payload: 'short' })
    expect(lastValueOf(node)).toEqual({ kind: 'text', text: 'short', cut: false })
  })
})

describe('orders by moving values', () => {
  const byCount: Partial<TreeRowOptions> = { sort: 'count', expanded: nothing }

  it('orders again when the second changes, not before, and says so', () => {
    const { index, send } = createBench()
    send({ topic: 'a' }, { topic: 'b' }, { topic: 'b' })
    expect(topicsOf(index, { ...byCount, at: 1 })).toEqual(['b', 'a'])
    send({ topic: 'a' }, { topic: 'a' }, { topic: 'c' })
    const within = settled(index, { ...plain, ...byCount, at: 1 })
    expect(within.rows.map((node) => node.topic)).toEqual(['b', 'a', 'c'])
    const after = settled(index, { ...plain, ...byCount, at: 2 })
    expect(after.rows.map((node) => node.topic)).toEqual(['a', 'b', 'c'])
    expect(after.reordered).toBe(within.reordered + 1)
  })

  it('leaves the rows in their order while the pointer is over them', () => {
    const { index, send } = createBench()
    send({ topic: 'a', time: 1 }, { topic: 'b', time: 2 })
    expect(topicsOf(index, { sort: 'activity', at: 1 })).toEqual(['b', 'a'])
    send({ topic: 'a', time: 3 })
    expect(topicsOf(index, { sort: 'activity', at: 2, hold: true })).toEqual(['b', 'a'])
    expect(topicsOf(index, { sort: 'activity', at: 3 })).toEqual(['a', 'b'])
  })
})

describe('hostile names', () => {
  it('read by the start and the end of the payload alike, however long it is', () => {
    const { index, send } = createBench()
    const late = new Uint8Array(2_000).fill(0x41)
    late[1_500] = 1
    send({ topic: 'late', payload: late }, { topic: 'text', payload: new Uint8Array(2_000).fill(0x41) })
    expect([lastValueOf(index.find('late')!).kind, lastValueOf(index.find('text')!).kind]).toEqual(['binary', 'text'])
  })

  it('of the longest kind are put in order by looking at their starts', () => {
    const { index, send } = createBench()
    const name = '\u202e'.repeat(21_000)
    const topics = Array.from({ length: 300 }, (_, at) => `${name}${String((at * 7) % 300).padStart(3, '0')}`)
    send(...topics.map((topic) => ({ topic, payload: '' })))
    expect(topicsOf(index, {})).toEqual([...topics].sort())
  })
})

describe('search', () => {
  it('finds a text that ends with NULs as programs in C write it, and an escape sequence', () => {
    const { index, send } = createBench()
    send(
      { topic: 'v/temp', payload: '23.5\0' },
      { topic: 'v/ansi', payload: '\u001b[31mred' },
      { topic: 'v/raw', payload: '\x01' },
    )
    expect(lastValueOf(index.find('v/temp')!)).toEqual({ kind: 'text', text: '23.5\0', cut: false })
    expect(lastValueOf(index.find('v/ansi')!)).toEqual({ kind: 'text', text: '\u001b[31mred', cut: false })
    expect(lastValueOf(index.find('v/raw')!)).toEqual({ kind: 'binary', hex: '01', cut: false })
    expect(topicsOf(index, { search: '23.5' })).toEqual(['v', 'v/temp'])
  })

  it('shows what was found by name with its way from the top, open', () => {
    const { index, send } = createBench()
    send({ topic: 'home/kitchen/temp' }, { topic: 'home/hall/temp' }, { topic: 'garage' })
    expect(topicsOf(index, { search: 'kitch', expanded: nothing })).toEqual(['home', 'home/kitchen'])
  })

  it('lets one open what is below a hit and close the way to it', () => {
    const { index, send } = createBench()
    send({ topic: 'home/kitchen/temp' })
    const search = 'kitchen'
    expect(topicsOf(index, { search })).toEqual(['home', 'home/kitchen', 'home/kitchen/temp'])
    expect(topicsOf(index, { search, collapsed: new Set(['home']) })).toEqual(['home'])
  })

  it('finds a part of a path that spans levels', () => {
    const { index, send } = createBench()
    send({ topic: 'home/kitchen/temp' }, { topic: 'home/hall/temp' })
    expect(topicsOf(index, { search: 'chen/te', expanded: nothing })).toEqual([
      'home',
      'home/kitchen',
      'home/kitchen/temp',
    ])
  })

  it('finds last values, also ones that come later, and keeps what it found', () => {
    const { index, send } = createBench()
    send({ topic: 'a', payload: 'Warm' }, { topic: 'b', payload: 'cold' })
    expect(topicsOf(index, { search: 'warm' })).toEqual(['a'])
    send({ topic: 'b', payload: 'warmer' }, { topic: 'a', payload: 'cold' })
    expect(topicsOf(index, { search: 'warm' })).toEqual(['a', 'b'])
    expect(topicsOf(index, { search: 'cold' })).toEqual(['a'])
  })

  it('agrees with a look at every topic', () => {
    fc.assert(
      fc.property(
        fc.array(sentArbitrary, { maxLength: 20 }),
        fc.constantFrom('a', 'warm', '1', '溫', 'b/a'),
        (sent, text) => {
          const { index, send } = createBench()
          const received = sent.map((one) => ({ ...one, outgoing: false, copy: false }))
          send(...received)
          const last = new Map(received.map((one) => [one.topic, one.payload]))
          const paths = [...new Set(received.flatMap((one) => pathsOf(one.topic)))]
          const isHit = (path: string) => {
            const level = path.split('/').at(-1)!
            const named = path.toLowerCase().lastIndexOf(text)
            return (
              (named >= 0 && named + text.length >= path.length - level.length) || (last.get(path) ?? '').includes(text)
            )
          }
          const hits = paths.filter(isHit)
          const expected = paths.filter((path) => hits.some((hit) => isIn(hit, path)))
          expect(new Set(topicsOf(index, { search: text, expanded: nothing }))).toEqual(new Set(expected))
        },
      ),
    )
  })
})

describe('many topics', () => {
  it('takes 100,000 topics and 10,000 siblings in short calls', () => {
    // A clock that moves with every look at it: what a call does is counted, not timed.
    let clock = 0
    const { index, send } = createBench(() => clock++)
    const wide = Array.from({ length: 10_000 }, (_, at) => ({
      topic: `wide/dev-${(at * 7919) % 10_000}`,
      payload: '1',
    }))
    const deep = Array.from({ length: 90_000 }, (_, at) => ({
      topic: `site/${at % 100}/${Math.floor(at / 100)}`,
      payload: `v${at}`,
    }))
    send(...wide, ...deep)
    const expanded = new Set(['wide', 'site'])
    const rows = settled(index, { ...plain, expanded }).rows
    expect(rows).toHaveLength(10_000 + 100 + 2)
    expect(rows.slice(-3).map((node) => node.topic)).toEqual(['wide/dev-9997', 'wide/dev-9998', 'wide/dev-9999'])

    let calls = 1
    let answer = index.visibleRows({ ...plain, search: 'v89999' })
    for (; answer.pending; calls++) answer = index.visibleRows({ ...plain, search: 'v89999' })
    expect(answer.rows.map((node) => node.topic)).toEqual(['site', 'site/99', 'site/99/899'])
    expect(calls).toBeGreaterThan(100)
  })
})
