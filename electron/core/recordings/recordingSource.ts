import type { OpenedRecording } from '#shared/model/recordings'
import type { RecordedMessage, RecordingItem } from '#shared/recording/recordedMessage'
import { inTurns } from './inTurns'
import type { MessageSource, ReadMessagesOptions } from './messageSource'
import { millisecondsOf } from './recordedWire'
import type { RecordingFile } from './recordingFile'

/** Short turns: messages that are sent meanwhile keep their times. */
const turn = { most: 500, turnMs: 1 } as const

/** The messages of a recording that is open, in the order of the file; it stays open when the source is closed. */
export const createRecordingSource = (file: RecordingFile, status: () => OpenedRecording): MessageSource => {
  const readItems = async function* ({ from = -Infinity, to = Infinity, signal }: ReadMessagesOptions) {
    const isWanted = (item: RecordingItem) => {
      if (item.kind !== 'message' || item.message.time === null) return true
      const at = millisecondsOf(item.message.time)
      return at >= from && at < to
    }
    const items = file.items(() => undefined)
    for await (const piece of inTurns(items, { ...turn, signal })) yield piece.filter(isWanted)
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
