import type { RecordedMessage } from './recordedMessage'

/** A kind of file that messages can be written to. */
export interface RecordingWriter {
  readonly begin: () => Uint8Array
  readonly message: (message: RecordedMessage) => Uint8Array
  /** An event or a bookmark of a recording; null = this kind of file has no place for it. */
  readonly mark: ((json: string) => Uint8Array) | null
}
