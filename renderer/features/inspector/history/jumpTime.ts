import type { MessageLog } from '../../../model/messageLog/messageLog'
import { readDuration, momentOf } from '../../../model/query/readTimes'
import type { TopicHistory } from './topicHistory'

/** `14:03`, `2026-12-01 14:03`, or so long ago: `-10m`. Milliseconds since 1970; null = it is no time. */
export const jumpTimeOf = (text: string, now: number): number | null => {
  const typed = text.trim()
  if (typed === '') return null
  if (!typed.startsWith('-')) return momentOf(typed, { key: 'after', now })
  const ago = readDuration(typed, 1)
  return 'value' in ago && ago.end === typed.length ? now - ago.value : null
}

/** The place of the message that came at a time or first after it, else of the last one; -1 = there is none. */
export const placeAtTime = (history: TopicHistory, log: Pick<MessageLog, 'rowAt'>, time: number): number => {
  let [from, to] = [0, history.count()]
  while (from < to) {
    const middle = (from + to) >> 1
    const found = log.rowAt(history.rowAt(middle))
    if (found?.kind === 'message' && found.message.time < time) from = middle + 1
    else to = middle
  }
  return Math.min(from, history.count() - 1)
}
