import { formatBase64 } from '#shared/mqtt/payloadText'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { isHead } from '../../../model/messageLog/payloadHead'

/** Bytes as text that gives them back exactly. */
interface EncodedBytes {
  readonly encoding: 'utf8' | 'base64'
  readonly text: string
}

const encoded = (bytes: Uint8Array): EncodedBytes =>
  isUtf8(bytes) ? { encoding: 'utf8', text: decodeUtf8(bytes) } : { encoding: 'base64', text: formatBase64(bytes) }

/** A message as it stands in a file: everything that the log knows of it, with names of their own for what is not whole. */
const recordOf = (message: MessageView) => {
  const { payload, properties } = message
  const { encoding, text } = encoded(payload)
  const set = properties.length === 0 ? null : decodePublishProperties(properties)
  return {
    sequence: message.sequence,
    time: new Date(message.time).toISOString(),
    direction: message.outgoing ? 'out' : 'in',
    topic: message.topic,
    qos: message.qos,
    retain: message.retain,
    dup: message.dup,
    repeated: message.repeat,
    copy: message.copy,
    payloadBytes: message.payloadBytes,
    // Of a payload over 1 MiB the log has the beginning only.
    payloadIsWhole: !isHead(message),
    encoding,
    payload: text,
    properties: set && { ...set, ...(set.correlationData && { correlationData: encoded(set.correlationData) }) },
    delivery: message.delivery?.state ?? null,
  }
}

/** One line of JSON (a text without line breaks of its own). */
export const jsonLineOf = (message: MessageView): string => `${JSON.stringify(recordOf(message))}\n`

const csvColumns = [
  'sequence',
  'time',
  'direction',
  'topic',
  'qos',
  'retain',
  'dup',
  'repeated',
  'copy',
  'payloadBytes',
  'payloadIsWhole',
  'encoding',
  'payload',
  'properties',
  'delivery',
] as const satisfies readonly (keyof ReturnType<typeof recordOf>)[]

export const csvHead = `${csvColumns.join(',')}\r\n`

/** One record as RFC 4180 has it: a line break or a quote of a text stands within quotes. */
export const csvRecordOf = (message: MessageView): string => {
  const record = recordOf(message)
  return `${csvColumns.map((column) => csvField(record[column])).join(',')}\r\n`
}

const csvField = (value: string | number | boolean | object | null): string => {
  const text = value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
}
