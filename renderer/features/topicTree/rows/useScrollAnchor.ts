import { useLayoutEffect, useRef } from 'react'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'
import type { VisibleRows } from '../../../model/topicIndex/topicIndexRows'

interface Anchor {
  readonly node: TopicNode
  /** Pixels of it that are scrolled away. */
  readonly offset: number
}

interface AnchoredRows {
  readonly visible: VisibleRows
  readonly rowHeight: number
  /** At the very top new rows may push the others down, unless somebody works with what is there. */
  readonly holdTop: boolean
  /** Other rows altogether when this changes: start at the top. */
  readonly subject: string
  readonly scrollTop: () => number
  readonly scrollTo: (top: number) => void
}

/** Keeps the first visible row where it is while rows come and go above it. Answers the scroll listener. */
export const useScrollAnchor = (anchored: AnchoredRows): (() => void) => {
  const { visible, rowHeight, holdTop, subject, scrollTop, scrollTo } = anchored
  const { rows, reordered } = visible
  const anchor = useRef<Anchor | null>(null)
  const before = useRef({ rows, reordered, subject })

  const remember = () => {
    const top = scrollTop()
    const node = rows[Math.floor(top / rowHeight)]
    anchor.current = node ? { node, offset: top % rowHeight } : null
  }
  // Before painting, so that the rows are never seen elsewhere.
  useLayoutEffect(() => {
    const known = before.current
    if (known.rows === rows && known.subject === subject) return
    before.current = { rows, reordered, subject }
    const kept = anchor.current
    const top = scrollTop()
    if (known.subject !== subject) scrollTo(0)
    else if (kept && rows[kept.node.row] === kept.node && known.reordered === reordered && (top > 0 || holdTop)) {
      const wanted = kept.node.row * rowHeight + kept.offset
      if (wanted !== top) scrollTo(wanted)
    }
    remember()
  })
  return remember
}
