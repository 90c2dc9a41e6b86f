import { recordBytes, type Frame } from '#shared/model/frame'
import { recordOffset } from '#shared/model/frameReader'
import { encodeUtf8 } from '#shared/mqtt/utf8'

/** For tests: a message as a frame holds it. What is absent is 0 or empty. */
export interface GivenMessage {
  readonly topicId: number
  /** Stands in front of the message; the topic id tells its length. */
  readonly unnumberedTopic?: string
  readonly matchSetId?: number
  readonly flags?: number
  readonly payload: Uint8Array | string
  readonly properties?: Uint8Array
  /** Milliseconds since 1970; absent = 1000 and the sequence number. */
  readonly time?: number
}

const noBytes = new Uint8Array()
const bytesOf = (payload: Uint8Array | string) => (typeof payload === 'string' ? encodeUtf8(payload) : payload)

interface Part {
  readonly topic: Uint8Array
  readonly properties: Uint8Array
  readonly payload: Uint8Array
}
const lengthOf = ({ topic, properties, payload }: Part) => topic.length + properties.length + payload.length

/** For tests: a frame of these messages. */
export const frameOfMessages = (
  firstSequence: number,
  messages: readonly GivenMessage[],
  change: Partial<Frame> = {},
): Frame => {
  const parts = messages.map(({ payload, properties = noBytes, unnumberedTopic = '' }) => ({
    properties,
    payload: bytesOf(payload),
    topic: encodeUtf8(unnumberedTopic),
  }))
  const view = new DataView(new ArrayBuffer(messages.length * recordBytes))
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + lengthOf(part), 0))
  let offset = 0
  parts.forEach(({ topic, properties, payload }, index) => {
    const at = index * recordBytes
    const message = messages[index]
    view.setFloat64(at + recordOffset.time, message?.time ?? 1_000 + firstSequence + index, true)
    view.setUint32(at + recordOffset.topicId, message?.topicId ?? 0, true)
    bytes.set(topic, offset)
    offset += topic.length
    view.setUint32(at + recordOffset.offset, offset, true)
    view.setUint32(at + recordOffset.propertiesLength, properties.length, true)
    view.setUint32(at + recordOffset.payloadLength, payload.length, true)
    view.setUint32(at + recordOffset.matchSetId, message?.matchSetId ?? 0, true)
    view.setUint16(at + recordOffset.flags, message?.flags ?? 0, true)
    bytes.set(properties, offset)
    bytes.set(payload, offset + properties.length)
    offset += properties.length + payload.length
  })
  return {
    connectionId: 'c',
    firstSequence,
    count: messages.length,
    droppedBefore: 0,
    serverSession: 0,
    clockShift: 0,
    topicsFrom: 0,
    firstTopicId: 1_000,
    newTopics: [],
    firstMatchSetId: 1_000,
    newMatchSets: [],
    records: new Uint8Array(view.buffer),
    bytes,
    ...change,
  }
}
