import { useRef, type MouseEvent } from 'react'
import { useContextMenu } from '../../../actions/useContextMenu'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'
import { useConnectionObject } from '../../../state/useConnection'
import type { MenuEntry } from '../../../ui/menus'

interface MenuPlace {
  readonly nodeAt: (event: MouseEvent) => TopicNode | null
  /** The node at the keyboard's cursor. */
  readonly activeNode: TopicNode | undefined
  readonly setActive: (topic: string) => void
}

interface RowMenu {
  readonly openMenu: () => readonly MenuEntry[]
  /** Called before the menu opens. */
  readonly noteMenuTarget: (event: MouseEvent) => void
}

/** The menu of the row under the pointer, or of the cursor's. */
export const useRowMenu = ({ nodeAt, activeNode, setActive }: MenuPlace): RowMenu => {
  const connection = useConnectionObject()
  const menuOf = useContextMenu('topic')
  const menuNode = useRef<TopicNode | null>(null)
  return {
    openMenu: () => {
      const node = menuNode.current ?? activeNode
      return node ? menuOf({ connection, node }) : []
    },
    noteMenuTarget: (event) => {
      // The keyboard's menu comes with the tree as its target: it speaks of the cursor's row.
      menuNode.current = nodeAt(event)
      if (menuNode.current) setActive(menuNode.current.topic)
    },
  }
}
