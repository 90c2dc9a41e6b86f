import type { OpenedRecording } from '#shared/model/recordings'
import type { RecordedMessage, RecordingItem } from '#shared/recording/recordedMessage'
import type { MessageSource, ReadMessagesOptions } from './messageSource'
import { millisecondsOf } from './recordedWire'
import type { RecordedContent } from './recordedContent'

/** Short turns: messages that are sent meanwhile keep their times. */
const turn = { most: 500, turnMs: 1 } as const

/** The messages of a recording that is open, in its order; it stays open when the source is closed. */
export const createRecordingSource = (content: RecordedContent, status: () => OpenedRecording): MessageSource => {
  const readItems = async function* ({ from = -Infinity, to = Infinity, signal }: ReadMessagesOptions) {
    const isWanted = (item: RecordingItem) => {
      if (item.kind !== 'message' || item.message.time === null) return true
      const at = millisecondsOf(item.message.time)
      return at >= from && at < to
    }
    for await (const piece of content.pieces({ ...turn, signal })) yield piece.filter(isWanted)
  }
  return {
    get summary() {
      const { messages, from, to } = status()
      return { messages, from, to }
    },
    readItems,
    async *read(options) {
      for await (const piece of readItems(options)) yield messagesIn(piece)
    },
    close: () => Promise.resolve(),
  }
}

const messagesIn = (items: readonly RecordingItem[]): readonly RecordedMessage[] =>
  items.flatMap((item) => (item.kind === 'message' ? [item.message] : []))
