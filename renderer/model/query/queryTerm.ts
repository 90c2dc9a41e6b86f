// The language as a person types it: build/docs/query.md
import { flags } from '#shared/model/frame'
import type { JsonPath } from '#shared/json/jsonPath'

/** Marks of messages that can be asked for, with the flag each stands for. */
export const markFlags = {
  retained: flags.retain,
  redelivered: flags.dup,
  repeated: flags.repeat,
  copies: flags.copy,
} as const
export type LogMark = keyof typeof markFlags
export const logMarks = Object.keys(markFlags) as readonly LogMark[]

/** The properties of a PUBLISH (MQTT 5 §3.3.2.3) but user properties, by their names in the standard. */
export const propertyNames = [
  'payload-format-indicator',
  'message-expiry-interval',
  'content-type',
  'response-topic',
  'correlation-data',
  'subscription-identifier',
  'topic-alias',
] as const
export type PropertyName = (typeof propertyNames)[number]

/** Something of a message that may be there and has a value. */
export type FieldName =
  | { readonly source: 'payload'; readonly path: JsonPath }
  | { readonly source: 'property'; readonly name: PropertyName }
  | { readonly source: 'user'; readonly name: string }

/** `text` of a number is as it was typed: JSON numbers are compared digit by digit, not as doubles. */
export type FieldValue =
  | { readonly type: 'number'; readonly text: string }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'word'; readonly word: 'true' | 'false' | 'null' }

/** A regular expression of JavaScript, which is sound. */
export interface Pattern {
  readonly source: string
  readonly flags: string
}

export const comparisons = ['=', '!=', '<', '<=', '>', '>='] as const
export type Comparison = (typeof comparisons)[number]

export type FieldTest =
  | { readonly op: 'exists' }
  | { readonly op: 'contains'; readonly text: string }
  | { readonly op: Comparison; readonly value: FieldValue }
  | { readonly op: 'matches'; readonly pattern: Pattern }

/** Whole numbers, both ends included; `high` may be Infinity. */
export interface NumberRange {
  readonly low: number
  readonly high: number
}

export type TermTest =
  /** In topic or payload, any case. */
  | { readonly kind: 'text'; readonly text: string }
  /** In topic or payload. */
  | { readonly kind: 'regex'; readonly pattern: Pattern }
  /** A valid MQTT topic filter. */
  | { readonly kind: 'topic'; readonly filter: string }
  /** A topic and everything below it. */
  | { readonly kind: 'below'; readonly topic: string }
  | { readonly kind: 'direction'; readonly direction: 'in' | 'out' }
  | { readonly kind: 'mark'; readonly mark: LogMark }
  | { readonly kind: 'qos' | 'size'; readonly range: NumberRange }
  /** The alias or the filter of a subscription. */
  | { readonly kind: 'sub'; readonly name: string }
  /** A moment as it was typed, which `momentOf` reads. */
  | { readonly kind: 'after' | 'before'; readonly moment: string }
  | { readonly kind: 'last'; readonly milliseconds: number }
  | { readonly kind: 'schema'; readonly state: SchemaState }
  | { readonly kind: 'field'; readonly field: FieldName; readonly test: FieldTest }

/** What became of a received message that was held against the JSON Schema of its topic. */
export const schemaStates = ['invalid', 'valid', 'unchecked'] as const
export type SchemaState = (typeof schemaStates)[number]

/** One of the conditions that a message must meet, all together. */
export interface QueryTerm {
  /** The message must not meet the test. */
  readonly not: boolean
  readonly test: TermTest
}
