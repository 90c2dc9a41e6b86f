import type { RecordedMessage } from './recordedMessage'

/** A message to be written, with what may stand beside it. */
export interface WrittenMessage extends RecordedMessage {
  /** JSON of what its payload was decoded to; null = nothing says how, or it cannot be. Absent = nobody asked. */
  readonly decoded?: string | null
  /** Length of the whole payload, of which only the beginning is here. */
  readonly payloadBytes?: number
  /** A further copy, which the broker sent for another subscription: it was published once. */
  readonly copy?: boolean
}

export interface WritingOptions {
  /** What payloads were decoded to stands beside them, where the kind of file has a place for it. */
  readonly decoded: boolean
}

export const nothingBeside: WritingOptions = { decoded: false }

/** A kind of file that messages can be written to. */
export interface RecordingWriter {
  readonly begin: () => Uint8Array
  /** What is to be written now: some kinds gather messages, and write many at once. */
  readonly message: (message: WrittenMessage) => Uint8Array
  /** An event or a bookmark of a recording; null = this kind of file has no place for it. */
  readonly mark: ((json: string) => Uint8Array) | null
  /** What stands at the end; absent = nothing does. */
  readonly end?: () => Uint8Array
}
