import { writeToStream } from 'mqtt-packet'
import type { Socket } from 'node:net'
import type { Qos } from '#shared/model/qos'
import { withIdentifiers } from '../store/localBrokerSessions'
import type { HeldPacket } from '../store/localBrokerMessage'
import type { LocalBrokerStore } from '../store/localBrokerStore'
import type { HeldSubscription, SubscriptionTable } from './localBrokerTable'

/** The parts of a client of aedes that deliver. */
export interface DeliveringClient {
  readonly id: string
  readonly version: number | null
  readonly clean: boolean
  readonly connected: boolean
  readonly connecting: boolean
  readonly closed: boolean
  _nextId: number
  deliver0: Deliver
  deliverQoS: Deliver
  /** Calls back when the socket took what was written, with an error when it did not. */
  waitForDrain(done: (error?: Error) => void): void
}

interface DeliveredPacket extends HeldPacket {
  readonly clientId?: string
}
type Deliver = (packet: DeliveredPacket, done: () => void) => void

export interface DeliveryParts {
  readonly client: DeliveringClient
  readonly socket: Socket
  readonly subscriptions: SubscriptionTable
  readonly store: LocalBrokerStore
}

/** A message for this client, while aedes reports it for one matching subscription after the other. */
interface Delivery {
  readonly counter: number | undefined
  readonly packet: DeliveredPacket
  readonly takers: readonly HeldSubscription[]
  retain: boolean
  readonly done: (() => void)[]
}

/**
 * Delivers in the place of aedes: one copy of a message a client, with the highest QoS its matching filters allow and
 * the identifiers of all of them (MQTT 5 §3.3.4). aedes takes whichever filter comes first, names that one only, and
 * passes a message over when one that was published later went out before it.
 */
export const deliverOnce = ({ client, socket, subscriptions, store }: DeliveryParts): void => {
  let current: Delivery | null = null

  const write = (packet: HeldPacket, done: () => void): void => {
    if (client.closed || !(client.connected || client.connecting)) return void setImmediate(done)
    try {
      const options = { protocolVersion: client.version === 5 || client.version === 3 ? client.version : 4 }
      if (writeToStream(packet, socket, options)) setImmediate(done)
      else client.waitForDrain(() => done())
    } catch {
      setImmediate(done)
    }
  }
  const send = (packet: HeldPacket, done: () => void): void => {
    if (packet.qos === 0) return write(packet, done)
    const numbered = { ...packet, messageId: nextMessageId(client) }
    if (client.clean || packet.brokerCounter === undefined) return write(numbered, done)
    // A message that does not fit into the queue is not sent either, because its delivery could not be tracked.
    const isQueued = store.sessions.queueOf(client.id)?.update(numbered) === true
    if (isQueued) write(numbered, done)
    else setImmediate(done)
  }
  const finish = ({ packet, takers, retain, done }: Delivery): void => {
    const whenDone = () => {
      for (const callback of done) callback()
    }
    const qos = smaller(packet.qos, highestQos(takers))
    const properties = withIdentifiers(packet.properties, identifiersOf(takers))
    const { brokerId, brokerCounter, topic, payload } = packet
    if (packet.qos > 0 && qos === 0 && !client.clean) store.sessions.queueOf(client.id)?.withdraw(packet)
    if (takers.length === 0) return whenDone()
    const place = { ...(brokerId !== undefined && { brokerId }), ...(brokerCounter !== undefined && { brokerCounter }) }
    send(
      { cmd: 'publish', topic, payload, qos, retain, dup: false, ...place, ...(properties && { properties }) },
      whenDone,
    )
  }
  /** A message that is delivered because of a SUBSCRIBE: its identifier is that of the SUBSCRIBE (§3.3.4). */
  const deliverRetained: Deliver = (packet, done) => {
    const { topic, payload, properties } = packet
    const qos = smaller(packet.qos, highestQos(subscriptions.matching(topic)))
    send({ cmd: 'publish', topic, payload, qos, retain: true, dup: false, ...(properties && { properties }) }, done)
  }
  const deliver: Deliver = (packet, done) => {
    // aedes marks it so.
    if (!packet.brokerId) return void setImmediate(() => deliverRetained(packet, done))
    if (current?.counter === packet.brokerCounter && current) {
      current.retain ||= packet.retain
      current.done.push(done)
      return
    }
    const isOwn = packet.clientId === client.id
    const takers = subscriptions.matching(packet.topic).filter(({ nl }) => !(nl === true && isOwn))
    const delivery = { counter: packet.brokerCounter, packet, takers, retain: packet.retain, done: [done] }
    current = delivery
    // aedes reports all matching filters of a message in one turn of the event loop; the one copy is sent after that.
    setImmediate(() => {
      if (current === delivery) current = null
      finish(delivery)
    })
  }
  client.deliver0 = deliver
  client.deliverQoS = deliver
}

const smaller = (left: Qos, right: Qos): Qos => (left < right ? left : right)

const highestQos = (takers: readonly HeldSubscription[]): Qos =>
  takers.reduce<Qos>((highest, { qos }) => (qos > highest ? qos : highest), 0)

const identifiersOf = (takers: readonly HeldSubscription[]): readonly number[] =>
  takers.flatMap(({ si }) => (si === undefined ? [] : [si]))

const nextMessageId = (client: DeliveringClient): number => {
  const id = client._nextId
  client._nextId = id >= 65_535 ? 1 : id + 1
  return id
}
