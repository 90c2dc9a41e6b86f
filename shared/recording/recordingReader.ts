import type { RecordingItem } from './recordedMessage'

/** A kind of recording that can be read. All are in `recordingFormats.ts`. */
export interface RecordingReader {
  /** As the command line names it. */
  readonly name: string
  /** Whether the content is of this kind; null = it is read only where it is named. */
  readonly isFor: ((head: RecordingHead) => boolean) | null
  /**
   * In the order of the file, which comes in pieces that may end anywhere; what is a line each is read as it comes. Never throws,
   * whatever the bytes are.
   */
  readonly read: (pieces: Iterable<Uint8Array>) => Iterable<RecordingItem>
}

/** What the kind of a recording is known by. */
interface RecordingHead {
  /** The first `headBytes` of the content. */
  readonly bytes: Uint8Array
  /** They as UTF-8, without byte order mark and white space before it. */
  readonly text: string
  /** The first line of it that is not empty. */
  readonly firstLine: string
  /** The first lines that are not empty: what another program wrote before a recording, or half a line, may come first. */
  readonly lines: readonly string[]
}
