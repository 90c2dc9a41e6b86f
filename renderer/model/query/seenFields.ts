import { printJsonPath, type JsonPath } from '#shared/json/jsonPath'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import type { MessageLog } from '../messageLog/messageLog'
import type { MessageView } from '../messageLog/messageLogChunk'

/** The newest messages are looked at, and of these the small ones: enough to know what is usual. */
const mostMessages = 300
const mostBytes = 16 * 2 ** 10
const mostNames = 300
const deepest = 5

/** Paths of values in JSON payloads, as a query has them, those of the newest messages first. */
export const seenJsonPaths = (log: MessageLog): readonly string[] => {
  const paths = new Set<string>()
  for (const { payload, payloadBytes } of newest(log)) {
    if (payloadBytes > mostBytes || !looksLikeJson(payload)) continue
    addPaths(paths, [], jsonOf(payload))
    if (paths.size >= mostNames) break
  }
  return [...paths]
}

/** Names of user properties, those of the newest messages first. */
export const seenUserProperties = (log: MessageLog): readonly string[] => {
  const names = new Set<string>()
  for (const { properties } of newest(log)) {
    const set = properties.length === 0 ? null : decodePublishProperties(properties)
    for (const [name] of set?.userProperties ?? []) names.add(name)
    if (names.size >= mostNames) break
  }
  return [...names]
}

function* newest(log: MessageLog): Generator<MessageView> {
  const end = log.endRow()
  for (let row = end - 1; row >= Math.max(log.firstKeptRow(), end - mostMessages); row--) {
    const shown = log.rowAt(row)
    if (shown?.kind === 'message') yield shown.message
  }
}

const looksLikeJson = (payload: Uint8Array): boolean => payload[0] === 0x7b || payload[0] === 0x5b

const jsonOf = (payload: Uint8Array): unknown => {
  try {
    return JSON.parse(decodeUtf8(payload))
  } catch {
    return null
  }
}

const addPaths = (paths: Set<string>, path: JsonPath, value: unknown): void => {
  if (path.length > 0) paths.add(printJsonPath(path))
  if (typeof value !== 'object' || value === null || path.length >= deepest) return
  // The members of an array are mostly alike: the first one stands for them.
  const members = Array.isArray(value) ? value.slice(0, 1).map((one, at) => [at, one] as const) : Object.entries(value)
  for (const [step, member] of members) {
    if (paths.size >= mostNames) return
    addPaths(paths, [...path, step], member)
  }
}
