import type { JsonProblem } from '#shared/mqtt/prettyJson'
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
  /** Decompressed they are more than are looked at. */
  | 'tooLarge'
  /** A byte that begins nothing: reserved in CBOR, never used in MessagePack. */
  | 'badStart'
  /** CBOR: a break where nothing is open, and a chunk of another kind than its string. */
  | 'badBreak'
  | 'badChunk'
  /** A text that is not of its charset. */
  | 'notInCharset'
  /** A text, or a format in front of another, that is not what it should be. */
  | 'notANumber'
  | 'notHex'
  | 'notBase64'
  | 'badCompression'
  | 'badCsv'
  | 'notXml'
  | 'notInfluxLine'
  | 'notJwt'
  | 'notAnImage'
  | JsonProblem['detail']

/** Thrown while bytes are read; becomes the fault of the payload. */
export class DecodingFault extends Error {
  constructor(
    readonly reason: DecodingReason,
    /** The byte to blame. */
    readonly offset: number,
    /** In the words of who found it. */
    readonly detail?: string,
  ) {
    super(`${reason} at byte ${offset}`)
  }
}

/** The values of a payload, which has several in a stream; or the byte where it cannot be read on. */
export type DecodedPayload =
  | { readonly ok: true; readonly nodes: readonly PayloadNode[] }
  | { readonly ok: false; readonly reason: DecodingReason; readonly offset: number; readonly detail?: string }

export const decodedPayload = (read: () => readonly PayloadNode[]): DecodedPayload => {
  try {
    return { ok: true, nodes: read() }
  } catch (error) {
    if (!(error instanceof DecodingFault)) throw error
    const { reason, offset, detail } = error
    return detail === undefined ? { ok: false, reason, offset } : { ok: false, reason, offset, detail }
  }
}
