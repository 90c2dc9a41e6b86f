import fc from 'fast-check'
import type { Packet } from 'mqtt-packet'

const u16 = fc.integer({ min: 1, max: 65_535 })
const u32 = fc.integer({ min: 0, max: 0xffffffff })
const word = fc.string({
  unit: fc.constantFrom('a', 'b', 'Ä', '漢', '😀', '/', ' ', '.', '-'),
  minLength: 1,
  maxLength: 12,
})
const bytes = fc.uint8Array({ maxLength: 20 }).map((array) => Buffer.from(array))
const flag = fc.boolean()
const qos = fc.constantFrom(0, 1, 2)

const userProperties = fc
  .array(fc.tuple(word, fc.array(word, { minLength: 1, maxLength: 2 })), { minLength: 1, maxLength: 3 })
  .map((pairs) =>
    Object.fromEntries(pairs.map(([name, values]) => [`n${name}`, values.length === 1 ? (values[0] ?? '') : values])),
  )

/** Properties by the names that mqtt-packet has for them. */
export const propertyValues: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  payloadFormatIndicator: fc.constant(false),
  messageExpiryInterval: u32,
  contentType: word,
  responseTopic: word,
  correlationData: bytes,
  subscriptionIdentifier: fc.integer({ min: 1, max: 268_435_455 }),
  sessionExpiryInterval: u32,
  assignedClientIdentifier: word,
  serverKeepAlive: u16,
  authenticationMethod: word,
  authenticationData: bytes,
  requestProblemInformation: flag,
  willDelayInterval: u32,
  requestResponseInformation: flag,
  responseInformation: word,
  serverReference: word,
  reasonString: word,
  receiveMaximum: u16,
  topicAliasMaximum: u16,
  topicAlias: u16,
  maximumQoS: fc.constantFrom(0, 1),
  retainAvailable: flag,
  userProperties,
  maximumPacketSize: fc.integer({ min: 1, max: 268_435_455 }),
  wildcardSubscriptionAvailable: flag,
  subscriptionIdentifiersAvailable: flag,
  sharedSubscriptionAvailable: flag,
}

/** Some of these properties, or none. */
const some = (...names: readonly string[]): fc.Arbitrary<object> =>
  fc.record(Object.fromEntries(names.map((name) => [name, propertyValues[name] ?? fc.constant(0)])), {
    requiredKeys: [],
  })

const reason = ['reasonString', 'userProperties'] as const
const will = ['willDelayInterval', 'payloadFormatIndicator', 'messageExpiryInterval', 'contentType'] as const
const request = ['responseTopic', 'correlationData', 'userProperties'] as const

type Version = 3 | 4 | 5
type Parts = Record<string, fc.Arbitrary<unknown>>

/** Parts of packets that only MQTT 5 has. */
const kitOf = (version: Version) => {
  const isFive = version === 5
  const withProperties = (...names: readonly string[]): Parts => (isFive ? { properties: some(...names) } : {})
  const code = (...codes: readonly number[]): Parts => (isFive ? { reasonCode: fc.constantFrom(...codes) } : {})
  const packet = (cmd: string, parts: Parts) => fc.record({ cmd: fc.constant(cmd), ...parts }) as fc.Arbitrary<Packet>
  return { version, isFive, withProperties, code, packet }
}
type Kit = ReturnType<typeof kitOf>

/** Every packet that mqtt-packet can write in this version. */
export const anyPacket = (version: Version): fc.Arbitrary<Packet> => {
  const kit = kitOf(version)
  return fc.oneof(connects(kit), ...connectionPackets(kit), ...messagePackets(kit), ...filterPackets(kit))
}

