import { useEffect, useId, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { AskedSince } from '../../../model/askedSince'
import { selectionState, selectSelectedTopic } from '../../../state/selection'
import { useConnection } from '../../../state/useConnection'
import { useEditScope } from '../../../ui/editScopes'
import { ContextMenu } from '../../../ui/menus'
import { useTreeCursor } from '../keys/useTreeCursor'
import { useRowMenu } from '../menus/useRowMenu'
import styles from '../topicTree.module.css'
import { useSecondsBelow } from '../traffic/useSecondsBelow'
import { selectTreeView, treeViewState } from '../treeViewState'
import { DrawnRows } from './DrawnRows'
import { useRowClicks } from './useRowClicks'
import { rowHeight, useActiveInView, useKeptScroll, useRevealedSelection, useRowWindow } from './useRowWindow'
import { useScrollAnchor } from './useScrollAnchor'
import type { TreeRows } from './useTreeRows'

export interface TopicTreeProps extends TreeRows {
  readonly now: number
  readonly askedSince: AskedSince
  readonly hovered: boolean
  readonly onHover: (hovered: boolean) => void
}

/** The topics of a connection as a virtual tree of fixed rows. */
export function TopicTree(props: TopicTreeProps) {
  'use no memo' // As useRowWindow.
  const { tree, view, visible, summedUpAt, now, askedSince, hovered, onHover } = props
  const t = useTranslations('topicTree')
  const id = useId()
  const { rows } = visible
  const selected = useConnection(selectionState, selectSelectedTopic)
  const viewNow = useConnection(treeViewState, selectTreeView)
  const [initialOffset] = useState(view.scrollTop)
  const { box, noteActive, virtualizer } = useRowWindow(rows, initialOffset)
  const cursor = useTreeCursor({
    tree,
    rows,
    pageRows: () => Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / rowHeight) - 1),
    reveal: (row) => virtualizer.scrollToIndex(row),
  })
  const remember = useScrollAnchor({
    visible,
    rowHeight,
    holdTop: hovered && view.touched,
    subject: view.search,
    scrollTop: () => box.current?.scrollTop ?? 0,
    scrollTo: (top) => virtualizer.scrollToOffset(top),
  })
  const { nodeAt, handleClick, handleDoubleClick } = useRowClicks(tree, cursor)
  useEditScope(box, { selectAll: cursor.marking.markAll, copy: cursor.copyTopics })
  useKeptScroll(() => virtualizer.scrollOffset ?? 0)
  useEffect(() => noteActive(cursor.active))
  useActiveInView(`${id}-${cursor.active}`, box)
  useRevealedSelection({
    selected,
    areRowsMade: viewNow === view,
    reveal: (topic) => {
      const node = tree.find(topic)
      if (node && rows[node.row] === node) virtualizer.scrollToIndex(node.row)
    },
  })

  const items = virtualizer.getVirtualItems()
  const drawn = useMemo(
    () => (view.traffic ? items.flatMap(({ index }) => rows[index] ?? []) : null),
    [view.traffic, items, rows],
  )
  const seconds = useSecondsBelow({ traffic: tree.traffic, nodes: drawn, now })
  const activeNode = rows[cursor.active]
  const isDrawn = items.some((item) => item.index === cursor.active)
  const { openMenu, noteMenuTarget } = useRowMenu({ nodeAt, activeNode, setActive: cursor.setActive })
  return (
    <ContextMenu className={styles.menuArea ?? ''} items={openMenu}>
      <div
        ref={box}
        role="tree"
        aria-label={t('tree')}
        aria-multiselectable
        tabIndex={0}
        className={styles.tree}
        data-columns={view.traffic}
        {...(activeNode && isDrawn ? { 'aria-activedescendant': `${id}-${cursor.active}` } : {})}
        onScroll={remember}
        onKeyDown={cursor.handleKey}
        onClick={handleClick}
        onDoubleClick={handleDoubleClick}
        onContextMenu={noteMenuTarget}
        onPointerEnter={() => onHover(true)}
        onPointerLeave={() => onHover(false)}
      >
        <div className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
          <DrawnRows
            {...{ id, tree, rows, items, selected, askedSince }}
            active={cursor.active}
            columns={view.traffic ? { seconds, summedUpAt } : null}
            now={view.traffic ? seconds.at : now}
          />
        </div>
      </div>
    </ContextMenu>
  )
}
