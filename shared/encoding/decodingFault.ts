import type { PayloadNode } from './payloadNode'

/** Why bytes cannot be read as what a rule or a person says they are. */
export type DecodingReason =
  /** They end inside of a value, or before the length that stands in them. */
  | 'cutShort'
  /** They go on behind the value. */
  | 'leftOver'
  /** An integer of more bits than any has. */
  | 'badInteger'
  /** A field number or a way to end that Protobuf does not have. */
  | 'badTag'
  /** A group ends that did not begin, or does not end. */
  | 'badGroup'
  /** A length below zero. */
  | 'badLength'
  /** A text that is not UTF-8. */
  | 'notUtf8'
  /** A boolean that is neither 0 nor 1. */
  | 'badBoolean'
  /** A number beyond the type that the schema has. */
  | 'outOfRange'
  /** The schema has no branch or no symbol of this number. */
  | 'unknownBranch'
  | 'unknownSymbol'
  /** The type to read is not in the schema. */
  | 'unknownType'
  /** They do not begin as the framing does, or were written by another schema. */
  | 'badFraming'
  | 'otherSchema'
  /** Limits: levels inside each other, and values in all. */
  | 'tooDeep'
  | 'tooMany'

/** Thrown while bytes are read; becomes the fault of the payload. */
export class DecodingFault extends Error {
  constructor(
    readonly reason: DecodingReason,
    /** The byte to blame. */
    readonly offset: number,
  ) {
    super(`${reason} at byte ${offset}`)
  }
}

/** The values of a payload, which has several in a stream; or the byte where it cannot be read on. */
export type DecodedPayload =
  | { readonly ok: true; readonly values: readonly PayloadNode[] }
  | { readonly ok: false; readonly reason: DecodingReason; readonly offset: number }

export const decodedPayload = (read: () => readonly PayloadNode[]): DecodedPayload => {
  try {
    return { ok: true, values: read() }
  } catch (error) {
    if (!(error instanceof DecodingFault)) throw error
    return { ok: false, reason: error.reason, offset: error.offset }
  }
}
