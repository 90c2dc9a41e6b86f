/** What of a file from outside is looked at. A file beyond says so and is not read. */
export const importLimits = {
  /** Bytes of a file. */
  bytes: 64 * 2 ** 20,
  /** Values inside each other. */
  depth: 100,
  /** Elements of XML. */
  elements: 500_000,
  /** Times that YAML may repeat a value by an alias. */
  aliases: 100,
  /** Characters of a cell. */
  cell: 16 * 2 ** 20,
  /** Rows of a table. */
  rows: 200_000,
  /** Connections of a file. */
  connections: 10_000,
} as const

export type UnreadableCode =
  | 'notReadable'
  | 'tooLarge'
  /** Within its size there is more than is looked at. */
  | 'tooMuch'
  | 'empty'
  | 'damaged'
  /** It is of no tool that is known. */
  | 'unknown'
  /** A newer Topicscope wrote it. */
  | 'newer'
  | 'wrongPassword'

/** Why a file cannot be read: by name, and in words for a terminal. */
export class UnreadableFile extends Error {
  readonly code: UnreadableCode

  constructor(code: UnreadableCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
