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

  it('says what is missing, and reads what came before it', () => {
    const tcp = createTcpFrames(0)
    const packets = [
      ...tcp.handshake(),
      ...tcp.send('client', connect(4)),
      ...tcp.send('server', publish('one')),
      ...tcp.send('server', publish('lost')),
      ...tcp.send('server', publish('three')),
    ]
    const items = readAll(pcap(packets.toSpliced(5, 1)))
    expect(payloads(items)).toEqual(['one'])
    expect(refused(items)).toEqual([[6, 'cutShort']])
    const cut = pcap(packets)
    expect(refused(readAll(cut.subarray(0, cut.length - 3)))).toEqual([[7, 'cutShort']])
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
