import type { RecordedStretch } from '#shared/model/recordings'
import type { RecordingItem } from '#shared/recording/recordedMessage'
import { inTurns, type TurnLimits } from './inTurns'
import type { MessageSource } from './messageSource'
import type { RecordingFile } from './recordingFile'

/** What a recording that is open is read from: a file, or a stretch of what a connection keeps on disk. */
export interface RecordedContent {
  readonly name: string
  /** Of the file as it is on disk; of a stretch 0. */
  readonly bytes: number
  /** Milliseconds since 1970: for messages without a time, before one with a time came. */
  readonly modifiedAt: number
  readonly format: string
  /** Null = it is a file. */
  readonly stretch: RecordedStretch | null
  /** From the beginning on each call. Ends where `signal` is aborted; throws what reading throws. */
  pieces(options: PiecesOptions): AsyncIterable<readonly RecordingItem[]>
  close(): Promise<void>
}

interface PiecesOptions extends TurnLimits {
  /** How much of the file was read. */
  readonly onRead?: (bytes: number) => void
}

export const contentOfFile = (file: RecordingFile): RecordedContent => {
  const { name, bytes, modifiedAt, format } = file
  return {
    name,
    bytes,
    modifiedAt,
    format,
    stretch: null,
    pieces: ({ onRead = () => undefined, ...limits }) => inTurns(file.items(onRead), limits),
    close: file.close,
  }
}

export const contentOfStretch = (
  source: Required<MessageSource>,
  { name, stretch }: { readonly name: string; readonly stretch: RecordedStretch },
): RecordedContent => ({
  name,
  bytes: 0,
  modifiedAt: source.summary.to ?? 0,
  format: 'history',
  stretch,
  pieces: ({ signal }) => source.readItems({ signal }),
  close: source.close,
})
