import fc from 'fast-check'
import mqttPacket from 'mqtt-packet'
import { expect, it } from 'vitest'
import { flags, type Batch, type Frame } from '#shared/model/frame'
import { isFrameSound, readRecord } from '#shared/model/frameReader'
import { decodePublishProperties, type PublishPropertySet } from '#shared/mqtt/publishProperties'
import { createMessageInbox, type InboxLimits, type MessageInbox } from './inbox/messageInbox'
import { sentMarks } from './message/wireMessage'
import { encodePublish } from './packets/publishPacket'
import { acceptedPackets, plainReceiver } from './receiverTesting'

interface Message {
  readonly topic: string
  readonly payload: Buffer
  readonly qos: 0 | 1 | 2
  readonly retain: boolean
  readonly dup: boolean
  readonly properties: PublishPropertySet
}
/** A message as the window is to see it; text of Latin-1 is compared faster than bytes are. */
interface Shown extends Omit<Message, 'payload'> {
  readonly payload: string
  readonly packetId: number
  readonly outgoing: boolean
}

const connectionIds = ['three', 'five', 'other five'] as const
type ConnectionId = (typeof connectionIds)[number]
const isVersion5 = (id: ConnectionId) => id !== 'three'

const text = (maxLength: number) =>
  fc.string({ unit: 'grapheme', maxLength }).filter((value) => !value.includes('\0') && value !== '__proto__')
const topicName = fc.oneof(
  fc.constantFrom('a', 'plant/線/溫度', '$SYS/x', '/', 'a//b'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((value) => !/[+#\0]/.test(value)),
)
const pattern = Buffer.from(Uint8Array.from({ length: 251 }, (_, index) => index * 31))
const patterned = (length: number, seed: number) => Buffer.concat([Buffer.from([seed]), Buffer.alloc(length, pattern)])
const payload = fc.oneof(
  { weight: 12, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: fc.tuple(fc.nat(200_000), fc.nat(255)).map(([length, seed]) => patterned(length, seed)) },
)
const properties: fc.Arbitrary<PublishPropertySet> = fc.record(
  {
    payloadFormatIndicator: fc.constantFrom(0, 1),
    messageExpirySeconds: fc.nat(2 ** 32 - 1),
    contentType: text(12),
    responseTopic: fc.constantFrom('answer/to', '回'),
    correlationData: fc.uint8Array({ maxLength: 30 }),
    subscriptionIdentifiers: fc.array(fc.integer({ min: 1, max: 268_435_455 }), { minLength: 1, maxLength: 3 }),
    userProperties: fc.array(fc.tuple(fc.constantFrom('b', 'ключ', ''), text(8)), { minLength: 1, maxLength: 4 }),
  },
  { requiredKeys: [] },
)
const message: fc.Arbitrary<Message> = fc
  .record({
    topic: topicName,
    payload,
    qos: fc.constantFrom(0, 1, 2),
    retain: fc.boolean(),
    dup: fc.boolean(),
    properties,
  })
  // MQTT 5 §3.3.1.1: DUP is for QoS 1 and 2.
  .map((given) => ({ ...given, dup: given.dup && given.qos > 0 }))

const connectionId = fc.constantFrom(...connectionIds)
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ arrive: fc.array(message, { maxLength: 8 }), at: connectionId }) },
  // Sizes of chunks: a packet often comes in several, and several often in one.
  {
    weight: 8,
    arbitrary: fc.record({
      read: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 65_536 })),
      at: connectionId,
    }),
  },
  { weight: 2, arbitrary: fc.record({ send: message, at: connectionId }) },
  { weight: 2, arbitrary: fc.constant('take' as const) },
)
const limits: fc.Arbitrary<Partial<InboxLimits>> = fc.oneof(
  fc.constant({}),
  fc.record({ messages: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ bytes: fc.integer({ min: 1, max: 5_000 }) }),
  fc.record({ batchBytes: fc.integer({ min: 1, max: 500 }) }),
)

/** User properties as mqtt-packet takes them, equal names together, and in the order it then writes them. */
const grouped = (list: readonly (readonly [string, string])[]) => {
  const byName: Record<string, string[]> = {}
  for (const [name, value] of list) (byName[name] ??= []).push(value)
  const order = Object.entries(byName).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  )
  return { byName, order }
}

const wireOf = (sent: Message, messageId: number, version5: boolean): { bytes: Buffer; shown: Shown } => {
  const { topic, payload: body, qos, retain, dup, properties: given } = sent
  const user = given.userProperties && grouped(given.userProperties)
  const { payloadFormatIndicator, messageExpirySeconds, subscriptionIdentifiers, correlationData } = given
  const onWire = {
    ...(payloadFormatIndicator !== undefined && { payloadFormatIndicator: payloadFormatIndicator === 1 }),
    ...(messageExpirySeconds !== undefined && { messageExpiryInterval: messageExpirySeconds }),
    ...(given.contentType !== undefined && { contentType: given.contentType }),
    ...(given.responseTopic !== undefined && { responseTopic: given.responseTopic }),
    ...(correlationData && { correlationData: Buffer.from(correlationData) }),
    ...(subscriptionIdentifiers && { subscriptionIdentifier: subscriptionIdentifiers as unknown as number }),
    ...(user && { userProperties: user.byName }),
  }
  const packet = { cmd: 'publish' as const, topic, payload: body, qos, retain, dup, messageId }
  const bytes = version5
    ? mqttPacket.generate({ ...packet, properties: onWire }, { protocolVersion: 5 })
    : mqttPacket.generate(packet, { protocolVersion: 4 })
  const shownProperties = version5 ? { ...given, ...(user && { userProperties: user.order }) } : {}
  const shown = {
    ...sent,
    payload: body.toString('latin1'),
    properties: shownProperties,
    packetId: qos === 0 ? 0 : messageId,
    outgoing: false,
  }
  return { bytes, shown }
}

