import { useMemo } from 'react'
import type { MessageLog } from '../../../model/messageLog/messageLog'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { comparisonState } from '../../../state/comparison'
import { useConnection } from '../../../state/useConnection'
import type { TopicHistory } from '../history/topicHistory'
import { sameBytes } from '../sameBytes'
import { valueDifferenceOf } from './difference'

/** Comparing two JSON texts of this length costs a millisecond, which every message that is followed may. */
const mostBytes = 16 * 1_024

/**
 * How many values of its JSON differ from what the message is compared with, so that one sees it without looking; null =
 * that is not known at no cost: the message before is not found yet, is no JSON or large.
 */
export const useChangeCount = (message: MessageView, log: MessageLog, history: TopicHistory): number | null => {
  const chosen = useConnection(comparisonState, (state) => state.comparedWith)
  const row = log.rowOfSequence(message.sequence)
  const place = row === null ? 0 : history.placeOf(row)
  const before = place === 0 || chosen ? null : history.rowAt(place - 1)
  return useMemo(() => {
    const found = before === null ? null : log.rowAt(before)
    const other = chosen ?? (found?.kind === 'message' ? found.message : null)
    return other && countChanges(other, message)
  }, [log, message, chosen, before])
}

const countChanges = (before: MessageView, after: MessageView): number | null => {
  if (Math.max(before.payloadBytes, after.payloadBytes) > mostBytes) return null
  if (sameBytes(before.payload, after.payload)) return 0
  return valueDifferenceOf(before.payload, after.payload)?.length ?? null
}
