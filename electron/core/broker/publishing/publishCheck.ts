import type { PublishProperties, PublishRequest } from '#shared/model/publish'
import type { ProtocolVersion } from '#shared/model/qos'
import type { ServerLimits } from '#shared/model/session'
import { largestPacketBytes } from '#shared/model/settings'
import { topicNameProblem, utf8Length } from '#shared/mqtt/topicFilter'
import { fail, type AppError, type Result } from '#shared/result'

const longest = 65_535

type Failure = Extract<Result<never>, { ok: false }>

const textsOf = ({ contentType, responseTopic, userProperties = [] }: PublishProperties) =>
  [
    ['contentType', contentType ?? ''] as const,
    ['responseTopic', responseTopic ?? ''] as const,
    ...userProperties.flat().map((text) => ['userProperties', text] as const),
  ] satisfies (readonly [string, string])[]

const tooLong = (field: string, size: number): Failure =>
  fail('invalidInput', `${field} has ${size} bytes; at most ${longest} fit (MQTT 5 §1.5.4).`, {
    field: `properties.${field}`,
    values: { size, limit: longest },
  })

const propertiesProblem = (properties: PublishProperties): Failure | null => {
  for (const [field, text] of textsOf(properties)) {
    if (utf8Length(text) > longest) return tooLong(field, utf8Length(text))
    if (text.includes('\0'))
      return fail('invalidInput', `${field} contains U+0000 (MQTT 5 §1.5.4).`, { field: `properties.${field}` })
  }
  const data = properties.correlationData?.length ?? 0
  if (data > longest) return tooLong('correlationData', data)
  // MQTT 5 §3.3.2.3.5: no wildcards in a response topic.
  const problem = properties.responseTopic === undefined ? null : topicNameProblem(properties.responseTopic)
  if (!problem) return null
  const details = { field: 'properties.responseTopic', values: { detail: problem.code, column: problem.column } }
  return fail('topicInvalid', `The response topic is not a topic name: ${problem.code}.`, details)
}

/** Whether a request can be sent at all under a protocol version; the server's limits come on top. */
export const requestProblem = (request: PublishRequest, version: ProtocolVersion): AppError | null => {
  const { topic, properties } = request
  const problem = topicNameProblem(topic)
  if (problem) {
    const details = { field: 'topic', values: { detail: problem.code, column: problem.column } }
    return fail('topicInvalid', `The topic cannot be published to: ${problem.code}.`, details).error
  }
  const isUsed = Object.values(properties).some(
    (value) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  )
  if (isUsed && version !== '5')
    return fail('propertiesNeedMqtt5', `Properties need MQTT 5; this is ${version}.`, { field: 'properties' }).error
  return propertiesProblem(properties)?.error ?? null
}

/** What the server said in CONNACK it would not take (MQTT 5 §3.2.2.3.4 to .6). */
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
