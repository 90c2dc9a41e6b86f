import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeUtf8, encodeUtf8 } from '#shared/mqtt/utf8'
import { joinedBytes } from '#shared/encoding/joinedBytes'
import type { RecordingItem } from '../recordedMessage'
import { messagesIn, readAll } from '../recordingTesting'
import { createTcpFrames } from '../writers/tcpFrames'

const connect = (level: number, name = 'MQTT') =>
  level === 5
    ? Uint8Array.of(0x10, 14, 0, 4, ...encodeUtf8(name), 5, 2, 0, 60, 0, 0, 1, 0x63)
    : Uint8Array.of(0x10, 13, 0, 4, ...encodeUtf8(name), level, 2, 0, 60, 0, 1, 0x63)
const publish = (text: string) => Uint8Array.of(0x30, 3 + text.length, 0, 1, 0x74, ...encodeUtf8(text))

interface Capture {
  readonly link?: number
  /** What stands in front of each IP packet. */
  readonly front?: readonly number[]
  readonly magic?: number
}

/** A pcap file of these packets, one each second. */
const pcap = (packets: readonly Uint8Array[], { link = 101, front = [], magic = 0xa1b2c3d4 }: Capture = {}) => {
  const head = new DataView(new ArrayBuffer(24))
  head.setUint32(0, magic)
  head.setUint32(16, 65_535)
  head.setUint32(20, link)
  const records = packets.map((packet, index) => {
    const record = new DataView(new ArrayBuffer(16))
    record.setUint32(0, 1_000 + index)
    record.setUint32(4, 500)
    record.setUint32(8, front.length + packet.length)
    record.setUint32(12, front.length + packet.length)
    return joinedBytes([new Uint8Array(record.buffer), Uint8Array.from(front), packet])
  })
  return joinedBytes([new Uint8Array(head.buffer), ...records])
}

const longPublish = (text: string) =>
  Uint8Array.of(
    0x30,
    ...(text.length + 3 < 128 ? [text.length + 3] : [((text.length + 3) & 127) | 128, (text.length + 3) >> 7]),
    0,
    1,
    0x74,
    ...encodeUtf8(text),
  )

/** In segments of at most a thousand bytes. */
const sentInPieces = (tcp: ReturnType<typeof createTcpFrames>, bytes: Uint8Array): readonly Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / 1_000) }, (_, index) =>
    tcp.send('server', bytes.slice(index * 1_000, (index + 1) * 1_000)),
  ).flat()

/** Whether a message is begun and its end is missing. */
const isBroken = (parts: readonly (readonly Uint8Array[])[], kept: readonly Uint8Array[]): boolean =>
  parts.some((segments) => {
    const count = segments.filter((segment) => kept.includes(segment)).length
    return count > 0 && count < segments.length
  })

/** A section with one interface, whose clock counts milliseconds from second 1,000. */
const pcapng = (packets: readonly Uint8Array[], isLittle: boolean): readonly Uint8Array[] => {
  const block = (type: number, body: readonly number[]) => {
    const padded = [...body, ...Array<number>((4 - (body.length % 4)) % 4).fill(0)]
    const length = four(padded.length + 12)
    return Uint8Array.from([...four(type), ...length, ...padded, ...length])
  }
  const bytes = (value: number, count: number) => {
    const big = Array.from({ length: count }, (_, index) => Math.floor(value / 256 ** (count - 1 - index)) & 255)
    return isLittle ? big.toReversed() : big
  }
  const four = (value: number) => bytes(value, 4)
  const two = (value: number) => bytes(value, 2)
  const options = [...two(14), ...two(8), ...bytes(1_000, 8), ...two(9), ...two(1), 3, 0, 0, 0, ...two(0), ...two(0)]
  return [
    block(0x0a0d0d0a, [...four(0x1a2b3c4d), ...two(1), ...two(0), ...bytes(0, 8)]),
    block(1, [...two(101), ...two(0), ...four(0), ...options]),
    ...packets.map((packet, index) =>
      block(6, [...four(0), ...four(0), ...four(index + 1), ...four(packet.length), ...four(packet.length), ...packet]),
    ),
  ]
}

const payloads = (items: readonly RecordingItem[]) => messagesIn(items).map(({ payload }) => decodeUtf8(payload))
const refused = (items: readonly RecordingItem[]) =>
  items.flatMap((item) => (item.kind === 'refused' ? [[item.place.number, item.reason]] : []))

