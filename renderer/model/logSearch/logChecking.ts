import { readSchema, type SchemaDocument } from '#shared/jsonSchema/schemaDocument'
import { filterMatches } from '#shared/mqtt/topicFilter'
import {
  isOutgoingAt,
  payloadAt,
  payloadBytesAt,
  type FrameNames,
  type MessageChunk,
} from '../messageLog/messageLogChunk'
import { checkPayload, type PayloadVerdict } from '../schemaCheck/checkPayload'
import { createLogDecoding } from './logDecoding'
import type { LogRules } from './logRules'
import { createTopicMemo } from './topicMemo'

/** Holds the messages of one log against the JSON Schemas of their topics. */
export interface LogChecking {
  /** Null = no schema is bound to its topic, or this client sent it: it comes back where it is subscribed to, and is to count once. */
  verdictAt(chunk: MessageChunk, index: number): PayloadVerdict | null
}

export const createLogChecking = (rules: LogRules, names: FrameNames): LogChecking => {
  const made = rules.checks.map(({ filter, schema }) => ({ filter, document: lazyDocument(schema) }))
  const ruleAt = createTopicMemo(names, (topic) => made.find(({ filter }) => filterMatches(filter, topic)) ?? null)
  const decoding = createLogDecoding(rules.decoding, names)
  return {
    verdictAt: (chunk, index) => {
      const rule = made.length === 0 || isOutgoingAt(chunk, index) ? null : ruleAt(chunk, index)
      if (!rule) return null
      const document = rule.document()
      const payload = payloadAt(chunk, index)
      // Of a payload of which only the head is here, nothing can be said.
      if (!document || payload.length < payloadBytesAt(chunk, index)) return 'unchecked'
      // What reads texts takes no memory that threads share.
      const own = payload.slice()
      return checkPayload(document, own, decoding.decoderAt(chunk, index)?.decode(own) ?? null)
    },
  }
}

const lazyDocument = (schema: string | null): (() => SchemaDocument | null) => {
  let made: { readonly document: SchemaDocument | null } | null = null
  const read = () => {
    const known = schema === null ? null : readSchema(schema)
    return known?.ok ? known.document : null
  }
  return () => (made ??= { document: read() }).document
}

/** A pattern of a schema may take centuries over one text, and nothing interrupts it. */
export const hasPatterns = ({ checks }: LogRules): boolean =>
  checks.some(({ schema }) => schema !== null && /"pattern(?:Properties)?"\s*:/.test(schema))
