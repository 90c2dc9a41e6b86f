import type { RetainedWork } from '#shared/model/retained'
import type { PublishRequest } from '#shared/model/publish'
import type { Qos } from '#shared/model/qos'
import type { Online } from '../broker/session/onlineState'
import { encodePublish } from '../broker/packets/publishPacket'
import { storedQosOf, type RetainedMessage } from './retainedStore'

/** The packet that clears a message (§3.3.1.3) or puts it back; null = it has expired since it came. */
export const retainedPacket = (
  kind: RetainedWork['kind'],
  stored: RetainedMessage,
  { online, now }: { readonly online: Online; readonly now: number },
) => {
  const { limits, protocolVersion } = online
  const isVersion5 = protocolVersion === '5'
  if (kind === 'clear') {
    const qos = lowerOf(1, limits.maximumQos)
    return { qos, packet: encodePublish({ ...requestFor(stored, qos), payload: new Uint8Array() }, isVersion5) }
  }
  const { messageExpirySeconds: expiry, ...properties } = stored.properties ?? {}
  const left = expiry === undefined ? null : expiry - Math.ceil((now - stored.receivedAt) / 1_000)
  if (left !== null && left <= 0) return null
  const qos = lowerOf(storedQosOf(stored) ?? 1, limits.maximumQos)
  const kept = { ...properties, ...(left === null ? {} : { messageExpirySeconds: left }) }
  const request = { ...requestFor(stored, qos), properties: kept as PublishRequest['properties'] }
  return { qos, packet: encodePublish(request, isVersion5) }
}

const lowerOf = (one: Qos, other: Qos): Qos => (one < other ? one : other)

const requestFor = (stored: RetainedMessage, qos: Qos): PublishRequest => ({
  connectionId: '',
  topic: stored.topic,
  payload: stored.payload,
  qos,
  retain: true,
  properties: {},
})
