/** Reason codes by packet type: one number means different things in different packets (MQTT 5 §2.4). */
export type ReasonPacket =
  | 'connack3'
  | 'connack'
  | 'suback3'
  | 'suback'
  | 'unsuback'
  | 'puback'
  | 'pubrel'
  | 'disconnect'

type Table = Readonly<Record<number, string>>

/** Errors that CONNACK, PUBACK, SUBACK and DISCONNECT have in common. */
const common: Table = {
  0x80: 'Unspecified error',
  0x83: 'Implementation specific error',
  0x87: 'Not authorized',
  0x97: 'Quota exceeded',
}

const connack: Table = {
  ...common,
  0x00: 'Success',
  0x81: 'Malformed Packet',
  0x82: 'Protocol Error',
  0x84: 'Unsupported Protocol Version',
  0x85: 'Client Identifier not valid',
  0x86: 'Bad User Name or Password',
  0x88: 'Server unavailable',
  0x89: 'Server busy',
  0x8a: 'Banned',
  0x8c: 'Bad authentication method',
  0x90: 'Topic Name invalid',
  0x95: 'Packet too large',
  0x99: 'Payload format invalid',
  0x9a: 'Retain not supported',
  0x9b: 'QoS not supported',
  0x9c: 'Use another server',
  0x9d: 'Server moved',
  0x9f: 'Connection rate exceeded',
}

const disconnect: Table = {
  ...common,
  0x00: 'Normal disconnection',
  0x04: 'Disconnect with Will Message',
  0x81: 'Malformed Packet',
  0x82: 'Protocol Error',
  0x89: 'Server busy',
  0x8b: 'Server shutting down',
  0x8d: 'Keep Alive timeout',
  0x8e: 'Session taken over',
  0x8f: 'Topic Filter invalid',
  0x90: 'Topic Name invalid',
  0x93: 'Receive Maximum exceeded',
  0x94: 'Topic Alias invalid',
  0x95: 'Packet too large',
  0x96: 'Message rate too high',
  0x98: 'Administrative action',
  0x99: 'Payload format invalid',
  0x9a: 'Retain not supported',
  0x9b: 'QoS not supported',
  0x9c: 'Use another server',
  0x9d: 'Server moved',
  0x9e: 'Shared Subscriptions not supported',
  0x9f: 'Connection rate exceeded',
  0xa0: 'Maximum connect time',
  0xa1: 'Subscription Identifiers not supported',
  0xa2: 'Wildcard Subscriptions not supported',
}

const tables: Readonly<Record<ReasonPacket, Table>> = {
  // MQTT 3.1.1 §3.2.2.3, without the "Connection Refused" that all begin with.
  connack3: {
    0: 'Accepted',
    1: 'unacceptable protocol version',
    2: 'identifier rejected',
    3: 'server unavailable',
    4: 'bad user name or password',
    5: 'not authorized',
  },
  // MQTT 5 §3.2.2.2.
  connack,
  // MQTT 3.1.1 §3.9.3.
  suback3: {
    0: 'Success - Maximum QoS 0',
    1: 'Success - Maximum QoS 1',
    2: 'Success - Maximum QoS 2',
    0x80: 'Failure',
  },
  // MQTT 5 §3.9.3.
  suback: {
    ...common,
    0x00: 'Granted QoS 0',
    0x01: 'Granted QoS 1',
    0x02: 'Granted QoS 2',
    0x8f: 'Topic Filter invalid',
    0x91: 'Packet Identifier in use',
    0x9e: 'Shared Subscriptions not supported',
    0xa1: 'Subscription Identifiers not supported',
    0xa2: 'Wildcard Subscriptions not supported',
  },
  // MQTT 5 §3.11.3.
  unsuback: {
    0x00: 'Success',
    0x11: 'No subscription existed',
    0x80: 'Unspecified error',
    0x83: 'Implementation specific error',
    0x87: 'Not authorized',
    0x8f: 'Topic Filter invalid',
    0x91: 'Packet Identifier in use',
  },
  // MQTT 5 §3.4.2.1 and §3.5.2.1: PUBACK and PUBREC have the same codes.
  puback: {
    ...common,
    0x00: 'Success',
    0x10: 'No matching subscribers',
    0x90: 'Topic Name invalid',
    0x91: 'Packet identifier in use',
    0x99: 'Payload format invalid',
  },
  // MQTT 5 §3.6.2.1 and §3.7.2.1: PUBREL and PUBCOMP.
  pubrel: { 0x00: 'Success', 0x92: 'Packet Identifier not found' },
  // MQTT 5 §3.14.2.1.
  disconnect,
}

/**
 * What other credentials may mend in CONNACK: 3.1.1 §3.2.2.3 return codes 4 and 5; MQTT 5 §3.2.2.2 Bad User Name or
 * Password, and Not authorized.
 */
export const credentialReasons: ReadonlySet<number> = new Set([4, 5, 0x86, 0x87])

/** Tables of MQTT 5, where one number means nearly the same in every packet that has it; refusals first. */
const otherPackets: readonly Table[] = [tables.puback, tables.disconnect, tables.connack, tables.suback, tables.pubrel]

/** As people and logs of brokers write it: `0x87`, and the return codes of CONNACK before MQTT 5 as `5`. */
const reasonNumber = (packet: ReasonPacket, code: number): string =>
  packet === 'connack3' && code < 0x80 ? String(code) : `0x${code.toString(16).padStart(2, '0')}`

/**
 * The specification's name for a code in this packet, or the name other packets have for it: servers send codes that
 * are not in a packet's own table. A number where no packet has a name.
 */
export const reasonName = (packet: ReasonPacket, code: number): string =>
  nameOf(packet, code) ?? reasonNumber(packet, code)

/** Name and number: `Not authorized (0x87)`. */
export const reasonText = (packet: ReasonPacket, code: number): string => {
  const name = nameOf(packet, code)
  const number = reasonNumber(packet, code)
  return name === null ? number : `${name} (${number})`
}

/** Whether the specification gives this packet the code. */
export const isReasonOf = (packet: ReasonPacket, code: number): boolean => code in tables[packet]

const nameOf = (packet: ReasonPacket, code: number): string | null => {
  const own = tables[packet][code]
  if (own !== undefined) return own
  // Below 0x80 a number means something else in each packet, and the codes before MQTT 5 are a list of their own.
  const mayBorrow = code >= 0x80 && packet !== 'connack3' && packet !== 'suback3'
  return (mayBorrow ? otherPackets.find((table) => code in table)?.[code] : undefined) ?? null
}
