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
import { DrawnRows } from './DrawnRows'
import { useRowClicks } from './useRowClicks'
import { rowHeight, useRowWindow } from './useRowWindow'
import { useTreeScroll } from './useTreeScroll'
import type { TreeRows } from './useTreeRows'

export interface TopicTreeProps extends TreeRows {
  readonly now: number
  readonly askedSince: AskedSince
  readonly hovered: boolean
  readonly onHover: (hovered: boolean) => void
}

/** The topics of a connection as a virtual tree of fixed rows. */
export function TopicTree({ now, askedSince, hovered, onHover, ...treeRows }: TopicTreeProps) {
  'use no memo' // As useRowWindow.
  const { tree, view, visible, summedUpAt } = treeRows
  const t = useTranslations('topicTree')
  const id = useId()
  const { rows } = visible
  const selected = useConnection(selectionState, selectSelectedTopic)
  const [initialOffset] = useState(view.scrollTop)
  const { box, noteActive, virtualizer } = useRowWindow(rows, initialOffset)
  const cursor = useTreeCursor({
    tree,
    rows,
    pageRows: () => Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / rowHeight) - 1),
    reveal: (row) => virtualizer.scrollToIndex(row),
  })
  const remember = useTreeScroll({ ...treeRows, box, virtualizer, hovered, activeId: `${id}-${cursor.active}` })
  const { nodeAt, handleClick, handleDoubleClick } = useRowClicks(tree, cursor)
  useEditScope(box, { selectAll: cursor.marking.markAll, copy: cursor.copyTopics })
  useEffect(() => noteActive(cursor.active))

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
