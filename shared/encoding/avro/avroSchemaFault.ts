import type { JsonProblem } from '#shared/mqtt/prettyJson'

/** Why a JSON text is no Avro schema. `name` says what it is about. */
export type AvroSchemaProblemCode =
  /** A type is neither a name, an object nor a list. */
  | 'notAType'
  /** A type is named that is none of Avro's and not declared before. */
  | 'unknownName'
  /** Two types of one full name, two fields or symbols of one name in their type. */
  | 'nameTwice'
  /** Names are letters, digits and underscores and begin with no digit; between dots, those of types. */
  | 'badName'
  /** An attribute is missing, or of the wrong kind. */
  | 'attribute'
  /** A union inside a union, or with two branches that data could not tell apart. */
  | 'badUnion'
  /** The default of a field is no value of its type; of a union, of none of its branches. */
  | 'badDefault'
  /** Types inside each other without an end, or more of them than a schema has. */
  | 'tooLarge'

export type AvroSchemaProblem =
  | ({ readonly problem: 'json' } & JsonProblem)
  | {
      readonly problem: 'schema'
      /** UTF-16 offset into the text. */
      readonly position: number
      readonly detail: AvroSchemaProblemCode
      readonly name: string
    }

/** Thrown while a schema is read; becomes its problem. */
export class AvroSchemaFault extends Error {
  constructor(
    readonly detail: AvroSchemaProblemCode,
    readonly position: number,
    readonly about: string,
  ) {
    super(`${detail} ${about} at ${position}`)
  }
}
