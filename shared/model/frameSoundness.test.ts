import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carriedPayloadBytes, flags, payloadHeadBytes, recordBytes, type Frame } from './frame'
import { isFrameSound, readRecord, recordOffset } from './frameReader'

interface Given {
  readonly topicId: number
  readonly matchSetId: number
  readonly properties: number
  /** In full; a longer one than `payloadHeadBytes` may cross as its head. */
  readonly payload: number
  readonly head: boolean
  readonly qos: number
}
const topics = 3
const matchSets = 2

/** The frame's bytes lie in the middle of foreign ones, as they may after they crossed. */
const foreign = 0xee
const own = 0x11

const frameOf = (messages: readonly Given[]): Frame => {
  const bitsOf = ({ head, payload, qos }: Given) => qos | (head && payload > payloadHeadBytes ? flags.head : 0)
  const sizeOf = (one: Given) => one.properties + carriedPayloadBytes(one.payload, bitsOf(one))
  const length = messages.reduce((total, one) => total + sizeOf(one), 0)
  const around = new Uint8Array(length + 200).fill(foreign)
  const bytes = around.subarray(100, 100 + length).fill(own)
  const view = new DataView(new ArrayBuffer(messages.length * recordBytes))
  let offset = 0
  messages.forEach((one, index) => {
    const at = index * recordBytes
    view.setFloat64(at, 1_000 + index, true)
    view.setUint32(at + recordOffset.topicId, one.topicId, true)
    view.setUint32(at + recordOffset.offset, offset, true)
    view.setUint32(at + recordOffset.propertiesLength, one.properties, true)
    view.setUint32(at + recordOffset.payloadLength, one.payload, true)
    view.setUint32(at + recordOffset.matchSetId, one.matchSetId, true)
    view.setUint16(at + recordOffset.flags, bitsOf(one), true)
    offset += sizeOf(one)
  })
  const records = new Uint8Array(view.buffer)
  const names = { firstTopicId: 1, newTopics: ['b', 'c'], firstMatchSetId: 1, newMatchSets: [['s']] }
  return {
    connectionId: 'a',
    firstSequence: 1,
    count: messages.length,
    droppedBefore: 0,
    serverSession: 0,
    clockShift: 0,
    topicsFrom: 0,
    ...names,
    records,
    bytes,
  }
}

const given: fc.Arbitrary<Given> = fc.record({
  topicId: fc.nat(topics - 1),
  matchSetId: fc.nat(matchSets - 1),
  properties: fc.nat(20),
  payload: fc.oneof(
    { weight: 6, arbitrary: fc.nat(60) },
    { weight: 1, arbitrary: fc.integer({ min: payloadHeadBytes - 1, max: payloadHeadBytes + 40 }) },
  ),
  head: fc.boolean(),
  qos: fc.nat(2),
})
const frame = fc.array(given, { minLength: 1, maxLength: 5 }).map(frameOf)

/** Everything a window reads is there in full, as long as the record says, and of this frame. */
const expectReadable = (one: Frame) => {
  for (let index = 0; index < one.count; index += 1) {
    const view = new DataView(one.records.buffer, one.records.byteOffset + index * recordBytes, recordBytes)
    const payloadLength = view.getUint32(recordOffset.payloadLength, true)
    const isHead = (view.getUint16(recordOffset.flags, true) & flags.head) !== 0
    const record = readRecord(one, index)!
    expect(record.properties.length).toBe(view.getUint32(recordOffset.propertiesLength, true))
    expect(record.payload.length).toBe(isHead ? payloadHeadBytes : payloadLength)
    expect(record.payloadBytes).toBe(payloadLength)
    expect(record.payload.length).toBeLessThanOrEqual(payloadLength)
    for (const part of [record.properties, record.payload]) expect(part.indexOf(foreign)).toBe(-1)
    expect(record.topicId).toBeLessThan(topics)
    expect(record.matchSetId).toBeLessThan(matchSets)
    expect(record.qos).toBeLessThanOrEqual(2)
  }
}