describe('captureReader', () => {
  it.each<readonly [string, Capture]>([
    ['raw IP', {}],
    ['Ethernet', { link: 1, front: [...Array<number>(12).fill(1), 0x08, 0x00] }],
    [
      'Ethernet with two tags',
      { link: 1, front: [...Array<number>(12).fill(1), 0x88, 0xa8, 0, 1, 0x81, 0, 0, 2, 0x08, 0] },
    ],
    ['loopback', { link: 0, front: [2, 0, 0, 0] }],
    ['Linux cooked', { link: 113, front: [...Array<number>(14).fill(0), 0x08, 0x00] }],
    ['Linux cooked 2', { link: 276, front: [0x08, 0x00, ...Array<number>(18).fill(0)] }],
  ])('reads %s', (_name, capture) => {
    const tcp = createTcpFrames(0)
    const packets = [...tcp.handshake(), ...tcp.send('client', connect(4)), ...tcp.send('server', publish('x'))]
    const [message] = messagesIn(readAll(pcap(packets, capture)))
    expect(message).toMatchObject({ topic: 't', direction: 'in', connection: 'c', time: 1_004_000_500_000n })
  })

  it('reads times in nanoseconds', () => {
    const tcp = createTcpFrames(0)
    const packets = [...tcp.send('client', connect(4)), ...tcp.send('client', publish('x'))]
    expect(messagesIn(readAll(pcap(packets, { magic: 0xa1b23c4d })))[0]).toMatchObject({
      direction: 'out',
      time: 1_001_000_000_500n,
    })
  })

  it('puts segments in order, whatever order they were captured in and however often', () => {
    const texts = ['one', 'two', 'three', 'four', 'five', 'six']
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], { minLength: 12 })
    fc.assert(
      fc.property(order, fc.array(fc.nat(11), { maxLength: 6 }), (places, again) => {
        const tcp = createTcpFrames(0)
        const start = [...tcp.handshake(), ...tcp.send('client', connect(4))]
        const bytes = joinedBytes(texts.map(publish))
        const size = Math.ceil(bytes.length / 12)
        const segments = Array.from({ length: 12 }, (_, index) =>
          tcp.send('server', bytes.slice(index * size, (index + 1) * size)),
        )
        const captured = [...places, ...again].flatMap((place) => segments[place] ?? [])
        const items = readAll(pcap([...start, ...captured]))
        expect(payloads(items)).toEqual(texts)
        expect(refused(items)).toEqual([])
      }),
    )
  })

  it('says what is missing, and reads what came before and behind it', () => {
    const tcp = createTcpFrames(0)
    const packets = [
      ...tcp.handshake(),
      ...tcp.send('client', connect(4)),
      ...tcp.send('server', publish('one')),
      ...tcp.send('server', publish('lost')),
      ...tcp.send('server', publish('three')),
    ]
    const items = readAll(pcap(packets.toSpliced(5, 1)))
    expect(payloads(items)).toEqual(['one', 'three'])
    expect(refused(items)).toEqual([[6, 'cutShort']])
    const cut = pcap(packets)
    expect(refused(readAll(cut.subarray(0, cut.length - 3)))).toEqual([[7, 'cutShort']])
  })

  it('finds the packets again, wherever segments are missing', () => {
    const texts = ['one', 'two', 'x'.repeat(1_500), 'four', 'y'.repeat(3_000), 'six', 'seven']
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(9), { maxLength: 4 }), fc.boolean(), (dropped, isAcknowledged) => {
        const tcp = createTcpFrames(0)
        const start = [...tcp.handshake(), ...tcp.send('client', connect(4))]
        const parts = texts.map((text) => sentInPieces(tcp, longPublish(text)))
        const segments = parts.flat()
        const pings = Array.from({ length: 40 }, () => tcp.send('client', Uint8Array.of(0xc0, 0))).flat()
        const kept = segments.filter((_, index) => !dropped.includes(index))
        const items = readAll(pcap([...start, ...kept, ...(isAcknowledged ? pings : [])]))
        // A message is read where all of its segments are there, and nothing else is.
        const whole = texts.filter((_, index) => (parts[index] ?? []).every((segment) => kept.includes(segment)))
        expect(payloads(items)).toEqual(whole)
        const lastKept = segments.findLastIndex((segment) => kept.includes(segment))
        expect(refused(items).length > 0).toBe(dropped.some((index) => index < lastKept) || isBroken(parts, kept))
      }),
    )
  })

  it('begins in mid-stream at the first packet that is whole, and says how much was in front of it', () => {
    const tcp = createTcpFrames(0)
    const all = [
      ...sentInPieces(tcp, longPublish('z'.repeat(3_000))),
      ...tcp.send('server', publish('one')),
      ...tcp.send('server', joinedBytes([publish('two'), publish('three')])),
    ]
    const items = readAll(pcap(all.slice(1)))
    expect(payloads(items)).toEqual(['one', 'two', 'three'])
    expect(items.filter(({ kind }) => kind === 'refused')).toMatchObject([{ reason: 'cutShort', place: { number: 1 } }])
    expect(items.at(-1)).toMatchObject({ notes: ['versionGuessed'] })
  })

  it('in mid-stream at any port, where nothing but messages fits the bytes', () => {
    const tcp = createTcpFrames(0)
    const moved = (frame: Uint8Array) => {
      const copy = frame.slice()
      for (const at of [20, 22]) if (copy[at] === 7 && copy[at + 1] === 0x5b) copy.set([0x4a, 0x39], at)
      return copy
    }
    const sent = [...tcp.send('server', publish('one')), ...tcp.send('server', publish('two'))]
    expect(payloads(readAll(pcap(sent.map(moved))))).toEqual(['one', 'two'])
    const other = createTcpFrames(0)
    const text = other.send('server', encodeUtf8('0123456789 is no message, and 30 bytes'))
    expect(readAll(pcap(text.map(moved)))).toEqual([])
  })

  it('frames of which only the beginning was kept cost the messages that are cut', () => {
    const tcp = createTcpFrames(0)
    const packets = [
      ...tcp.handshake(),
      ...tcp.send('client', connect(4)),
      ...tcp.send('server', publish('one')),
      ...tcp.send('server', longPublish('x'.repeat(900))),
      ...tcp.send('server', publish('three')),
    ]
    const items = readAll(pcap(packets.map((packet) => packet.subarray(0, 200))))
    expect(payloads(items)).toEqual(['one', 'three'])
    expect(refused(items)).toEqual([[6, 'cutShort']])
  })

  it('says once that a connection is encrypted, and that a kind of link is not known', () => {
    const tcp = createTcpFrames(0)
    const hello = Uint8Array.of(0x16, 3, 1, 0, 2, 1, 0)
    const packets = [...tcp.handshake(), ...tcp.send('client', hello), ...tcp.send('server', hello)]
    expect(refused(readAll(pcap(packets)))).toEqual([[4, 'encrypted']])
    expect(refused(readAll(pcap(packets, { link: 147 })))).toEqual([[1, 'badFrame']])
  })

  it('an interface of pcapng whose times begin later, and one of another byte order', () => {
    const tcp = createTcpFrames(0)
    const packets = [...tcp.handshake(), ...tcp.send('client', connect(4)), ...tcp.send('client', publish('x'))]
    for (const isLittle of [true, false]) {
      const items = readAll(joinedBytes([...pcapng(packets, isLittle), ...pcapng(packets.slice(0, 3), !isLittle)]))
      expect(messagesIn(items)).toMatchObject([{ topic: 't', time: 1_000_000_000_000n + 5_000_000n }])
    }
  })

  it('a WebSocket: masked, in pieces, with a ping between them', () => {
    const tcp = createTcpFrames(0)
    const frame = (opcode: number, data: Uint8Array, mask: readonly number[] = []) =>
      Uint8Array.of(
        opcode,
        (mask.length > 0 ? 0x80 : 0) | data.length,
        ...mask,
        ...data.map((byte, index) => byte ^ (mask[index % 4] ?? 0)),
      )
    const sent = publish('masked')
    const packets = [
      ...tcp.handshake(),
      ...tcp.send('client', encodeUtf8('GET /mqtt HTTP/1.1\r\nUpgrade: websocket\r\n\r\n')),
      ...tcp.send('server', encodeUtf8('HTTP/1.1 101 Switching Protocols\r\n\r\n')),
      ...tcp.send('client', frame(0x82, connect(4), [1, 2, 3, 4])),
      ...tcp.send('client', frame(0x02, sent.subarray(0, 5), [9, 8, 7, 6])),
      ...tcp.send('client', frame(0x89, encodeUtf8('ping'), [1, 1, 1, 1])),
      ...tcp.send('client', frame(0x80, sent.subarray(5), [5, 5, 5, 5])),
      ...tcp.send('server', frame(0x82, publish('answer'))),
    ]
    expect(
      messagesIn(readAll(pcap(packets))).map(({ payload, direction }) => [decodeUtf8(payload), direction]),
    ).toEqual([
      ['masked', 'out'],
      ['answer', 'in'],
    ])
  })

  it('topics by alias, each direction its own; an alias that names none is refused', () => {
    const tcp = createTcpFrames(0)
    const aliased = (topic: string, alias: number) =>
      Uint8Array.of(0x30, topic.length + 7, 0, topic.length, ...encodeUtf8(topic), 3, 0x23, 0, alias, 0x78)
    const packets = [
      ...tcp.send('client', connect(5)),
      ...tcp.send('client', aliased('t', 1)),
      ...tcp.send('client', aliased('', 1)),
      ...tcp.send('server', aliased('', 1)),
    ]
    const items = readAll(pcap(packets))
    expect(messagesIn(items).map(({ topic }) => topic)).toEqual(['t', 't'])
    expect(refused(items)).toEqual([[4, 'badTopic']])
  })

  it('a PUBLISH that breaks the standard costs no other; other traffic is passed over', () => {
    const tcp = createTcpFrames(0)
    const bad = Uint8Array.of(0x36, 3, 0, 1, 0x74)
    const packets = [...tcp.send('client', connect(4)), ...tcp.send('client', joinedBytes([bad, publish('good')]))]
    const items = readAll(pcap(packets))
    expect([payloads(items), refused(items)]).toEqual([['good'], [[2, 'badQos']]])
    const lone = createTcpFrames(0)
    const other = lone.send('client', encodeUtf8('SSH-2.0-x\r\n'))[0]?.slice() ?? new Uint8Array()
    // Neither port is MQTT's.
    other.set([0, 22], 22)
    expect(readAll(pcap([other]))).toEqual([])
  })
})
