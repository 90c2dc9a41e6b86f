import { useLayoutEffect, useRef, type RefObject } from 'react'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'

/**
 * Lights a row up for a moment when a message came for what it stands for: its topic, and of a closed branch everything
 * below. A row that has just come into view stays dark. It writes an attribute and nothing else, so that the row is not
 * drawn again for its light; the two values name two equal animations, because one starts anew only under another name.
 */
export const useLitRow = (node: TopicNode): RefObject<HTMLDivElement | null> => {
  'use no memo' // Nodes are mutable: what they say must be read anew in every render.
  const row = useRef<HTMLDivElement>(null)
  const isClosed = node.children.length > 0 && !node.open
  const { ownMessages, subtreeMessages } = node
  const seen = useRef({ ownMessages, subtreeMessages })
  useLayoutEffect(() => {
    const before = seen.current
    seen.current = { ownMessages, subtreeMessages }
    const came = isClosed ? subtreeMessages > before.subtreeMessages : ownMessages > before.ownMessages
    if (came && row.current) row.current.dataset['lit'] = row.current.dataset['lit'] === 'a' ? 'b' : 'a'
  }, [isClosed, ownMessages, subtreeMessages])
  return row
}
