import './quietMqttJs'
import { MqttClient, type IClientOptions, type Packet } from 'mqtt'
import type { AppError } from '#shared/result'
import type { ConnectOptions } from '../connecting/clientOptions'
import { brokerWordsIn } from '../packets/brokerWords'
import { placeholderId, withoutClientId } from './connectWithoutId'
import type { Connack, SubscriptionAnswer } from '../packets/controlPacket'
import { withoutUsername } from './connectPacket'
import { createPacketStream } from './packetStream'
import type { FilterAnswer, OpenTransport, TransportParts } from '../transport/transport'

/** mqtt.js' own clock for CONNACK would overflow at 0; ours runs from the first look-up of the name. */
const never = 2 ** 31 - 1

/** 3.1 has no empty client ids, and later versions have them with a clean start; whether a server minds is its matter. */
const hidesId = ({ clientId, clean, protocolVersion }: ConnectOptions): boolean =>
  clientId === '' && (!clean || protocolVersion === 3)

/** A fresh object each time: mqtt.js writes its defaults into what it is given. */
const optionsFor = ({ options, packetIds }: TransportParts): IClientOptions => {
  const { will, properties, ...rest } = options
  return {
    ...rest,
    clientId: hidesId(options) ? placeholderId : options.clientId,
    ...(isPasswordAlone(options) && { username: '' }),
    ...(will && { will: { ...will } }),
    ...(properties && { properties: { ...properties } }),
    manualConnect: true,
    reconnectPeriod: 0,
    connectTimeout: never,
    resubscribe: false,
    queueQoSZero: false,
    messageIdProvider: packetIds,
    log: () => undefined,
  }
}

/** MQTT 5 allows a password alone (§3.1.2.9), mqtt.js does not: it is given an empty name, which is taken out again. */
const isPasswordAlone = ({ protocolVersion, username, password }: TransportParts['options']): boolean =>
  protocolVersion === 5 && username === undefined && password !== undefined

const connectReviser = ({ options }: TransportParts) => {
  const { password } = options
  return (given: Buffer): Buffer => {
    const connect = hidesId(options) ? withoutClientId(given) : given
    return password && isPasswordAlone(options) ? withoutUsername(connect, password.length) : connect
  }
}

/** mqtt.js also passes on what the socket said to a write: that has a code, what mqtt.js says itself has none. */
const failureOf = (error: Error & { readonly code?: unknown }, describe: TransportParts['describe']): AppError => {
  if (error.message === 'Keepalive timeout')
    return { code: 'keepaliveTimeout', message: 'The server did not answer a PINGREQ in time.' }
  if (typeof error.code === 'string') return describe(error)
  return { code: 'malformedPacket', message: error.message, values: { detail: error.message } }
}

const closed: AppError = { code: 'connectionClosed', message: 'The connection was closed.' }

/**
 * mqtt.js over our packet stream: it does the CONNECT and SUBSCRIBE handshakes, keeps the connection alive and
 * acknowledges what arrives. Messages in both directions pass it by, byte for byte.
 */
export const openMqttTransport: OpenTransport = (socket, parts) => {
  let connack: Connack | null = null
  let mqttFailure: AppError | null = null
  let pingSentAt: number | null = null
  let awaitsSignOfLife = false
  let isClosing = false
  let isOnline = false
  /** As they came, by packet identifier: mqtt.js sees every refusal as 0x80, and groups user properties. */
  const answers = new Map<number, SubscriptionAnswer>()

  const notePing = () => {
    if (pingSentAt !== null) parts.onPing(performance.now() - pingSentAt)
    pingSentAt = null
  }
  /**
   * PINGRESP stands behind a packet that is still arriving, and a large one takes its time; mqtt.js would take the server
   * for dead meanwhile. Whatever arrives after a PINGREQ shows that it lives, so the next one is due a keepalive later.
   */
  const noteSignOfLife = () => {
    if (!awaitsSignOfLife) return
    awaitsSignOfLife = false
    client.reschedulePing(true)
  }
  const packets = createPacketStream(socket, {
    ...parts,
    protocolLevel: parts.options.protocolVersion,
    isCleanStart: parts.options.clean,
    reviseConnect: connectReviser(parts),
    onBytes: (bytesIn, bytesOut) => {
      if (bytesIn > 0) noteSignOfLife()
      parts.onBytes(bytesIn, bytesOut)
    },
    onControl: (packet) => {
      if (packet.type === 'connack') connack = packet
      if (packet.type === 'pingresp') notePing()
      if (packet.type === 'suback' || packet.type === 'unsuback') answers.set(packet.packetId, packet)
      parts.onControl(packet)
    },
  })
  const client = new MqttClient(() => packets.stream, optionsFor(parts))

  const answerTo = (packet: { readonly messageId?: number | undefined } | undefined): FilterAnswer => {
    const packetId = packet?.messageId ?? 0
    const answer = answers.get(packetId)
    answers.delete(packetId)
    return answer ? { reasonCode: answer.reasonCode, words: brokerWordsIn(answer.properties) } : null
  }

  client.on('error', (error) => {
    mqttFailure ??= failureOf(error, parts.describe)
    packets.fail(mqttFailure)
  })
  client.on('packetsend', (packet: Packet) => {
    if (packet.cmd !== 'pingreq') return
    // Answers come in order: while one is awaited, the clock is its.
    pingSentAt ??= performance.now()
    awaitsSignOfLife = true
  })
  client.on('connect', () => {
    if (!connack || isClosing) return
    isOnline = true
    parts.onOnline(connack)
    packets.goOn()
  })
  packets.stream.once('close', () => {
    parts.onClose(isClosing ? null : (packets.failure() ?? mqttFailure ?? closed))
  })
  client.connect()

  return {
    write: (packet, done) => void packets.stream.write(packet, done),
    subscribe: ({ filter, qos, options, identifier }) =>
      new Promise((resolve) => {
        const properties = identifier === null ? {} : { properties: { subscriptionIdentifier: identifier } }
        // mqtt.js leaves the options out before MQTT 5.
        const { noLocal: nl, retainAsPublished: rap, retainHandling: rh } = options
        const given = { qos, nl, rap, rh, ...properties }
        client.subscribe(filter, given, (_error, _granted, packet) => resolve(answerTo(packet)))
      }),
    unsubscribe: (filter) =>
      new Promise((resolve) => {
        client.unsubscribe(filter, (_error, packet) => resolve(answerTo(packet)))
      }),
    disconnect: () => {
      isClosing = true
      packets.disconnect({ deaf: !isOnline })
    },
    fail: packets.fail,
  }
}
