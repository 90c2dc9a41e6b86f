import type { MouseEvent } from 'react'
import type { TopicIndex } from '../../../model/topicIndex/topicIndex'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'
import { useConnectionObject } from '../../../state/useConnection'
import type { TreeCursor } from '../keys/useTreeCursor'
import { treeViewState } from '../treeViewState'
import { isElement } from '../../../ui/elements'

interface RowClicks {
  /** What is under the pointer; null = the ground. */
  readonly nodeAt: (event: MouseEvent) => TopicNode | null
  readonly handleClick: (event: MouseEvent) => void
  readonly handleDoubleClick: (event: MouseEvent) => void
}

/**
 * Clicks by what is under them: a twisty opens and closes, a row is selected, the ground selects nothing. With Control or
 * Command a row is marked, with Shift all rows up to it.
 */
export const useRowClicks = (tree: TopicIndex, cursor: TreeCursor): RowClicks => {
  const connection = useConnectionObject()
  const nodeAt = (event: MouseEvent) => {
    const topic = targetOf(event)?.closest<HTMLElement>('[data-topic]')?.dataset['topic']
    return topic === undefined ? null : tree.find(topic)
  }
  const toggle = (node: TopicNode) => {
    const { openBranches, closeBranches } = connection.get(treeViewState)
    if (node.open) closeBranches([node.topic])
    else if (node.children.length > 0) openBranches([node.topic])
  }
  const mark = (node: TopicNode, shift: boolean) => {
    if (shift) cursor.marking.extendTo(node.row, cursor.active)
    else cursor.marking.toggle(node.topic)
    cursor.setActive(node.topic)
  }
  return {
    nodeAt,
    handleClick: (event) => {
      const node = nodeAt(event)
      if (node && isOnTwisty(event)) toggle(node)
      else if (node && isMarking(event)) mark(node, event.shiftKey)
      else cursor.select(node)
    },
    handleDoubleClick: (event) => {
      const node = nodeAt(event)
      if (node && !isOnTwisty(event) && !isMarking(event)) toggle(node)
    },
  }
}

const targetOf = ({ target }: MouseEvent) => (isElement(target) ? target : null)

const isOnTwisty = (event: MouseEvent) => targetOf(event)?.closest('[data-twisty="true"]') != null

const isMarking = ({ ctrlKey, metaKey, shiftKey }: MouseEvent) => ctrlKey || metaKey || shiftKey
