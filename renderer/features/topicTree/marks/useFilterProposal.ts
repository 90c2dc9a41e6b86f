import { useCallback, useMemo, useRef, useState } from 'react'
import type { TopicIndex } from '../../../model/topicIndex/topicIndex'
import { useSlicedWork } from '../../../state/useSlicedWork'
import { createFilterProposer, type FilterProposal } from './filterProposal'
import type { RowMarks } from './rowMarks'

interface ProposalQuestion {
  readonly tree: TopicIndex
  readonly marks: RowMarks
  /** Changes once a second: topics that arrive make the proposal anew no more often. */
  readonly now: number
}

interface ProposalAnswer {
  /** The marks it is for: perhaps those from before. */
  readonly marks: RowMarks
  readonly proposal: Exclude<FilterProposal, { readonly phase: 'finding' }>
}

/** The latest proposal that says something; null before the first. */
export const useFilterProposal = ({ tree, marks, now }: ProposalQuestion): ProposalAnswer | null => {
  const proposer = useMemo(() => createFilterProposer(tree), [tree])
  const [answer, setAnswer] = useState<ProposalAnswer | null>(null)
  const latest = useRef<FilterProposal | null>(null)
  const slice = useCallback(() => {
    const proposal = proposer.proposalFor(marks, now)
    if (proposal.phase !== 'finding' && proposal !== latest.current) {
      latest.current = proposal
      setAnswer({ marks, proposal })
    }
    return proposal.pending
  }, [proposer, marks, now])
  useSlicedWork(slice)
  return answer
}
