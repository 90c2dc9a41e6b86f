import type { IndexNode } from './topicIndexNode'
import { searchableValue } from './topicIndexValue'

/** Finds nodes by name or last value, a slice of the work per call. */
export interface TopicSearch {
  /** Works until `exhausted` says stop; true = more is left. A new text starts over; '' finds nothing. */
  advance(text: string, exhausted: () => boolean): boolean
  /** Another look at a value that changed. A node once found stays found until the text changes: rows do not flicker. */
  noteChange(node: IndexNode): void
  isHit(node: IndexNode): boolean
  /** Whether something below the node was found. */
  leadsToHit(node: IndexNode): boolean
  revision(): number
  clear(): void
}

const nodesPerLook = 64

export const createTopicSearch = (nodes: readonly IndexNode[]): TopicSearch => {
  let changed: IndexNode[] = []
  /** Goes up with every new text, and makes what earlier ones found forgotten. */
  let searchNumber = 1
  let text = ''
  let cursor = 0
  let revision = 0

  const forget = () => {
    for (const node of changed) node.queued = false
    changed = []
    searchNumber++
    cursor = 0
    revision++
  }
  const look = (node: IndexNode) => {
    if (node.foundBy === searchNumber || !matches(node, text)) return
    node.foundBy = searchNumber
    for (let above = node.parent; above && above.leadsFor !== searchNumber; above = above.parent)
      above.leadsFor = searchNumber
    revision++
  }
  const lookAtSome = () => {
    for (let looked = 0; looked < nodesPerLook; looked++) {
      const node = cursor < nodes.length ? nodes[cursor++] : changed.pop()
      if (!node) return
      node.queued = false
      look(node)
    }
  }
  return {
    advance: (wanted, exhausted) => {
      if (wanted !== text) {
        forget()
        text = wanted
      }
      if (text === '') return false
      while (cursor < nodes.length || changed.length > 0) {
        lookAtSome()
        if (exhausted()) break
      }
      return cursor < nodes.length || changed.length > 0
    },
    noteChange: (node) => {
      if (text === '' || node.queued || node.foundBy === searchNumber) return
      node.queued = true
      changed.push(node)
    },
    isHit: (node) => node.foundBy === searchNumber,
    leadsToHit: (node) => node.leadsFor === searchNumber,
    revision: () => revision,
    clear: () => {
      forget()
      text = ''
    },
  }
}

/** A text with slashes may span levels: the node where it ends is the one it names. */
const nameMatches = (node: IndexNode, text: string): boolean => {
  const topic = node.topic.toLowerCase()
  const found = topic.lastIndexOf(text)
  return found >= 0 && found + text.length >= topic.length - node.level.length
}

const matches = (node: IndexNode, text: string): boolean =>
  nameMatches(node, text) || (node.ownMessages > 0 && searchableValue(node).toLowerCase().includes(text))
