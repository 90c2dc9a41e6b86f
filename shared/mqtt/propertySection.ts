import { isUtf8 } from './utf8'

/**
 * The property section of an MQTT 5 packet (§2.2.2) without its length. One walker serves every packet type: it checks
 * shape, allowed identifiers and repetition, and says where each value lies; it decodes nothing.
 */
type PropertyType = 'byte' | 'two' | 'four' | 'variable' | 'text' | 'binary' | 'pair'

/** §2.2.2.2. */
export const propertyId = {
  payloadFormatIndicator: 0x01,
  messageExpiryInterval: 0x02,
  contentType: 0x03,
  responseTopic: 0x08,
  correlationData: 0x09,
  subscriptionIdentifier: 0x0b,
  sessionExpiryInterval: 0x11,
  assignedClientIdentifier: 0x12,
  serverKeepAlive: 0x13,
  authenticationMethod: 0x15,
  authenticationData: 0x16,
  requestProblemInformation: 0x17,
  willDelayInterval: 0x18,
  requestResponseInformation: 0x19,
  responseInformation: 0x1a,
  serverReference: 0x1c,
  reasonString: 0x1f,
  receiveMaximum: 0x21,
  topicAliasMaximum: 0x22,
  topicAlias: 0x23,
  maximumQos: 0x24,
  retainAvailable: 0x25,
  userProperty: 0x26,
  maximumPacketSize: 0x27,
  wildcardSubscriptionAvailable: 0x28,
  subscriptionIdentifierAvailable: 0x29,
  sharedSubscriptionAvailable: 0x2a,
} as const

const idsOf: Readonly<Record<PropertyType, readonly number[]>> = {
  byte: [0x01, 0x17, 0x19, 0x24, 0x25, 0x28, 0x29, 0x2a],
  two: [0x13, 0x21, 0x22, 0x23],
  four: [0x02, 0x11, 0x18, 0x27],
  variable: [0x0b],
  text: [0x03, 0x08, 0x12, 0x15, 0x1a, 0x1c, 0x1f],
  binary: [0x09, 0x16],
  pair: [0x26],
}
const typeOf = new Map<number, PropertyType>(
  (Object.keys(idsOf) as PropertyType[]).flatMap((type) => idsOf[type].map((id) => [id, type] as const)),
)

/** Length of a variable byte integer at `start` (§1.5.5), 0 when it is cut off or longer than four bytes. */
export const variableIntegerLength = (bytes: Uint8Array, start: number, end: number): number => {
  for (let length = 1; length <= 4; length += 1) {
    const byte = bytes[start + length - 1]
    if (start + length > end || byte === undefined) return 0
    if (byte < 0x80) return length
  }
  return 0
}

/** The variable byte integer at `start` (§1.5.5), 0 to 268,435,455; what is cut off counts as zeros. */
export const readVariableInteger = (bytes: Uint8Array, start: number): number => {
  const first = bytes[start] ?? 0
  if (first < 0x80) return first
  const second = bytes[start + 1] ?? 0
  const two = (first & 0x7f) | ((second & 0x7f) << 7)
  if (second < 0x80) return two
  const third = bytes[start + 2] ?? 0
  const three = two | ((third & 0x7f) << 14)
  return third < 0x80 ? three : three | (((bytes[start + 3] ?? 0) & 0x7f) << 21)
}

export const readTwoBytes = (bytes: Uint8Array, start: number): number =>
  ((bytes[start] ?? 0) << 8) | (bytes[start + 1] ?? 0)

export const readFourBytes = (bytes: Uint8Array, start: number): number =>
  readTwoBytes(bytes, start) * 0x1_0000 + readTwoBytes(bytes, start + 2)

/**
 * What is wrong with a section: `answer` is the reason code of the DISCONNECT that tells the sender, 0x81 (Malformed
 * Packet) for what cannot be read (§2.2.2.2), 0x82 (Protocol Error) for what must not be said.
 */
