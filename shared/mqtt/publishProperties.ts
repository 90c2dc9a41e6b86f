import {
  illFormed,
  notAllowed,
  propertyId,
  readFourBytes,
  readTwoBytes,
  readVariableInteger,
  variableIntegerLength,
  walkProperties,
  type PropertyProblem,
  type PropertyRange,
} from './propertySection'
import { four, prefixed, text, two, userPropertyParts } from './propertyBytes'
import { decodeUtf8 } from './utf8'

/** The properties of one MQTT 5 PUBLISH (§3.3.2.3), in wire order where a property may repeat. Absent = not there. */
export interface PublishPropertySet {
  payloadFormatIndicator?: number
  messageExpirySeconds?: number
  contentType?: string
  responseTopic?: string
  correlationData?: Uint8Array
  subscriptionIdentifiers?: number[]
  topicAlias?: number
  userProperties?: [name: string, value: string][]
}

const id = propertyId
const rules = {
  allowed: new Set<number>([
    id.payloadFormatIndicator,
    id.messageExpiryInterval,
    id.contentType,
    id.responseTopic,
    id.correlationData,
    id.subscriptionIdentifier,
    id.topicAlias,
    id.userProperty,
  ]),
  repeatable: new Set<number>([id.subscriptionIdentifier, id.userProperty]),
}

export interface PublishPropertyCheck {
  /** Why the section is malformed or breaks the protocol, or null. */
  readonly problem: PropertyProblem | null
  readonly topicAlias: number | null
}

const sound: PublishPropertyCheck = { problem: null, topicAlias: null }

/** The subscription identifiers of a section that was checked, in wire order; nothing else is decoded. */
export const readSubscriptionIdentifiers = (bytes: Uint8Array, range: PropertyRange): readonly number[] => {
  const lone = loneIdentifier(bytes, range)
  if (lone !== null) return [lone]
  const found: number[] = []
  const visit = (property: number, start: number) => {
    if (property === id.subscriptionIdentifier) found.push(readVariableInteger(bytes, start))
  }
  walkProperties(bytes, range, { ...rules, visit })
  return found
}

/** Checks a raw section where it lies, without decoding it: what every incoming PUBLISH with properties goes through. */
export const checkPublishProperties = (bytes: Uint8Array, range: PropertyRange): PublishPropertyCheck => {
  // §3.3.2.3.8: 0 is not allowed; the walk says so.
  if ((loneIdentifier(bytes, range) ?? 0) > 0) return sound
  let problem: PropertyProblem | null = null
  let topicAlias: number | null = null
  const visit = (property: number, start: number) => {
    if (property === id.topicAlias) topicAlias = readTwoBytes(bytes, start)
    problem = valueProblem(bytes, property, start) ?? problem
  }
  const shape = walkProperties(bytes, range, { ...rules, visit })
  return { problem: shape ?? problem, topicAlias }
}

/** What is wrong with a value that can be read (§3.3.2.3.2 and §3.3.2.3.8), or null. */
const valueProblem = (bytes: Uint8Array, property: number, start: number): PropertyProblem | null => {
  if (property === id.payloadFormatIndicator && (bytes[start] ?? 0) > 1)
    return illFormed('payload format is neither 0 nor 1')
  if (property === id.subscriptionIdentifier && readVariableInteger(bytes, start) === 0)
    return notAllowed('subscription identifier is 0')
  return null
}

const textAt = (bytes: Uint8Array, start: number) =>
  decodeUtf8(bytes.subarray(start + 2, start + 2 + readTwoBytes(bytes, start)))

const pairAt = (bytes: Uint8Array, start: number): [string, string] => [
  textAt(bytes, start),
  textAt(bytes, start + 2 + readTwoBytes(bytes, start)),
]

const readers = new Map<number, (set: PublishPropertySet, bytes: Uint8Array, start: number) => void>([
  [id.payloadFormatIndicator, (set, bytes, start) => (set.payloadFormatIndicator = bytes[start] ?? 0)],
  [id.messageExpiryInterval, (set, bytes, start) => (set.messageExpirySeconds = readFourBytes(bytes, start))],
  [id.contentType, (set, bytes, start) => (set.contentType = textAt(bytes, start))],
  [id.responseTopic, (set, bytes, start) => (set.responseTopic = textAt(bytes, start))],
  [
    id.correlationData,
    (set, bytes, start) => (set.correlationData = bytes.slice(start + 2, start + 2 + readTwoBytes(bytes, start))),
  ],
  [
    id.subscriptionIdentifier,
    (set, bytes, start) => (set.subscriptionIdentifiers ??= []).push(readVariableInteger(bytes, start)),
  ],
  [id.topicAlias, (set, bytes, start) => (set.topicAlias = readTwoBytes(bytes, start))],
  [id.userProperty, (set, bytes, start) => (set.userProperties ??= []).push(pairAt(bytes, start))],
])

/** Decodes a raw section (without its length); null when it is malformed. Byte values are copies. */
export const decodePublishProperties = (bytes: Uint8Array): PublishPropertySet | null => {
  const set: PublishPropertySet = {}
  const problems: PropertyProblem[] = []
  const visit = (property: number, start: number) => {
    const problem = valueProblem(bytes, property, start)
    if (problem === null) readers.get(property)?.(set, bytes, start)
    else problems.push(problem)
  }
  const shape = walkProperties(bytes, { start: 0, end: bytes.length }, { ...rules, visit })
  return shape === null && problems.length === 0 ? set : null
}

/** A variable byte integer (§1.5.5), at most 268,435,455. */
export const encodeVariableInteger = (value: number): number[] => {
  const bytes: number[] = []
  let rest = value
  do {
    const digit = rest % 128
    rest = Math.floor(rest / 128)
    bytes.push(rest > 0 ? digit | 0x80 : digit)
  } while (rest > 0)
  return bytes
}

/** The raw section without its length. Strings and data of more than 65,535 bytes must have been refused before. */
export const encodePublishProperties = (set: PublishPropertySet): Uint8Array<ArrayBuffer> => {
  const parts = partsOf(set)
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let index = 0
  for (const part of parts) {
    bytes.set(part, index)
    index += part.length
  }
  return bytes
}

/**
 * The value of a section that is one subscription identifier and nothing else, or null. A server adds just that to every
 * message of a subscription that has one, so it is worth a look before the walk.
 */
const loneIdentifier = (bytes: Uint8Array, { start, end }: PropertyRange): number | null => {
  if (bytes[start] !== id.subscriptionIdentifier) return null
  const length = variableIntegerLength(bytes, start + 1, end)
  return length > 0 && start + 1 + length === end ? readVariableInteger(bytes, start + 1) : null
}

const partsOf = (set: PublishPropertySet): ArrayLike<number>[] => [
  ...(set.payloadFormatIndicator === undefined ? [] : [[id.payloadFormatIndicator, set.payloadFormatIndicator]]),
  ...(set.messageExpirySeconds === undefined ? [] : [[id.messageExpiryInterval], four(set.messageExpirySeconds)]),
  ...(set.contentType === undefined ? [] : [[id.contentType], ...text(set.contentType)]),
  ...(set.responseTopic === undefined ? [] : [[id.responseTopic], ...text(set.responseTopic)]),
  ...(set.correlationData === undefined ? [] : [[id.correlationData], ...prefixed(set.correlationData)]),
  ...(set.subscriptionIdentifiers ?? []).map((value) => [id.subscriptionIdentifier, ...encodeVariableInteger(value)]),
  ...(set.topicAlias === undefined ? [] : [[id.topicAlias], two(set.topicAlias)]),
  ...userPropertyParts(set.userProperties ?? []),
]
