import type { MadeMessage } from '#shared/model/publish'
import type { ProtocolVersion } from '#shared/model/qos'
import type { ServerLimits } from '#shared/model/session'
import { largestPacketBytes } from '#shared/model/settings'
import { fail, type AppError } from '#shared/result'
import { encodePublish, type PublishPacket } from '../packets/publishPacket'

/** What of a server limits what can be sent to it. */
export interface PublishServer {
  readonly protocolVersion: ProtocolVersion
  readonly limits: ServerLimits
}

/** The packet of a message, or why this server would not take it. The message has passed `publishRequestSchema`. */
export const packetFor = (
  message: MadeMessage,
  { protocolVersion, limits }: PublishServer,
):
  | { readonly packet: PublishPacket; readonly problem: null }
  | { readonly packet: null; readonly problem: AppError } => {
  const impossible = versionProblem(message, protocolVersion)
  if (impossible) return { packet: null, problem: impossible }
  const packet = encodePublish(message, protocolVersion === '5')
  const problem = limitProblem(message, packet.bytes.length, limits)
  return problem ? { packet: null, problem } : { packet, problem: null }
}

/** Properties came with MQTT 5. */
const versionProblem = ({ properties }: MadeMessage, version: ProtocolVersion): AppError | null => {
  if (version === '5') return null
  const isUsed = Object.values(properties).some(isGiven)
  if (!isUsed) return null
  return fail('propertiesNeedMqtt5', `Properties need MQTT 5; this is ${version}.`, { field: 'properties' }).error
}

const isGiven = (value: unknown): boolean => value !== undefined && !(Array.isArray(value) && value.length === 0)

/** What the server said in CONNACK it would not take (MQTT 5 §3.2.2.3.4 to .6). `size` is the packet's, in bytes. */
const limitProblem = (request: MadeMessage, size: number, limits: ServerLimits): AppError | null => {
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
