// Why it is so: build/docs/decisions/25-any-bytes-answer-pingreq.md
import './quietMqttJs'
import { MqttClient, type Packet } from 'mqtt'
import { fail, type AppError } from '#shared/result'
import type { OpenTransport, TransportParts } from '../transport/transport'
import { createAuthenticator } from '../authentication/authenticator'
import { encodeConnect } from '../packets/connectPacket'
import { encodeDisconnect } from '../packets/disconnectPacket'
import { mqttJsOptions } from './mqttJsOptions'
import { createPacketStream } from './packetStream'
import { createServerAnswers } from './serverAnswers'

/**
 * mqtt.js over our packet stream: it does the CONNECT and SUBSCRIBE handshakes, keeps the connection alive and
 * acknowledges what arrives. Messages in both directions pass it by, byte for byte.
 */
export const openMqttTransport: OpenTransport = (socket, parts) => {
  const { options, describe, onOnline, onPing, onClose } = parts
  let mqttFailure: AppError | null = null
  let awaitsSignOfLife = false
  let isClosing = false
  let isOnline = false
  const answers = createServerAnswers(onPing)

  /**
   * A PINGRESP cannot arrive before a large packet that is still being received, and mqtt.js would time out meanwhile.
   * Any bytes after a PINGREQ show that the server is alive, so the next PINGREQ is due one keep alive interval later.
   */
  const noteSignOfLife = () => {
    if (!awaitsSignOfLife) return
    awaitsSignOfLife = false
    client.reschedulePing(true)
  }
  const authenticator =
    parts.authentication &&
    createAuthenticator({
      ...parts.authentication,
      write: (packet) => void packets.stream.write(packet),
      fail: (reason, lastPacket) => packets.fail(reason, lastPacket),
    })
  const packets = createPacketStream(socket, {
    ...parts,
    answers,
    authenticator,
    connect: encodeConnect(options),
    onRead: noteSignOfLife,
  })
  const client = new MqttClient(() => packets.stream, mqttJsOptions(options, parts.packetIds))

  client.on('error', (error) => {
    mqttFailure ??= failureOf(error, describe)
    packets.fail(mqttFailure)
  })
  client.on('packetsend', (packet: Packet) => {
    if (packet.cmd !== 'pingreq') return
    answers.pingSent()
    awaitsSignOfLife = true
  })
  client.on('connect', () => {
    const connack = answers.connack()
    if (!connack || isClosing) return
    isOnline = true
    onOnline(connack)
    packets.goOn()
  })
  packets.stream.once('close', () => {
    const reason = packets.failure() ?? mqttFailure ?? closed
    authenticator?.end(reason)
    onClose(isClosing ? null : reason)
  })
  client.connect()

  return {
    write: (packet, done) => void packets.stream.write(packet, done),
    subscribe: ({ filter, qos, options: { noLocal, retainAsPublished, retainHandling }, identifier }) =>
      new Promise((resolve) => {
        const properties = identifier === null ? {} : { properties: { subscriptionIdentifier: identifier } }
        // mqtt.js leaves the options out before MQTT 5.
        const given = { qos, nl: noLocal, rap: retainAsPublished, rh: retainHandling, ...properties }
        client.subscribe(filter, given, (_error, _granted, packet) => resolve(answers.take(packet?.messageId ?? 0)))
      }),
    unsubscribe: (filter) =>
      new Promise((resolve) => {
        client.unsubscribe(filter, (_error, packet) => resolve(answers.take(packet?.messageId ?? 0)))
      }),
    disconnect: (farewell) => {
      isClosing = true
      const isVersion5 = options.protocolVersion === 5
      const packet = farewell.kind === 'drop' ? null : encodeDisconnect(farewell, isVersion5)
      packets.disconnect(packet, { deaf: !isOnline })
    },
    reauthenticate: () =>
      authenticator?.reauthenticate() ??
      Promise.resolve(fail('notAuthenticating', 'CONNECT named no authentication method.')),
    fail: (reason) => packets.fail(reason),
  }
}

/** An error of the socket, which mqtt.js passes on, has a code; an error of mqtt.js itself has none. */
const failureOf = (error: Error & { readonly code?: unknown }, describe: TransportParts['describe']): AppError => {
  if (error.message === 'Keepalive timeout')
    return { code: 'keepaliveTimeout', message: 'The server did not answer a PINGREQ in time.' }
  if (typeof error.code === 'string') return describe(error)
  return { code: 'malformedPacket', message: error.message, values: { detail: error.message } }
}

const closed: AppError = { code: 'connectionClosed', message: 'The connection was closed.' }
