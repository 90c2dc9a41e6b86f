import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'

/** Milliseconds that a row stays lit after its last message. */
const litMs = 600

/**
 * Lights a row up for a moment when a message came for what it stands for: its topic, and of a closed branch everything
 * below. A row that has just come into view stays dark. It writes an attribute and nothing else, so that the row is not
 * drawn again for its light, and it does not fade: an animation of each row in a flood halved the frames a second.
 */
export const useLitRow = (node: TopicNode): RefObject<HTMLDivElement | null> => {
  'use no memo' // Nodes are mutable: what they say must be read anew in every render.
  const row = useRef<HTMLDivElement>(null)
  const isClosed = node.children.length > 0 && !node.open
  const { ownMessages, subtreeMessages } = node
  const seen = useRef({ ownMessages, subtreeMessages })
  const light = useLight(row)
  useLayoutEffect(() => {
    const before = seen.current
    seen.current = { ownMessages, subtreeMessages }
    if (isClosed ? subtreeMessages > before.subtreeMessages : ownMessages > before.ownMessages) light()
  }, [isClosed, ownMessages, subtreeMessages, light])
  return row
}

/** Switches the light on; it goes out by itself, later for each message that comes meanwhile. */
const useLight = (row: RefObject<HTMLDivElement | null>): (() => void) => {
  const [light] = useState(() => createLight(row))
  useEffect(() => light.putOut, [light])
  return light.switchOn
}

const createLight = (row: RefObject<HTMLDivElement | null>) => {
  let until = 0
  let timer: ReturnType<typeof setTimeout> | null = null
  const goDark = () => {
    const left = until - performance.now()
    timer = left > 0 ? setTimeout(goDark, left) : null
    if (timer === null) row.current?.removeAttribute('data-lit')
  }
  return {
    switchOn: () => {
      until = performance.now() + litMs
      if (timer !== null) return
      row.current?.setAttribute('data-lit', 'true')
      timer = setTimeout(goDark, litMs)
    },
    putOut: () => {
      if (timer !== null) clearTimeout(timer)
      timer = null
    },
  }
}
