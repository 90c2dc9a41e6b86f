import { useCallback, useMemo, useReducer } from 'react'
import type { MessageLog } from '../../../model/messageLog/messageLog'
import { messagesState } from '../../../state/messages'
import { useConnection } from '../../../state/useConnection'
import { useSlicedWork } from '../../../state/useSlicedWork'
import { createTopicHistory, type TopicHistory } from './topicHistory'

/** How long a frame may look for messages: leaves most of it to the rest of the window. */
const searchMilliseconds = 4

/** The kept messages of a topic; of a long log more with every frame until all are found. Draws anew with each batch. */
export const useTopicHistory = (log: MessageLog, topic: string): TopicHistory => {
  const revision = useConnection(messagesState, (state) => state.revision)
  const history = useMemo(() => createTopicHistory(log, topic), [log, topic])
  const [, draw] = useReducer((turn: number) => turn + 1, 0)
  const search = useCallback(() => {
    const before = stateOf(history)
    const isDone = history.advance(searchMilliseconds)
    if (stateOf(history) !== before) draw()
    return !isDone
  }, [history])
  useSlicedWork(search, revision)
  return history
}

/** Everything of it that is drawn: messages that come and go keep the count, and move the last row. */
const stateOf = (history: TopicHistory): string =>
  `${history.count()} ${history.rowAt(history.count() - 1)} ${history.isComplete()}`
