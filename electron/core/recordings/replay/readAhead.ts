import type { RecordedMessage } from '#shared/recording/recordedMessage'
import type { AppError } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import type { Replayed } from './replayedMessage'

interface NextReplayed {
  readonly recorded: RecordedMessage
  readonly replayed: Replayed
}

/** Messages that were read before they are due, so that none is late because of the disk. */
export interface ReadAhead {
  /** Null = it is not read yet, or there is none. */
  peek(): NextReplayed | null
  take(): void
  /** All were taken. */
  isDone(): boolean
}

export interface ReadAheadParts {
  readonly messages: AsyncIterable<readonly RecordedMessage[]>
  readonly madeOf: (message: RecordedMessage) => Replayed
  /** There is a next one where there was none. */
  readonly onMore: () => void
  readonly onEnd: () => void
  readonly onFailure: (error: AppError) => void
}

/** So many are made ready; then reading waits until half of them are taken. */
const mostAhead = 4_000

export const createReadAhead = ({ messages, madeOf, onMore, onEnd, onFailure }: ReadAheadParts): ReadAhead => {
  let ready: NextReplayed[] = []
  let at = 0
  let isEnded = false
  let goOn: (() => void) | null = null
  const left = () => ready.length - at
  const readAll = async () => {
    for await (const piece of messages) {
      const wasEmpty = left() === 0
      for (const recorded of piece) ready.push({ recorded, replayed: madeOf(recorded) })
      if (wasEmpty && left() > 0) onMore()
      if (left() >= mostAhead) await new Promise<void>((resolve) => (goOn = resolve))
    }
    isEnded = true
    onEnd()
  }
  readAll().catch((thrown: unknown) => {
    isEnded = true
    const detail = messageOf(thrown)
    onFailure({ code: 'fileUnreadable', message: detail, values: { name: '', detail } })
  })
  return {
    peek: () => ready[at] ?? null,
    take: () => {
      at += 1
      if (at >= mostAhead) {
        ready = ready.slice(at)
        at = 0
      }
      if (left() > mostAhead / 2) return
      goOn?.()
      goOn = null
    },
    isDone: () => isEnded && left() === 0,
  }
}
