import type { RecordingItem } from './recordedMessage'

/** A kind of recording that can be read. All are in `recordingFormats.ts`. */
export interface RecordingReader {
  /** As the command line names it. */
  readonly name: string
  /** Whether the content is of this kind; null = it is read only where it is named. */
  readonly isFor: ((head: RecordingHead) => boolean) | null
  /** In the order of the file. Never throws, whatever the bytes are. */
  readonly read: (bytes: Uint8Array) => Iterable<RecordingItem>
}

/** What the kind of a recording is known by. */
interface RecordingHead {
  readonly bytes: Uint8Array
  /** The first 64 KiB as UTF-8, without byte order mark and white space before it. */
  readonly text: string
  /** The first line of it that is not empty. */
  readonly firstLine: string
}
