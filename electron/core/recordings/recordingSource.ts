import type { OpenedRecording } from '#shared/model/recordings'
import type { RecordedMessage, RecordingItem } from '#shared/recording/recordedMessage'
import { inTurns } from './inTurns'
import type { MessageSource } from './messageSource'
import { millisecondsOf } from './recordedWire'
import type { RecordingFile } from './recordingFile'

/** Short turns: messages that are sent meanwhile keep their times. */
const turn = { most: 500, turnMs: 1 } as const

/** The messages of a recording that is open, in the order of the file; it stays open when the source is closed. */
export const createRecordingSource = (file: RecordingFile, status: () => OpenedRecording): MessageSource => ({
  get summary() {
    const { messages, from, to } = status()
    return { messages, from, to }
  },
  async *read({ from = -Infinity, to = Infinity, signal }) {
    const isWanted = ({ time }: RecordedMessage) => {
      if (time === null) return true
      const at = millisecondsOf(time)
      return at >= from && at < to
    }
    const items = file.items(() => undefined)
    for await (const piece of inTurns(items, { ...turn, signal })) yield messagesIn(piece).filter(isWanted)
  },
  close: () => Promise.resolve(),
})

const messagesIn = (items: readonly RecordingItem[]): readonly RecordedMessage[] =>
  items.flatMap((item) => (item.kind === 'message' ? [item.message] : []))
