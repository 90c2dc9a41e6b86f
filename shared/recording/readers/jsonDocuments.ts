import { joinedBytes } from '#shared/encoding/joinedBytes'
import { memberOf, readJsonTree, type JsonNode } from '#shared/json/jsonTree'
import { parseBase64, parseHex } from '#shared/mqtt/payloadText'
import type { PublishPropertySet } from '#shared/mqtt/publishProperties'
import { decodeUtf8, encodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { countAt, flagAt, qosAt, textAt, topicAt } from '../jsonMembers'
import {
  itemOf,
  messageOf,
  Refusal,
  type RecordedMessage,
  type RecordingItem,
  type RecordingNote,
} from '../recordedMessage'
import { readTimeText } from '../recordedTime'
import type { RecordingReader } from '../recordingReader'

type ReadMessage = { readonly message: RecordedMessage; readonly notes: readonly RecordingNote[] }

/** MQTTLooter: `recordingInfo` and its `messages`, with times in UTC. Payloads are texts. */
export const mqttLooterReader: RecordingReader = {
  name: 'mqttlooter',
  isFor: ({ text }) => text.startsWith('{') && /"recordingInfo"\s*:/.test(text),
  read: (pieces) =>
    readMessages(pieces, function* (root) {
      const info = memberOf(root, 'recordingInfo')
      const connection = info ? textAt(info, 'connectionName') : null
      for (const node of listAt(root, 'messages'))
        yield () => {
          const { time, notes } = timeAt(node, 'timestamp')
          const payload = payloadText(node)
          const message = messageOf({
            time,
            topic: topicAt(node),
            payload,
            qos: qosAt(node),
            retain: flagAt(node, 'retain'),
            connection,
          })
          return { message, notes: [...notes, ...lossyNotes(payload)] }
        }
    }),
}

/** Transmitron's .tmrc: `messages` with local times in whole seconds, and `subscriptions`. Payloads are texts. */
export const transmitronReader: RecordingReader = {
  name: 'transmitron',
  isFor: ({ text }) => /^\{\s*"(?:messages|subscriptions)"\s*:/.test(text) && /"(?:retained|filter)"\s*:/.test(text),
  read: (pieces) =>
    readMessages(pieces, function* (root) {
      for (const node of listAt(root, 'messages'))
        yield () => {
          const { time, notes } = timeAt(node, 'timestamp')
          const payload = payloadText(node)
          const message = messageOf({
            time,
            topic: topicAt(node),
            payload,
            qos: qosAt(node),
            retain: flagAt(node, 'retained'),
          })
          return { message, notes: [...notes, ...lossyNotes(payload)] }
        }
    }),
}

/** MQTTX's export of connections as JSON, in all of its shapes: the messages in it. Times are local. */
export const mqttxJsonReader: RecordingReader = {
  name: 'mqttx-json',
  isFor: ({ text }) => /^[[{]/.test(text) && /"(?:clientId|mqttVersion)"\s*:/.test(text) && /"messages"\s*:/.test(text),
  read: (pieces) =>
    readMessages(pieces, function* (root) {
      for (const connection of connectionsOf(root)) {
        const name = textAt(connection, 'name')
        for (const node of listAt(connection, 'messages')) yield () => mqttxMessage(node, name)
      }
    }),
}

/** A list of connections, one of them alone, or the store that has them under a key. */
const connectionsOf = (root: JsonNode): readonly JsonNode[] => {
  if (root.kind === 'list') return root.items
  const stored = memberOf(root, 'connections')
  return stored?.kind === 'list' ? stored.items : [root]
}

const mqttxMessage = (node: JsonNode, connection: string | null): ReadMessage => {
  const { time, notes } = timeAt(node, 'createAt')
  const payload = mqttxPayload(textAt(node, 'payload') ?? '', messageType(node))
  const message = messageOf({
    time,
    topic: topicAt(node),
    payload,
    qos: qosAt(node),
    retain: flagAt(node, 'retain'),
    direction: flagAt(node, 'out') ? 'out' : 'in',
    connection,
    properties: propertiesOf(node),
  })
  return { message, notes: [...notes, ...lossyNotes(payload)] }
}

/** From 1.7 on in an object; up to 1.9 the row has them, too, and it alone has the user properties. */
const propertiesOf = (node: JsonNode): PublishPropertySet => {
  const row = mqttxProperties(node)
  const nested = memberOf(node, 'properties')
  return nested?.kind === 'map' ? { ...row, ...mqttxProperties(nested) } : row
}

const messageType = (node: JsonNode): string | null => {
  const meta = textAt(node, 'meta')
  const tree = meta === null ? null : readJsonTree(meta)
  return tree?.ok ? textAt(tree.root, 'msgType') : null
}

/** What is shown as Hex or Base64 was bytes; everything else is the text that was made of them. */
const mqttxPayload = (text: string, type: string | null): Uint8Array => {
  if (type !== 'Hex' && type !== 'Base64') return encodeUtf8(text)
  const parsed = type === 'Hex' ? parseHex(text) : parseBase64(text)
  if (!parsed.ok) throw new Refusal('badPayload', type)
  return parsed.bytes
}

/** What is null or '' was not set. */
export const mqttxProperties = (node: JsonNode): PublishPropertySet => {
  const set: PublishPropertySet = {}
  const format = memberOf(node, 'payloadFormatIndicator')
  const isSet = format !== undefined && !(format.kind === 'constant' && format.value === null)
  if (isSet && textAt(node, 'payloadFormatIndicator') !== '')
    set.payloadFormatIndicator = flagAt(node, 'payloadFormatIndicator') ? 1 : 0
  const expiry = countAt(node, 'messageExpiryInterval')
  if (expiry !== null) set.messageExpirySeconds = expiry
  const alias = countAt(node, 'topicAlias')
  if (alias !== null && alias > 0) set.topicAlias = alias
  const responseTopic = textAt(node, 'responseTopic')
  if (responseTopic) set.responseTopic = responseTopic
  const data = textAt(node, 'correlationData')
  if (data) set.correlationData = encodeUtf8(data)
  const contentType = textAt(node, 'contentType')
  if (contentType) set.contentType = contentType
  const identifiers = identifiersAt(node)
  if (identifiers.length > 0) set.subscriptionIdentifiers = identifiers
  const pairs = pairsAt(node)
  if (pairs.length > 0) set.userProperties = pairs
  return set
}

const identifiersAt = (node: JsonNode): number[] => {
  const value = memberOf(node, 'subscriptionIdentifier')
  const items = value?.kind === 'list' ? value.items : value ? [value] : []
  return items.flatMap((item) => {
    const digits = item.kind === 'number' ? item.digits : item.kind === 'text' ? item.text : ''
    return /^\d{1,9}$/.test(digits) && Number(digits) > 0 ? [Number(digits)] : []
  })
}

/** An object, in which a list has the values of one name; up to 1.9 as a text. */
const pairsAt = (node: JsonNode): [string, string][] => {
  const value = memberOf(node, 'userProperties')
  const tree = value?.kind === 'text' && value.text !== '' ? readJsonTree(value.text) : null
  const map = tree?.ok ? tree.root : value
  if (map?.kind !== 'map') return []
  return map.members.flatMap(({ key, value: said }) =>
    (said.kind === 'list' ? said.items : [said]).flatMap((one): [string, string][] =>
      one.kind === 'text' ? [[key, one.text]] : one.kind === 'number' ? [[key, one.digits]] : [],
    ),
  )
}

/** Reads a whole document; each message is read by itself, so that a bad one costs no other. */
function* readMessages(
  pieces: Iterable<Uint8Array>,
  messages: (root: JsonNode) => Iterable<() => ReadMessage>,
): Generator<RecordingItem> {
  const bytes = wholeOf(pieces)
  if (!bytes) {
    yield { kind: 'refused', place: { unit: 'message', number: 1 }, reason: 'tooLong' }
    return
  }
  const text = decodeUtf8(bytes).replace(/^\ufeff/, '')
  const tree = readJsonTree(text)
  const before = tree.ok ? tree : readJsonTree(wholeBefore(text, tree.position))
  let number = 0
  if (before.ok) for (const read of messages(before.root)) yield itemOf({ unit: 'message', number: ++number }, read)
  if (tree.ok) return
  const line = text.slice(0, tree.position).split('\n').length
  const reason = tree.position >= text.trimEnd().length ? 'cutShort' : isUtf8(bytes) ? 'notJson' : 'badPayload'
  yield { kind: 'refused', place: { unit: 'line', number: line }, reason }
}

/** What of a document is whole before a place where it cannot be read any more: its lists end with their last whole entry. */
const wholeBefore = (text: string, end: number): string => {
  const open: string[] = []
  let whole = ''
  let wholeEnd = 0
  let isText = false
  for (let at = 0; at < end; at++) {
    const character = text[at] ?? ''
    if (isText) {
      if (character === '\\') at += 1
      else if (character === '"') isText = false
      continue
    }
    if (character === '"') isText = true
    else if (character === '{') open.push('}')
    else if (character === '[') open.push(']')
    else if (character === '}' || character === ']') {
      open.pop()
      if (open.at(-1) !== ']') continue
      wholeEnd = at + 1
      whole = open.toReversed().join('')
    }
  }
  return text.slice(0, wholeEnd) + whole
}

/** A text of an engine has an end: a document that is longer cannot be read. */
const longestDocument = 2 ** 28

const wholeOf = (pieces: Iterable<Uint8Array>): Uint8Array | null => {
  const parts: Uint8Array[] = []
  let length = 0
  for (const piece of pieces) {
    parts.push(piece)
    length += piece.length
    if (length > longestDocument) return null
  }
  return joinedBytes(parts)
}

const listAt = (node: JsonNode, key: string): readonly JsonNode[] => {
  const value = memberOf(node, key)
  return value?.kind === 'list' ? value.items : []
}

const payloadText = (node: JsonNode): Uint8Array => {
  const payload = memberOf(node, 'payload')
  if (payload?.kind === 'text') return encodeUtf8(payload.text)
  if (payload?.kind === 'number') return encodeUtf8(payload.digits)
  if (payload?.kind === 'constant' && payload.value === null) return new Uint8Array(0)
  throw new Refusal('noPayload')
}

/** A program that takes payloads for texts writes this where bytes are no UTF-8. */
const lossyNotes = (payload: Uint8Array): readonly RecordingNote[] =>
  isUtf8(payload) && decodeUtf8(payload).includes('\ufffd') ? ['lossy'] : []

const timeAt = (node: JsonNode, key: string): { time: bigint | null; notes: readonly RecordingNote[] } => {
  const text = textAt(node, key)
  if (text === null || text === '') return { time: null, notes: ['noTime'] }
  const read = readTimeText(text)
  if (!read) throw new Refusal('badTime', text)
  return { time: read.time, notes: read.isZoneGuessed ? ['zoneGuessed'] : [] }
}