const withRecords = (one: Frame, change: (view: DataView) => void): Frame => {
  const records = Uint8Array.from(one.records)
  change(new DataView(records.buffer))
  return { ...one, records }
}

/** Numbers that go wrong at an edge, and any others. */
const wild = fc.oneof(
  fc.nat(200),
  fc.integer({ min: payloadHeadBytes - 2, max: payloadHeadBytes + 100 }),
  fc.constantFrom(2 ** 31 - 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1),
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
)
const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })

describe('a frame, heads of large payloads included', () => {
  it('is sound as it was written, and readable', () => {
    fc.assert(
      fc.property(frame, (one) => {
        expect(isFrameSound(one)).toBe(true)
        expectReadable(one)
      }),
    )
  })

  it('is refused with records cut or grown anywhere, and with another count', () => {
    fc.assert(
      fc.property(frame, share, fc.integer({ min: 1, max: 100 }), (one, part, more) => {
        const { records, count } = one
        expect(isFrameSound({ ...one, records: records.subarray(0, Math.floor(part * records.length)) })).toBe(false)
        expect(isFrameSound({ ...one, records: Uint8Array.from([...records, ...Array<number>(more).fill(0)]) })).toBe(
          false,
        )
        for (const wrong of [count + more, count - more, count + 0.5, NaN, Infinity])
          expect(isFrameSound({ ...one, count: wrong })).toBe(false)
      }),
    )
  })

  it('is refused with bytes cut anywhere', () => {
    fc.assert(
      fc.property(frame, share, (one, part) => {
        fc.pre(one.bytes.length > 0)
        expect(isFrameSound({ ...one, bytes: one.bytes.subarray(0, Math.floor(part * one.bytes.length)) })).toBe(false)
      }),
    )
  })

  it('is refused with a name that was not sent', () => {
    fc.assert(
      fc.property(frame, share, wild, (one, part, more) => {
        const at = Math.floor(part * one.count) * recordBytes
        const set = (offset: number, value: number) =>
          withRecords(one, (view) => view.setUint32(at + offset, Math.min(value, 2 ** 32 - 1), true))
        expect(isFrameSound(set(recordOffset.topicId, topics + more))).toBe(false)
        expect(isFrameSound(set(recordOffset.matchSetId, matchSets + more))).toBe(false)
      }),
    )
  })

  it('with any numbers written into its records is refused, or read within its own bytes', () => {
    const writes = fc.array(fc.tuple(share, wild), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(frame, writes, (one, list) => {
        const changed = withRecords(one, (view) => {
          for (const [part, value] of list) view.setUint32(Math.floor(part * (view.byteLength - 3)), value, true)
        })
        if (isFrameSound(changed)) expectReadable(changed)
      }),
      { numRuns: 1_000 },
    )
  })

  it('with a wild offset, length or flags in one record is refused, or read within its own bytes', () => {
    const field = fc.constantFrom('offset' as const, 'propertiesLength' as const, 'payloadLength' as const)
    fc.assert(
      fc.property(frame, share, fc.tuple(field, wild, fc.nat(63)), (one, part, [name, value, bits]) => {
        const at = Math.floor(part * one.count) * recordBytes
        const changed = withRecords(one, (view) => {
          view.setUint32(at + recordOffset[name], value, true)
          view.setUint16(at + recordOffset.flags, bits, true)
        })
        if (isFrameSound(changed)) expectReadable(changed)
      }),
      { numRuns: 1_000 },
    )
  })

  it('is refused when the bytes of one message would be those of another', () => {
    fc.assert(
      fc.property(frame, share, wild, (one, part, value) => {
        const at = Math.floor(part * one.count) * recordBytes
        fc.pre(new DataView(one.records.buffer).getUint32(at + recordOffset.offset, true) !== value)
        expect(isFrameSound(withRecords(one, (view) => view.setUint32(at + recordOffset.offset, value, true)))).toBe(
          false,
        )
        expect(isFrameSound({ ...one, bytes: Uint8Array.from([...one.bytes, own]) })).toBe(false)
      }),
    )
  })
})