const connects = ({ version, withProperties }: Kit): fc.Arbitrary<Packet> => {
  const lastWill = fc.record({
    topic: word,
    payload: bytes,
    qos,
    retain: flag,
    ...withProperties(...will, ...request),
  })
  const connect = fc.record({
    cmd: fc.constant('connect' as const),
    protocolId: fc.constant(version === 3 ? ('MQIsdp' as const) : ('MQTT' as const)),
    protocolVersion: fc.constant(version),
    clean: fc.constant(true as const),
    clientId: word,
    keepalive: fc.integer({ min: 0, max: 65_535 }),
    username: word,
    ...withProperties(
      'sessionExpiryInterval',
      'receiveMaximum',
      'maximumPacketSize',
      'topicAliasMaximum',
      'userProperties',
      'requestResponseInformation',
      'requestProblemInformation',
      'authenticationMethod',
    ),
  })
  return fc.tuple(connect, fc.option(lastWill), fc.option(word)).map(([parts, last, password]) => ({
    ...parts,
    ...(last && { will: last }),
    ...(password && { password: Buffer.from(password) }),
  }))
}

const connectionPackets = ({ isFive, withProperties, code, packet }: Kit): readonly fc.Arbitrary<Packet>[] => {
  const connack = packet('connack', {
    sessionPresent: fc.constant(false),
    ...(isFive ? code(0, 0x80, 0x87, 0x9f) : { returnCode: fc.constantFrom(0, 1, 5) }),
    ...withProperties(
      'sessionExpiryInterval',
      'receiveMaximum',
      'maximumQoS',
      'retainAvailable',
      'maximumPacketSize',
      'assignedClientIdentifier',
      'topicAliasMaximum',
      'reasonString',
      'userProperties',
      'serverKeepAlive',
      'wildcardSubscriptionAvailable',
      'subscriptionIdentifiersAvailable',
      'sharedSubscriptionAvailable',
      'responseInformation',
      'serverReference',
      'authenticationMethod',
    ),
  })
  const disconnect = packet('disconnect', {
    ...code(0, 4, 0x8e),
    ...withProperties('sessionExpiryInterval', ...reason, 'serverReference'),
  })
  const auth = packet('auth', { ...code(0, 0x18, 0x19), ...withProperties('authenticationMethod', ...reason) })
  return [connack, disconnect, packet('pingreq', {}), packet('pingresp', {}), ...(isFive ? [auth] : [])]
}

const messagePackets = ({ withProperties, code, packet }: Kit): readonly fc.Arbitrary<Packet>[] => {
  const acknowledgement = (cmd: string, ...codes: readonly number[]) =>
    packet(cmd, { messageId: u16, ...code(...codes), ...withProperties(...reason) })
  const publish = packet('publish', {
    topic: word,
    payload: bytes,
    qos,
    retain: flag,
    dup: flag,
    messageId: u16,
    ...withProperties(...will.slice(1), ...request, 'topicAlias', 'subscriptionIdentifier'),
  })
  return [
    publish.map((made) => ({ ...made, ...('qos' in made && made.qos === 0 ? { dup: false } : {}) })),
    acknowledgement('puback', 0, 0x10, 0x87),
    acknowledgement('pubrec', 0, 0x10, 0x97),
    acknowledgement('pubrel', 0, 0x92),
    acknowledgement('pubcomp', 0, 0x92),
  ]
}

const filterPackets = ({ isFive, withProperties, packet }: Kit): readonly fc.Arbitrary<Packet>[] => {
  const options = isFive ? { nl: flag, rap: flag, rh: fc.constantFrom(0, 1, 2) } : {}
  const upToFour = <Value>(of: fc.Arbitrary<Value>) => fc.array(of, { minLength: 1, maxLength: 4 })
  return [
    packet('subscribe', {
      messageId: u16,
      subscriptions: upToFour(fc.record({ topic: word, qos, ...options })),
      ...withProperties('subscriptionIdentifier', 'userProperties'),
    }),
    packet('suback', {
      messageId: u16,
      granted: upToFour(fc.constantFrom(0, 1, 2, 0x80)),
      ...withProperties(...reason),
    }),
    packet('unsubscribe', {
      messageId: u16,
      unsubscriptions: upToFour(word),
      ...withProperties('userProperties'),
    }),
    packet('unsuback', {
      messageId: u16,
      ...(isFive ? { granted: upToFour(fc.constantFrom(0, 0x11, 0x87)) } : {}),
      ...withProperties(...reason),
    }),
  ]
}
