import { useCallback, useMemo, useReducer, useState } from 'react'
import type { FoundNodes, FoundSpan } from '../../../decode/find/finder'
import type { PayloadContent } from '../../../decode/payloadView'
import { useApp } from '../../../state/useApp'
import { useSlicedWork } from '../../../state/useSlicedWork'
import { inspectorState } from '../inspectorState'

/** How long a frame may look for hits: leaves room to draw. */
const searchMilliseconds = 6

/** Where the view should go: to this line, once for each turn. */
interface GoTo {
  readonly line: number
  readonly turn: number
}

export interface Find {
  readonly count: number
  /** There may be more hits than were counted. */
  readonly isLeast: boolean
  /** The hit that is shown; -1 = there is none. */
  readonly current: number
  readonly goTo: GoTo | null
  readonly spansIn: (line: number) => readonly FoundSpan[]
  /** Which nodes its lines are, in a tree. */
  readonly inTree: FoundNodes | null
  /** To the hit so many after the shown one; after the last comes the first. */
  readonly move: (by: number) => void
}

const none: readonly FoundSpan[] = []

/** What a person looks for, in the payload that is shown and in whatever view it is. */
export const useFind = (content: PayloadContent): Find => {
  const { isOpen, query, turn: asked } = useApp(inspectorState, (state) => state.finding)
  const [chosen, setChosen] = useState({ query, hit: 0 })
  const [moves, countMove] = useReducer((before: number) => before + 1, 0)
  const [, draw] = useReducer((before: number) => before + 1, 0)
  const finder = useMemo(() => (isOpen ? content.find(query) : null), [isOpen, content, query])
  const search = useCallback(() => {
    if (!finder) return false
    const isDone = finder.advance(searchMilliseconds)
    draw()
    return !isDone
  }, [finder])
  useSlicedWork(search)
  const count = finder?.count() ?? 0
  // Another text is looked for from the top.
  const current = Math.min(chosen.query === query ? chosen.hit : 0, count - 1)
  const line = finder && current >= 0 ? finder.lineOf(current) : -1
  const turn = asked + moves
  const goTo = useMemo(() => (line < 0 ? null : { line, turn }), [line, turn])
  return {
    count,
    isLeast: finder?.isCut() ?? false,
    current,
    goTo,
    spansIn: (at) => finder?.spansIn(at) ?? none,
    inTree: finder?.inTree ?? null,
    move: (by) => {
      if (count === 0) return
      setChosen({ query, hit: (current + by + count) % count })
      countMove()
    },
  }
}
