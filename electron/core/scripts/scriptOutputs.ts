import { z } from 'zod'
import type { MadeMessage } from '#shared/model/publish'
import { publishRequestSchema } from '#shared/model/publish'
import { topicNameProblem } from '#shared/mqtt/topicFilter'
import { fail, ok, type Result } from '#shared/result'
import type { Collected } from './sandbox/collected'

/** Of a message that has only a topic, the rest is as when nothing is chosen. */
const { topic, payload, qos, retain, properties } = publishRequestSchema.shape
const outputSchema = z.strictObject({
  topic,
  payload,
  qos: qos.default(0),
  retain: retain.default(false),
  properties: z.strictObject(properties.shape).default({}),
})

/** The messages that a script made, by the schema of every message; or which of them is none, and by what. */
export const outputsOf = (made: readonly Collected[]): Result<readonly MadeMessage[]> => {
  const outputs: MadeMessage[] = []
  for (const [index, one] of made.entries()) {
    const read = outputSchema.safeParse(one)
    if (!read.success) return badOutput(one, index + 1, read.error.issues)
    outputs.push(read.data)
  }
  return ok(outputs)
}

const badOutput = (one: Collected, output: number, issues: readonly z.core.$ZodIssue[]) => {
  const [issue] = issues
  const unknown = issue?.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : null
  const path = [...(issue?.path ?? []), ...(unknown === null ? [] : [unknown])].map(String)
  const field = 'none' in one ? 'message' : path.join('.')
  const detail = detailOf(one, field, unknown !== null)
  return fail('scriptFailed', `Message ${output} of the script has a wrong ${field}: ${detail}`, {
    values: { problem: 'badOutput', output, field, detail, line: 1, column: 1 },
  })
}

/** A topic has problems with names of their own; of the others, what fits there, as a type. */
const detailOf = (one: Collected, field: string, isUnknown: boolean): string => {
  if (field === 'topic') return topicProblemOf(one['topic'] ?? '')
  if (field === 'message') return '{ topic, payload, qos, retain, properties }'
  if (isUnknown) return '–'
  const [first = '', second = ''] = field.split('.')
  return (first === 'properties' ? propertyTypes[second] : types[first]) ?? types['properties'] ?? ''
}

const topicProblemOf = (topic: unknown): string =>
  (typeof topic === 'string' ? topicNameProblem(topic)?.code : null) ?? 'string'

const types: Readonly<Record<string, string>> = {
  payload: 'string | Uint8Array | JSON',
  qos: '0 | 1 | 2',
  retain: 'true | false',
  properties:
    '{ contentType, responseTopic, correlationData, messageExpirySeconds, userProperties, payloadFormatIndicator }',
}

const propertyTypes: Readonly<Record<string, string>> = {
  payloadFormatIndicator: '0 | 1',
  contentType: 'string',
  responseTopic: 'topic',
  correlationData: 'string | Uint8Array',
  messageExpirySeconds: '0 – 4294967295',
  userProperties: '{ name: string } | [string, string][]',
}
