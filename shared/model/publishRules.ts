import { z } from 'zod'
import { maximumTopicBytes, topicNameProblem, utf8Length } from '#shared/mqtt/topicFilter'
import type { AppError } from '#shared/result'
import { refuse } from '#shared/schemaIssue'
import { bytesSchema } from './bytes'

/** MQTT 5 §1.5.4 and §1.5.6: strings and binary data have a length of two bytes. */
const largestFieldBytes = maximumTopicBytes
/** MQTT 5 §3.3.2.3.3: four bytes. */
const highestExpirySeconds = 4_294_967_295

export type MqttTextProblem = 'noNul' | 'tooLong'

/** Why a text cannot be an MQTT string (§1.5.4), or null. */
export const mqttTextProblem = (text: string): MqttTextProblem | null => {
  if (text.includes('\0')) return 'noNul'
  return utf8Length(text) > largestFieldBytes ? 'tooLong' : null
}

/** Why bytes cannot be binary data of MQTT (§1.5.6), or null. */
export const mqttBytesProblem = (bytes: Uint8Array): 'tooLong' | null =>
  bytes.length > largestFieldBytes ? 'tooLong' : null

/** A string of a PUBLISH property. */
export const mqttTextSchema = z.string().superRefine((text, context) => {
  const problem = mqttTextProblem(text)
  if (problem === 'noNul') refuse(context, { code: 'invalidInput', message: 'It contains U+0000 (MQTT 5 §1.5.4).' })
  if (problem === 'tooLong') refuse(context, tooLong(utf8Length(text)))
})

/** Binary data of a PUBLISH property. */
export const mqttBytesSchema = bytesSchema.superRefine((bytes, context) => {
  // What is no bytes at all comes here as well.
  if (bytes instanceof Uint8Array && mqttBytesProblem(bytes)) refuse(context, tooLong(bytes.length))
})

/** Seconds after which a server forgets a message. */
export const messageExpirySchema = z.number().int().min(0).max(highestExpirySeconds)

/** What a message can be published to, or answered to: MQTT 5 §3.3.2.1 and §3.3.2.3.5 want a topic name. */
export const topicNameSchema = z.string().superRefine((topic, context) => {
  const problem = topicNameProblem(topic)
  if (!problem) return
  const values = { detail: problem.code, column: problem.column }
  refuse(context, { code: 'topicInvalid', message: `It is not a topic name: ${problem.code}.`, values })
})

const tooLong = (size: number): AppError => ({
  code: 'invalidInput',
  message: `It has ${size} bytes; at most ${largestFieldBytes} fit (MQTT 5 §1.5.4).`,
  values: { size, limit: largestFieldBytes },
})
