import type { RetainedChange, RetainedFate, RetainedWork } from '#shared/model/retained'
import type { PublishRequest } from '#shared/model/publish'
import type { Qos } from '#shared/model/qos'
import { createOutgoingMessage } from '../broker/outgoingMessage'
import { encodePublish } from '../broker/publishPacket'
import type { RetainedStore, StoredMessage } from './retainedStore'
import { openShortConnection, type ShortConnection, type ShortConnectionParts } from './shortConnection'

export interface WorkParts extends Omit<ShortConnectionParts, 'onMessage' | 'onLost'> {
  readonly kind: RetainedWork['kind']
  readonly store: RetainedStore
  readonly places: readonly number[]
  readonly onChange: (change: RetainedChange) => void
}

/** More in flight gain nothing, and are what a cancel has to wait for. */
const mostInFlight = 512
const lowerOf = (one: Qos, other: Qos): Qos => (one < other ? one : other)

const requestFor = (stored: StoredMessage, qos: Qos): PublishRequest => ({
  connectionId: '',
  topic: stored.topic,
  payload: stored.payload,
  qos,
  retain: true,
  properties: {},
})

/** The packet that clears a message (§3.3.1.3) or puts it back; null = it has expired since it was listed. */
const packetFor = (parts: WorkParts, place: number, connection: ShortConnection) => {
  const { kind, store, now } = parts
  const stored = store.at(place)
  if (!stored) return null
  const { limits, protocolVersion } = connection.online
  const isVersion5 = protocolVersion === '5'
  if (kind === 'clear') {
    const qos = lowerOf(1, limits.maximumQos)
    return { qos, packet: encodePublish({ ...requestFor(stored, qos), payload: new Uint8Array() }, isVersion5) }
  }
  const { messageExpirySeconds: expiry, ...properties } = stored.properties ?? {}
  const left = expiry === undefined ? null : expiry - Math.ceil((now() - stored.receivedAt) / 1_000)
  if (left !== null && left <= 0) return null
  const qos = lowerOf(store.qosAt(place) ?? 1, limits.maximumQos)
  const kept = { ...properties, ...(left === null ? {} : { messageExpirySeconds: left }) }
  const request = { ...requestFor(stored, qos), properties: kept as PublishRequest['properties'] }
  return { qos, packet: encodePublish(request, isVersion5) }
}

const fates = { clear: 'cleared', undo: 'restored' } as const

/** Clears the messages at these places, or puts them back, as many in flight as the server takes. */
export const startRetainedWork = (parts: WorkParts) => {
  const { kind, places, now } = parts
  const tally = { done: 0, failed: 0, expired: 0, next: 0, inFlight: 0 }
  let cancelled = false
  let running = true
  let isFinishing = false

  /** A broker answers a client's packets in their order, so what went before UNSUBACK has been taken, QoS 0 too. */
  const finish = async ({ transport, close }: ShortConnection) => {
    isFinishing = true
    await transport.unsubscribe('topicscope/taken')
    running = false
    void close()
  }
  const note = (place: number, fate: RetainedFate) => {
    tally.done += 1
    if (fate === 'failed') tally.failed += 1
    if (fate === 'expired') tally.expired += 1
    parts.onChange({ place, fate })
  }
  const send = (connection: ShortConnection, place: number) => {
    const made = packetFor(parts, place, connection)
    if (!made) {
      note(place, 'expired')
      return
    }
    tally.inFlight += 1
    const answer = ({ ok }: { readonly ok: boolean }) => {
      tally.inFlight -= 1
      note(place, ok ? fates[kind] : 'failed')
      feed(connection)
    }
    connection.outgoing.send(createOutgoingMessage({ ...made, sequence: 0, now, deliver: () => undefined, answer }))
  }
  const feed = (connection: ShortConnection) => {
    if (isFinishing) return
    const room = Math.min(connection.online.limits.receiveMaximum, mostInFlight)
    while (!cancelled && tally.next < places.length && tally.inFlight < room)
      send(connection, places[tally.next++] ?? 0)
    if (tally.inFlight === 0) void finish(connection)
  }
  /** What was not sent stands as before. */
  const giveUp = () => {
    isFinishing = true
    for (const place of places.slice(tally.next)) note(place, 'failed')
    running = false
  }
  const onLost = () => {
    cancelled = true
    if (running) giveUp()
  }
  void openShortConnection({ ...parts, onMessage: () => undefined, onLost }).then((opened) => {
    if (opened.ok) feed(opened.value)
    else giveUp()
  })

  return {
    state: (): RetainedWork => {
      const { done, failed, expired } = tally
      return { kind, total: places.length, done, failed, expired, cancelled, running }
    },
    /** Sends no more; what is under way is waited for. */
    cancel: () => {
      cancelled = true
    },
  }
}
export type RunningWork = ReturnType<typeof startRetainedWork>
