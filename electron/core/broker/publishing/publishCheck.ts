import type { PublishRequest } from '#shared/model/publish'
import type { ProtocolVersion } from '#shared/model/qos'
import type { ServerLimits } from '#shared/model/session'
import { largestPacketBytes } from '#shared/model/settings'
import { fail, type AppError } from '#shared/result'

/** Properties came with MQTT 5. */
export const versionProblem = ({ properties }: PublishRequest, version: ProtocolVersion): AppError | null => {
  if (version === '5') return null
  const isUsed = Object.values(properties).some(
    (value) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  )
  if (!isUsed) return null
  return fail('propertiesNeedMqtt5', `Properties need MQTT 5; this is ${version}.`, { field: 'properties' }).error
}

/** What the server said in CONNACK it would not take (MQTT 5 §3.2.2.3.4 to .6). `size` is the packet's, in bytes. */
export const limitProblem = (request: PublishRequest, size: number, limits: ServerLimits): AppError | null => {
  if (request.qos > limits.maximumQos) {
    const details = { field: 'qos', values: { limit: limits.maximumQos } }
    return fail('qosNotSupported', `The server takes QoS up to ${limits.maximumQos}.`, details).error
  }
  if (request.retain && !limits.retainAvailable)
    return fail('retainNotSupported', 'The server does not keep retained messages.', { field: 'retain' }).error
  const limit = limits.maximumPacketSize ?? largestPacketBytes
  if (size <= limit) return null
  const details = { field: 'payload', values: { size, limit } }
  return fail('packetExceedsServerLimit', `The packet has ${size} bytes; the server takes ${limit}.`, details).error
}
