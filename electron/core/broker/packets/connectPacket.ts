import { four, prefixed, text, two, userPropertyParts } from '#shared/mqtt/propertyBytes'
import { propertyId } from '#shared/mqtt/propertySection'
import { encodePublishProperties, encodeVariableInteger, type PublishPropertySet } from '#shared/mqtt/publishProperties'
import type { ConnectOptions, ConnectProperties, Will } from '../connecting/clientOptions'

type Parts = readonly ArrayLike<number>[]

/**
 * The bytes of CONNECT: MQTT 5 §3.1, 3.1.1 §3.1, 3.1 §3.1. What is absent is not sent, and what is empty is sent empty;
 * user properties keep their order. Strings and data of more than 65,535 bytes must have been refused before.
 */
export const encodeConnect = (options: ConnectOptions): Buffer => {
  const { protocolId, protocolVersion, keepalive, clientId, will, username, password } = options
  const isVersion5 = protocolVersion === 5
  const body: Parts = [
    ...text(protocolId),
    [protocolVersion, flagsOf(options)],
    two(keepalive),
    ...(isVersion5 ? section(connectProperties(options.properties ?? {})) : []),
    ...text(clientId),
    ...(will ? willParts(will, isVersion5) : []),
    ...(username === undefined ? [] : text(username)),
    ...(password === undefined ? [] : prefixed(password)),
  ]
  const packet: Parts = [[0x10], encodeVariableInteger(sizeOf(body)), ...body]
  return Buffer.concat(packet.map((part) => Uint8Array.from(part)))
}

/** §3.1.2.3. */
const flagsOf = ({ clean, will, username, password }: ConnectOptions): number =>
  (clean ? 0x02 : 0) |
  (will ? 0x04 | (will.qos << 3) | (will.retain ? 0x20 : 0) : 0) |
  (password === undefined ? 0 : 0x40) |
  (username === undefined ? 0 : 0x80)

const id = propertyId

/** §3.1.2.11. */
const connectProperties = (given: ConnectProperties): Parts => [
  ...optional(given.sessionExpiryInterval, (value) => [[id.sessionExpiryInterval], four(value)]),
  ...optional(given.receiveMaximum, (value) => [[id.receiveMaximum], two(value)]),
  ...optional(given.maximumPacketSize, (value) => [[id.maximumPacketSize], four(value)]),
  ...optional(given.topicAliasMaximum, (value) => [[id.topicAliasMaximum], two(value)]),
  ...optional(given.requestResponseInformation, (value) => [[id.requestResponseInformation, value ? 1 : 0]]),
  ...optional(given.requestProblemInformation, (value) => [[id.requestProblemInformation, value ? 1 : 0]]),
  ...userPropertyParts(given.userProperties ?? []),
  ...optional(given.authenticationMethod, (value) => [[id.authenticationMethod], ...text(value)]),
  ...optional(given.authenticationData, (value) => [[id.authenticationData], ...prefixed(value)]),
]

/** §3.1.3.2 to §3.1.3.4; before MQTT 5 without the properties. */
const willParts = ({ topic, payload, delaySeconds, properties }: Will, isVersion5: boolean): Parts => {
  const delay = optional(delaySeconds, (value) => [[id.willDelayInterval], four(value)])
  const willProperties = isVersion5 ? section([...delay, encodePublishProperties(definedOnly(properties ?? {}))]) : []
  return [...willProperties, ...text(topic), ...prefixed(payload)]
}

const definedOnly = (properties: NonNullable<Will['properties']>): PublishPropertySet =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined))

const optional = <Value>(value: Value | undefined, parts: (value: Value) => Parts): Parts =>
  value === undefined ? [] : parts(value)

const section = (parts: Parts): Parts => [encodeVariableInteger(sizeOf(parts)), ...parts]

const sizeOf = (parts: Parts): number => parts.reduce((sum, part) => sum + part.length, 0)
