import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import { filterMatches } from '#shared/mqtt/topicFilter'
import { decoderOf, plainDecoder, type DecodingRule, type RuleDecoder } from '../decoding/ruleDecoder'
import { foundDecoder } from '../decoding/withoutRule'
import { payloadAt, propertiesAt, type FrameNames, type MessageChunk } from '../messageLog/messageLogChunk'
import { createTopicMemo } from './topicMemo'

/** How the payloads of one log are decoded. */
export interface LogDecoding {
  /** Null = nothing says how: it is read as it is. */
  decoderAt(chunk: MessageChunk, index: number): RuleDecoder | null
}

/** By rules, in the order in which they are asked; where none counts, by what is found in the message. */
export const createLogDecoding = (rules: readonly DecodingRule[], names: FrameNames): LogDecoding => {
  const made = rules.map((rule) => ({ filter: rule.filter, decoder: lazily(() => decoderOf(rule)) }))
  const plain = new Map<string, RuleDecoder | null>()

  const byTopic = (topic: string): RuleDecoder | null =>
    made.find(({ filter }) => filterMatches(filter, topic))?.decoder() ?? null
  const byRule = createTopicMemo(names, byTopic)
  const byFound = (chunk: MessageChunk, index: number): RuleDecoder | null => {
    const properties = propertiesAt(chunk, index)
    const found = foundDecoder(
      payloadAt(chunk, index),
      properties.length === 0 ? null : decodePublishProperties(properties),
    )
    if (!found) return null
    const known = plain.get(found.decoder)
    if (known !== undefined) return known
    const decoder = plainDecoder(found.decoder)
    plain.set(found.decoder, decoder)
    return decoder
  }
  return {
    decoderAt: (chunk, index) => (made.length === 0 ? null : byRule(chunk, index)) ?? byFound(chunk, index),
  }
}

const lazily = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null
  return () => (made ??= { value: make() }).value
}
