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
  /** Pixels of rows above the view. */
  readonly top: number
  readonly scrollTo: (top: number) => void
}

/** Keeps the first visible row where it is while rows come and go above it. */
export const useScrollAnchor = (anchored: AnchoredRows): void => {
  const { visible, rowHeight, holdTop, subject, top, scrollTo } = anchored
  const { rows, reordered } = visible
  const anchor = useRef<Anchor | null>(null)
  const before = useRef({ rows, reordered, subject })
  // Before painting, so that the rows are never seen elsewhere. Where it scrolls, it comes here once more.
  useLayoutEffect(() => {
    const known = before.current
    before.current = { rows, reordered, subject }
    const kept = anchor.current
    if (known.subject !== subject) scrollTo(0)
    else if (known.rows !== rows) {
      const isHeld = known.reordered === reordered && (top > 0 || holdTop)
      const isThere = kept !== null && rows[kept.node.row] === kept.node
      const wanted = isHeld && isThere ? kept.node.row * rowHeight + kept.offset : top
      // Fewer rows may end above where the view was: it stays where it came to, also when there are more again.
      if (wanted !== top || rows.length < known.rows.length) scrollTo(wanted)
    }
    const node = rows[Math.floor(top / rowHeight)]
    anchor.current = node ? { node, offset: top % rowHeight } : null
  })
}
