import { memberOf, type JsonNode } from '#shared/json/jsonTree'
import { Refusal } from './recordedMessage'

/** Null = there is none, or it is null. Numbers are their digits. */
export const textAt = (node: JsonNode, key: string): string | null => {
  const value = memberOf(node, key)
  return value?.kind === 'text' ? value.text : value?.kind === 'number' ? value.digits : null
}

/** A whole number of at least 0; null = there is none. */
export const countAt = (node: JsonNode, key: string): number | null => {
  const text = textAt(node, key)
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
}

/** `true`, 1 and their texts, as tools write a flag; absent is false. */
export const flagAt = (node: JsonNode, key: string): boolean => {
  const value = memberOf(node, key)
  if (value?.kind === 'constant') return value.value === true
  return /^(?:1|true|yes)$/i.test(textAt(node, key) ?? '')
}

/** Throws where a message has none. */
export const topicAt = (node: JsonNode): string => {
  const topic = memberOf(node, 'topic')
  if (topic?.kind !== 'text') throw new Refusal('noMessage', 'topic')
  return topic.text
}

/** Absent is 0; what is neither 0, 1 nor 2 is refused where the message is made. */
export const qosAt = (node: JsonNode): number => {
  const value = memberOf(node, 'qos')
  if (value === undefined || (value.kind === 'constant' && value.value === null)) return 0
  const text = textAt(node, 'qos') ?? ''
  if (!/^\d$/.test(text)) throw new Refusal('badQos', text)
  return Number(text)
}
