import { nodeJson } from '#shared/encoding/nodeJson'
import { flags } from '#shared/model/frame'
import { rootOf } from '#shared/encoding/decodedRoot'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import type { WrittenMessage } from '#shared/recording/recordingWriter'
import type { RuleDecoder } from '../decoding/ruleDecoder'
import { createRangeFilter, type FilterTerms } from '../logSearch/logFilter'
import { createLogChecking } from '../logSearch/logChecking'
import { createLogDecoding } from '../logSearch/logDecoding'
import type { LogChanges } from '../logSearch/logFeed'
import { createLogMirror } from '../logSearch/logMirror'
import type { LogRules } from '../logSearch/logRules'
import { flagsAt, viewMessage, type MessageChunk } from '../messageLog/messageLogChunk'

/** Which messages of a log are meant. */
export interface ExportedRows {
  /** Rows of the log, in order. */
  readonly ranges: readonly (readonly [from: number, end: number])[]
  /** What a message in them must meet. */
  readonly terms: FilterTerms
}

export interface MessagesOrder {
  readonly log: LogChanges
  readonly rows: ExportedRows
  /** How payloads are read. */
  readonly rules: LogRules
  /** Whether what payloads are decoded to is wanted. */
  readonly decoded: boolean
  /** The name of the connection. */
  readonly connection: string
}

/** A message that is meant, which is read when it is asked for. */
interface FoundMessage {
  readonly row: number
  /** Only the beginning of its payload is here. */
  readonly isHead: boolean
  /** With all of the payload, where that is known. */
  read(whole: Uint8Array | null): WrittenMessage
}

/** Some rows that were looked at. */
export interface LookedRows {
  readonly found: readonly FoundMessage[]
  readonly looked: number
}

const rowsPerStep = 2_048

/** The messages that are meant, oldest first. */
export function* exportedMessages(order: MessagesOrder): Generator<LookedRows> {
  const mirror = createLogMirror()
  mirror.update(order.log)
  const decoding = createLogDecoding(order.rules.decoding, mirror.names)
  const checking = createLogChecking(order.rules, mirror.names)
  const filter = createRangeFilter(order.rows.terms, mirror.names, { decoding, checking })
  const read = (chunk: MessageChunk, index: number, whole: Uint8Array | null): WrittenMessage => {
    const message = viewMessage(chunk, index, mirror.names)
    const payload = whole ?? message.payload
    const isWhole = payload.length === message.payloadBytes
    return {
      time: nanoseconds(message.time),
      topic: message.topic,
      payload,
      qos: message.qos,
      retain: message.retain,
      dup: message.dup,
      direction: message.outgoing ? 'out' : 'in',
      connection: order.connection,
      packetId: message.packetId === 0 ? null : message.packetId,
      properties: message.properties.length === 0 ? {} : (decodePublishProperties(message.properties) ?? {}),
      ...(message.copy ? { copy: true } : {}),
      ...(isWhole ? {} : { payloadBytes: message.payloadBytes }),
      ...(order.decoded ? { decoded: isWhole ? decodedJson(decoding.decoderAt(chunk, index), payload) : null } : {}),
    }
  }
  for (const [from, to] of order.rows.ranges) {
    const end = Math.min(to, mirror.endRow())
    for (let row = Math.max(from, mirror.firstRow()); row < end;) {
      const range = mirror.rangeFrom(row, Math.min(rowsPerStep, end - row))
      const found: FoundMessage[] = []
      if (range) {
        const { chunk } = range
        filter(range, (index) =>
          found.push({
            row: chunk.firstRow + index,
            isHead: (flagsAt(chunk, index) & flags.head) !== 0,
            read: (whole) => read(chunk, index, whole),
          }),
        )
      }
      const next = range ? range.chunk.firstRow + range.to : row + 1
      yield { found, looked: next - row }
      row = next
    }
  }
}

/** Of milliseconds, whose fractions a clock may have. */
const nanoseconds = (time: number): bigint => {
  const whole = Math.floor(time)
  return BigInt(whole) * 1_000_000n + BigInt(Math.round((time - whole) * 1_000_000))
}

const decodedJson = (decoder: RuleDecoder | null, payload: Uint8Array): string | null => {
  const decoded = decoder?.decode(payload)
  const root = decoded?.ok ? rootOf(decoded.nodes) : null
  return root && nodeJson(root)
}
