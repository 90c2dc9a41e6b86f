/**
 * A value of a structured payload as it was sent, and the bytes it stands in: what tree, hex marks, difference, query and charts are
 * made of, whatever the encoding. `nodeJson` writes one as JSON.
 */
export type PayloadNode = NodePlace & NodeValue

interface NodePlace {
  /** As the encoding or its schema calls it: `uint32`, `repeated string`, `example.Reading`. */
  readonly type: string
  /** In the payload. Of a list that is sent in several parts, from the first to the end of the last. */
  readonly offset: number
  readonly length: number
  /** What it means where the value does not say it, e.g. the time of a number. */
  readonly reading?: string
}

type NodeValue =
  /** All digits of an integer, the fewest that mean the same float; of a text as it is written. Also NaN, Infinity, -Infinity. */
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'constant'; readonly value: boolean | null }
  | { readonly kind: 'undefined' }
  /** A value of CBOR that has a number and no meaning (RFC 8949 §3.3). */
  | { readonly kind: 'simple'; readonly code: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** One of an enum: its name, and the number that was sent. */
  | { readonly kind: 'symbol'; readonly text: string; readonly digits: string }
  | { readonly kind: 'list'; readonly items: readonly PayloadNode[] }
  /** In the order they were sent in, also those of one name. */
  | { readonly kind: 'map'; readonly members: readonly NodeMember[] }
  | { readonly kind: 'tagged'; readonly tag: string; readonly content: PayloadNode }
  | { readonly kind: 'extension'; readonly code: number; readonly bytes: Uint8Array }

export interface NodeMember {
  readonly name: string
  /** What names it in the bytes: a text, or the tag (and length) of a field. null = only the schema has its name. */
  readonly key: PayloadNode | null
  readonly value: PayloadNode
}
