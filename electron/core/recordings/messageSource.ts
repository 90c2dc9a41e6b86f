import type { RecordedMessage, RecordingItem } from '#shared/recording/recordedMessage'

/** Recorded messages in the order of their times; read piece by piece, at the reader's pace. */
export interface MessageSource {
  readonly summary: MessageSourceSummary
  /**
   * From the beginning on each call. Ends where `signal` is aborted, without an error; throws what reading throws. A piece is so
   * small (at most some thousand messages) that whoever gets it can do something else in between.
   */
  readonly read: (options: ReadMessagesOptions) => AsyncIterable<readonly RecordedMessage[]>
  /**
   * The same with the events and bookmarks between the messages, and with what could not be read; absent = there is nothing but
   * messages. From the beginning; marks have no part in `from` and `to`.
   */
  readonly readItems?: (options: ReadMessagesOptions) => AsyncIterable<readonly RecordingItem[]>
  /** Lets go of files. Nothing is read after that. */
  readonly close: () => Promise<void>
}

interface MessageSourceSummary {
  readonly messages: number
  /** The first and the last time in it, in milliseconds since 1970; null = no message has one. */
  readonly from: number | null
  readonly to: number | null
}

export interface ReadMessagesOptions {
  /** Milliseconds since 1970: messages from then on, and before then. A message without a time is read whatever these are. */
  readonly from?: number
  readonly to?: number
  readonly signal: AbortSignal
}