export interface PropertyProblem {
  readonly text: string
  readonly answer: 0x81 | 0x82
}
export const illFormed = (text: string): PropertyProblem => ({ text, answer: 0x81 })
export const notAllowed = (text: string): PropertyProblem => ({ text, answer: 0x82 })

export interface PropertyRules {
  readonly allowed: ReadonlySet<number>
  /** Identifiers that may stand more than once. */
  readonly repeatable: ReadonlySet<number>
}

export interface PropertyRange {
  readonly start: number
  readonly end: number
}

/**
 * Walks one property section; `visit` gets each identifier and where its value starts and ends (its length prefix, if
 * any, included). Answers why the section is malformed, or null.
 */
export const walkProperties = (
  bytes: Uint8Array,
  { start, end }: PropertyRange,
  { allowed, repeatable, visit }: PropertyRules & { visit?: (id: number, start: number, end: number) => void },
): PropertyProblem | null => {
  // Identifiers are below 64: two sets of 32 bits do, without an allocation for each packet.
  let seenLow = 0
  let seenHigh = 0
  let index = start
  while (index < end) {
    const id = bytes[index] ?? 0
    const type = typeOf.get(id)
    if (!type || !allowed.has(id)) return illFormed(`property ${hex(id)} is not allowed here`)
    const bit = 1 << (id & 31)
    const isSeen = ((id < 32 ? seenLow : seenHigh) & bit) !== 0
    // §3.2.2.3, §3.3.2.3, §3.4.2.2, §3.14.2.2: to include one twice is a Protocol Error.
    if (isSeen && !repeatable.has(id)) return notAllowed(`property ${hex(id)} stands twice`)
    if (id < 32) seenLow |= bit
    else seenHigh |= bit
    const valueEnd = endOfValue(type, bytes, [index + 1, end])
    if (valueEnd < 0) return illFormed(`property ${hex(id)} is cut off or ill-formed`)
    visit?.(id, index + 1, valueEnd)
    index = valueEnd
  }
  return null
}

/** Where the two-byte length-prefixed value at `start` ends, or -1 when it does not fit before `end`. */
const endOfPrefixed = (bytes: Uint8Array, start: number, end: number): number => {
  if (start + 2 > end) return -1
  const valueEnd = start + 2 + readTwoBytes(bytes, start)
  return valueEnd <= end ? valueEnd : -1
}

// §1.5.4: ill-formed UTF-8 and U+0000 make the packet malformed.
const endOfText = (bytes: Uint8Array, start: number, end: number): number => {
  const valueEnd = endOfPrefixed(bytes, start, end)
  if (valueEnd < 0 || !isUtf8(bytes, start + 2, valueEnd)) return -1
  for (let index = start + 2; index < valueEnd; index += 1) if (bytes[index] === 0) return -1
  return valueEnd
}

const endOfPair = (bytes: Uint8Array, start: number, end: number): number => {
  const nameEnd = endOfText(bytes, start, end)
  return nameEnd < 0 ? -1 : endOfText(bytes, nameEnd, end)
}

const fixedEnd = (start: number, length: number, end: number) => (start + length <= end ? start + length : -1)

const endOfValue = (type: PropertyType, bytes: Uint8Array, [start, end]: readonly [number, number]): number => {
  switch (type) {
    case 'byte':
      return fixedEnd(start, 1, end)
    case 'two':
      return fixedEnd(start, 2, end)
    case 'four':
      return fixedEnd(start, 4, end)
    case 'variable': {
      const length = variableIntegerLength(bytes, start, end)
      return length === 0 ? -1 : start + length
    }
    case 'text':
      return endOfText(bytes, start, end)
    case 'binary':
      return endOfPrefixed(bytes, start, end)
    case 'pair':
      return endOfPair(bytes, start, end)
  }
}

const hex = (id: number) => `0x${id.toString(16).padStart(2, '0')}`
