import { useEffect, useRef, useState } from 'react'
import type { TopicIndex } from '../../../model/topicIndex/topicIndex'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'
import { probeState, type ProbeState } from '../../../state/probe'
import { useConnection } from '../../../state/useConnection'

interface ProbedRows {
  readonly tree: TopicIndex
  readonly rows: readonly TopicNode[]
  readonly reveal: (row: number) => void
}

/**
 * Scrolls to the first topic that a filter matches, or to the closed branch that holds it, once the filter was held against
 * all topics. Topics that come later do not scroll. Answers the row it scrolled to; -1 = none, or it is not there any more.
 */
export const useRevealedProbe = ({ tree, rows, reveal }: ProbedRows): number => {
  const [revealed, setRevealed] = useState<TopicNode | null>(null)
  const question = useConnection(probeState, questionOf)
  const isAnswered = useConnection(probeState, ({ answer }) => answer !== null && !answer.pending && answer.topics > 0)
  const latest = useRef(reveal)
  // What was probed when the tree came up does not scroll: the place it was left at is kept.
  const seen = useRef(question)
  useEffect(() => {
    latest.current = reveal
  })
  useEffect(() => {
    if (!isAnswered || question === seen.current) return
    const first = rows.findIndex((node) => tree.isProbed(node) || (!node.open && tree.leadsToProbed(node)))
    if (first < 0) return
    seen.current = question
    latest.current(first)
    setRevealed(rows[first] ?? null)
  }, [question, isAnswered, tree, rows])
  return revealed && rows[revealed.row] === revealed ? revealed.row : -1
}

const questionOf = ({ filter, only }: ProbeState): string => `${only} ${filter}`
