// Why it is so: build/docs/decisions/80-aedes-runs-behind-a-guard.md
import type { PublishPacket } from 'aedes'
import type { Socket } from 'node:net'
import { disconnectPacket, reasonCodes, refusingAck, refusingConnack, refusingSuback } from './localBrokerAnswers'
import { bytesOfFilter, bytesOfMessage, type Ledger } from '../localBrokerLedger'
import type { LocalBrokerLimits } from '../localBrokerLimits'
import type { LocalBrokerStore } from '../store/localBrokerStore'
import type { SubscriptionTable } from './localBrokerTable'
import type { LocalBrokerRefusal } from '#shared/model/localBroker'

/** A packet as aedes' parser hands it out. */
export interface IncomingPacket {
  readonly cmd?: string
  readonly protocolVersion?: number
  readonly clientId?: string
  readonly will?: Message
  readonly topic?: unknown
  readonly payload?: Buffer
  readonly qos?: 0 | 1 | 2
  readonly retain?: boolean
  readonly messageId?: number
  readonly properties?: NonNullable<PublishPacket['properties']>
  readonly subscriptions?: readonly { readonly topic?: unknown }[]
  readonly unsubscriptions?: readonly unknown[]
}
interface Message {
  readonly topic?: string
  readonly payload?: string | Uint8Array
}

export interface GateParts {
  readonly client: { readonly id: string | null; readonly version: number | null; readonly clean: boolean }
  readonly socket: Socket
  readonly subscriptions: SubscriptionTable
  readonly store: LocalBrokerStore
  readonly ledger: Ledger
  readonly limits: LocalBrokerLimits
  readonly connectedClients: () => number
  readonly isConnected: (clientId: string) => boolean
  readonly onRefused: (kind: LocalBrokerRefusal) => void
  /** Called with what gives back the room that was kept for a message. */
  readonly onReserved: (packet: object, release: () => void) => void
}

/** How long a client may take to read why its connection ends. */
const lingerMs = 1_000

/**
 * Judges every packet of a client before aedes sees it: `true` = aedes may have it. What is refused is answered here,
 * with the reason code of MQTT 5 where the client knows these, and for older clients as well as their version can say
 * it.
 */
export interface Gate {
  hasEnded(): boolean
  refuse(kind: LocalBrokerRefusal): false
  judge(packet: IncomingPacket): boolean
}

export const createGate = (parts: GateParts): Gate => {
  const { client, socket, subscriptions, store, ledger, limits, onRefused } = parts
  const isVersion5 = () => client.version === 5
  let hasEnded = false

  /** Sends a last packet and closes; a client that does not read it is closed after a moment. */
  const endWith = (bytes: Buffer): false => {
    hasEnded = true
    socket.end(bytes, () => socket.destroy())
    setTimeout(() => socket.destroy(), lingerMs).unref()
    return false
  }
  /** Ends the connection, with the reason where the client has a version that knows one. */
  const end = (reasonCode: number): false => {
    if (isVersion5()) return endWith(disconnectPacket(reasonCode))
    hasEnded = true
    socket.destroy()
    return false
  }
  const refuse = (kind: LocalBrokerRefusal): false => {
    onRefused(kind)
    return end(reasonCodes.quotaExceeded)
  }
  const judgeConnect = ({ protocolVersion = 4, clientId = '', will }: IncomingPacket): boolean => {
    const takesOver = clientId !== '' && parts.isConnected(clientId)
    const isFull = parts.connectedClients() >= limits.clients && !takesOver
    const fits = !will || ledger.fits(bytesOfMessage(will))
    if (!isFull && fits) return true
    onRefused(isFull ? 'clients' : 'memory')
    return endWith(refusingConnack(protocolVersion))
  }
  /**
   * A message that is not taken is acknowledged with the reason; before MQTT 5 there is none, so the connection ends.
   */
  const refuseMessage = (kind: LocalBrokerRefusal, { qos = 0, messageId = 0 }: IncomingPacket): false => {
    onRefused(kind)
    if (!isVersion5()) return end(reasonCodes.quotaExceeded)
    // QoS 0 has no answer; the connection goes on, and the application says what it did not take.
    if (qos > 0) socket.write(refusingAck(qos as 1 | 2, messageId))
    return false
  }
  const judgePublish = (packet: IncomingPacket): boolean => {
    const { topic, payload = Buffer.alloc(0), qos, retain, messageId = 0, properties } = packet
    // §3.3.4: a client must not send one.
    if (properties?.subscriptionIdentifier !== undefined) return end(reasonCodes.protocolError)
    const id = client.id ?? ''
    const isNew = qos === 2 && !store.incoming.has(id, messageId)
    if (isNew && store.incoming.count(id) >= limits.receiveMaximum) {
      onRefused('receiveMaximum')
      return end(reasonCodes.receiveMaximumExceeded)
    }
    const message = { topic: String(topic), payload, ...(properties && { properties }) }
    if (!ledger.fits(bytesOfMessage(message))) return refuseMessage('memory', packet)
    if (retain === true) {
      const release = store.retained.reserve({ ...message, cmd: 'publish', qos: 0, dup: false, retain: true })
      if (!release) return refuseMessage('retained', packet)
      parts.onReserved(packet, release)
    }
    if (isNew) store.incoming.expect(id, messageId)
    return true
  }
  const judgeSubscribe = ({ subscriptions: wanted = [], messageId = 0 }: IncomingPacket): boolean => {
    const filters = wanted.map(({ topic }) => String(topic)).filter((filter) => !subscriptions.has(filter))
    const isKept = !client.clean && client.id !== null
    const bytes = filters.reduce((sum, filter) => sum + bytesOfFilter(filter), 0) * (isKept ? 2 : 1)
    const isTooMany = subscriptions.count() + filters.length > limits.subscriptions
    const noSession = isKept && !store.sessions.has(client.id) && store.sessions.count() >= limits.sessions
    if (!isTooMany && !noSession && ledger.fits(bytes)) return true
    onRefused(isTooMany ? 'subscriptions' : noSession ? 'sessions' : 'memory')
    socket.write(refusingSuback(client.version ?? 4, messageId, wanted.length))
    return false
  }
  return {
    hasEnded: () => hasEnded,
    refuse,
    judge: (packet) => {
      if (!isHarmless(packet)) {
        socket.destroy()
        return false
      }
      // A second CONNECT, or anything before the first, is for aedes to refuse (§3.1.0).
      if (client.version === null) return packet.cmd !== 'connect' || judgeConnect(packet)
      if (packet.cmd === 'publish') return judgePublish(packet)
      return packet.cmd !== 'subscribe' || judgeSubscribe(packet)
    },
  }
}

const isUsableName = (name: unknown): name is string => typeof name === 'string' && name !== '__proto__'

/** False for packets whose names aedes would look up although they are missing, or in tables that are plain objects. */
const isHarmless = ({ cmd, topic, subscriptions, unsubscriptions }: IncomingPacket): boolean => {
  if (cmd === 'publish') return isUsableName(topic)
  if (cmd === 'subscribe') return (subscriptions ?? []).every((wanted) => isUsableName(wanted.topic))
  return cmd !== 'unsubscribe' || (unsubscriptions ?? []).every(isUsableName)
}
