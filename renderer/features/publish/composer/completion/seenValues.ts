import { decodeJson } from '#shared/encoding/decodedJson'
import type { Encoding } from '#shared/encoding/encodedJson'
import { EncodingFault, NoJson } from '#shared/encoding/encodingFault'
import { isEncoding } from '#shared/encoding/payloadInFormat'
import { readWritten, type WrittenValue } from '#shared/encoding/writtenValue'
import type { PayloadFormat } from '#shared/model/publish'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import type { MessageLog } from '../../../../model/messageLog/messageLog'
import type { PlacePath } from './jsonPlace'

/** The last messages of a topic that are looked at, and the largest: enough to know what is usual. */
const mostMessages = 8
const mostBytes = 64 * 2 ** 10
/** Items of an array that are looked at. */
const mostItems = 20
const mostOffered = 100
/** Characters of a value: longer ones are hardly written again. */
const longestOffered = 200

type TopicMessages = Pick<MessageLog, 'latestOf' | 'previousOf'>

/** What the last messages of a topic say, newest first, as far as they are JSON or in the encoding that is written. */
export const lastValues = (log: TopicMessages, topic: string, format: PayloadFormat): readonly WrittenValue[] => {
  const values: WrittenValue[] = []
  let message = topic === '' ? null : log.latestOf(topic)
  for (let count = 0; message && count < mostMessages; count++) {
    const { payload, payloadBytes, sequence } = message
    const value = payloadBytes > mostBytes ? null : valueOf(payload, isEncoding(format) ? format : null)
    if (value) values.push(value)
    message = log.previousOf(sequence)
  }
  return values
}

/** Keys of the objects at a path, each once. */
export const keysAt = (values: readonly WrittenValue[], path: PlacePath): readonly string[] => {
  const keys = new Set<string>()
  for (const value of valuesAt(values, path))
    if (value.kind === 'map') for (const [key] of value.members) if (keys.size < mostOffered) keys.add(key)
  return [...keys]
}

/** Texts, numbers and constants at a path as JSON writes them, each once. */
export const scalarsAt = (values: readonly WrittenValue[], path: PlacePath): readonly string[] => {
  const texts = new Set<string>()
  for (const value of valuesAt(values, path)) {
    const text = scalarText(value)
    if (text !== null && text.length <= longestOffered && texts.size < mostOffered) texts.add(text)
  }
  return [...texts]
}

const valueOf = (payload: Uint8Array, encoding: Encoding | null): WrittenValue | null => {
  const first = payload[0]
  const isJson = first === 0x7b || first === 0x5b
  const decoded = isJson || encoding === null ? null : decodeJson(payload, encoding)
  const text = isJson ? decodeUtf8(payload) : decoded?.ok ? decoded.text : null
  if (text === null) return null
  try {
    return readWritten(text)
  } catch (error) {
    if (error instanceof NoJson || error instanceof EncodingFault) return null
    throw error
  }
}

const valuesAt = (values: readonly WrittenValue[], path: PlacePath): readonly WrittenValue[] =>
  path.reduce<readonly WrittenValue[]>((found, step) => found.flatMap((value) => childrenAt(value, step)), values)

const childrenAt = (value: WrittenValue, step: string | null): readonly WrittenValue[] => {
  if (step === null) return value.kind === 'list' ? value.items.slice(0, mostItems) : []
  return value.kind === 'map' ? value.members.flatMap(([key, member]) => (key === step ? [member] : [])) : []
}

const scalarText = (value: WrittenValue): string | null => {
  if (value.kind === 'text') return JSON.stringify(value.text)
  if (value.kind === 'number') return value.digits
  return value.kind === 'constant' ? String(value.value) : null
}