/** One connection: what the server has written and we have not read, and what must be shown of it in the end. */
const createConnection = (id: ConnectionId, inbox: MessageInbox) => {
  const connection = inbox.connection(id)
  const shown: Shown[] = []
  let unread = Buffer.alloc(0)
  const chunks: Buffer[] = []
  let read = 0
  let written = 0
  let lastPacketId = 0
  const arriving: { readonly end: number; readonly shown: Shown }[] = []
  const packets = acceptedPackets(plainReceiver(connection), { level: isVersion5(id) ? 5 : 4 })

  return {
    shown,
    arrive: (messages: readonly Message[]) => {
      for (const one of messages) {
        lastPacketId += 1
        const { bytes, shown: expected } = wireOf(one, lastPacketId, isVersion5(id))
        unread = Buffer.concat([unread, bytes])
        written += bytes.length
        arriving.push({ end: written, shown: expected })
      }
    },
    read: (size: number) => {
      const chunk = Buffer.from(unread.subarray(0, size))
      unread = unread.subarray(size)
      read += chunk.length
      chunks.push(chunk)
      packets.read(chunk)
      for (; arriving[0] && arriving[0].end <= read; arriving.shift()) {
        shown.push(arriving[0].shown)
        // The inbox has its own copy of what was read: nothing may still look into the chunks.
        if (arriving[0].end === read) for (const done of chunks.splice(0)) done.fill(0xee)
      }
    },
    send: (sent: Message) => {
      const { topic, payload: body, qos, retain } = sent
      const request = { connectionId: id, topic, payload: body, qos, retain, properties: {} }
      const { bytes, start, payloadStart } = encodePublish(request, isVersion5(id))
      const message = {
        time: 17e11,
        clockShift: 0,
        topic: connection.topics.ofText(topic),
        packetId: 0,
        flags: qos | (retain ? flags.retain : 0) | flags.outgoing,
        source: bytes,
        start,
        payloadStart,
        end: bytes.length,
      }
      connection.add(message, sentMarks)
      shown.push({ ...sent, payload: body.toString('latin1'), dup: false, properties: {}, packetId: 0, outgoing: true })
    },
  }
}

/** What a window makes of the frames; every frame is checked to follow the one before. */
const createWindow = () => {
  const seen = new Map<string, { topics: string[]; next: number; messages: Map<number, Shown> }>()
  const of = (id: string) => {
    const known = seen.get(id) ?? { topics: [], next: 1, messages: new Map<number, Shown>() }
    seen.set(id, known)
    return known
  }
  const readFrame = (frame: Frame) => {
    const connection = of(frame.connectionId)
    expect(isFrameSound(frame)).toBe(true)
    expect(frame.firstSequence).toBe(connection.next + frame.droppedBefore)
    connection.topics.push(...frame.newTopics)
    connection.next = frame.firstSequence + frame.count
    for (let index = 0; index < frame.count; index += 1) {
      const { sequence, topicId, ...record } = readRecord(frame, index)!
      const { qos, retain, dup, packetId, outgoing } = record
      connection.messages.set(sequence, {
        topic: connection.topics[topicId] ?? 'unknown',
        payload: Buffer.from(record.payload).toString('latin1'),
        properties: decodePublishProperties(record.properties) ?? {},
        qos,
        retain,
        dup,
        packetId,
        outgoing,
      })
    }
  }
  return { of, read: ({ frames }: Batch) => frames.forEach(readFrame) }
}

it('what comes out of the frames is what the packets were, or is counted as dropped', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), limits, async (steps, given) => {
      const inbox = createMessageInbox(given)
      const connections = new Map(connectionIds.map((id) => [id, createConnection(id, inbox)]))
      const window = createWindow()
      const totals = new Map<string, Batch['connections'][number]['totals']>()
      const take = async () => {
        // Without a change the inbox would wait, which is its right.
        inbox.connection('three').countBytes(1, 0)
        const batch = await inbox.take({ fresh: false })
        window.read(batch)
        for (const change of batch.connections) totals.set(change.connectionId, change.totals)
        return batch.frames.length
      }
      for (const one of steps) {
        if (one === 'take') await take()
        else if ('arrive' in one) connections.get(one.at)!.arrive(one.arrive)
        else if ('read' in one) connections.get(one.at)!.read(one.read)
        else connections.get(one.at)!.send(one.send)
      }
      for (const connection of connections.values()) connection.read(Infinity)
      while ((await take()) > 0);

      for (const [id, { shown }] of connections) {
        const { messages } = window.of(id)
        for (const [sequence, got] of messages) expect(got).toEqual(shown[sequence - 1])
        const { received, sent, dropped } = totals.get(id) ?? { received: 0, sent: 0, dropped: 0 }
        expect(received).toBe(shown.filter(({ outgoing }) => !outgoing).length)
        expect(received + sent).toBe(shown.length)
        expect(dropped).toBe(shown.length - messages.size)
        if (given.messages === undefined && given.bytes === undefined) expect(dropped).toBe(0)
      }
      expect(inbox.memory().bytes).toBe(0)
    }),
    { numRuns: 300 },
  )
})
