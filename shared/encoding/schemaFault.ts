/** Why a JSON text cannot be written by a schema. `name` in the result says the type, field, symbol or branch it is about. */
export type SchemaProblemCode =
  /** The type to write is not in the schema. */
  | 'unknownType'
  /** An object has a key that is no field of its type. */
  | 'unknownField'
  /** A field stands twice, perhaps once by each of its names. */
  | 'fieldTwice'
  /** Two fields of one oneof stand side by side. */
  | 'oneofTwice'
  /** A field is missing that has to be there. */
  | 'missingField'
  /** Another kind of JSON value is wanted: `name` is the type. */
  | 'wrongKind'
  /** The number is outside the range of the type. */
  | 'outOfRange'
  /** The type has no fractions, or fewer digits behind the point. */
  | 'notWhole'
  /** The text is no symbol of the enum. */
  | 'unknownSymbol'
  /** The text is not of the form that the type is written in. */
  | 'badForm'
  /** The number of bytes is not that of the type. */
  | 'wrongSize'
  /** No branch of the union takes the value. */
  | 'noBranch'
  /** Several branches take it: an object with the name of one as its only key says which. */
  | 'severalBranches'

/** Thrown while JSON is written by a schema; becomes the problem of its text. */
export class SchemaFault extends Error {
  constructor(
    readonly detail: SchemaProblemCode,
    /** UTF-16 offset into the text. */
    readonly position: number,
    readonly about: string,
  ) {
    super(`${detail} ${about} at ${position}`)
  }
}
