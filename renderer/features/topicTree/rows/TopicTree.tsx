import { useId, useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { AskedSince } from '../../../model/askedSince'
import { selectionState, selectSelectedTopic } from '../../../state/selection'
import { useConnection } from '../../../state/useConnection'
import { useEditScope } from '../../../ui/editScopes'
import { ContextMenu } from '../../../ui/menus'
import { useShownColumns } from '../columns/useShownColumns'
import { useCursorPlace, useTreeCursor } from '../keys/useTreeCursor'
import { useRowMenu } from '../menus/useRowMenu'
import { useScroller } from '../../../ui/useScroller'
import styles from '../topicTree.module.css'
import { useSecondsBelow } from '../traffic/useSecondsBelow'
import { DrawnRows } from './DrawnRows'
import { useRowClicks } from './useRowClicks'
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
  const { tree, visible, summedUpAt } = treeRows
  const t = useTranslations('topicTree')
  const id = useId()
  const { rows } = visible
  const selected = useConnection(selectionState, selectSelectedTopic)
  const [scroller, attach] = useScroller()
  const place = useCursorPlace(tree, rows)
  const list = useTreeScroll({ ...treeRows, scroller, active: place.active, hovered })
  const cursor = useTreeCursor({ tree, rows, cursor: place, list })
  const { nodeAt, handleClick, handleDoubleClick } = useRowClicks(tree, cursor)
  useEditScope(scroller, { selectAll: cursor.marking.markAll, copy: cursor.copyTopics })
  const { from, to } = list
  const columns = useShownColumns()
  const showsSeconds = columns.includes('spark')
  const drawn = useMemo(() => (showsSeconds ? rows.slice(from, to) : null), [showsSeconds, rows, from, to])
  const seconds = useSecondsBelow({ traffic: tree.traffic, nodes: drawn, now })
  const activeNode = rows[cursor.active]
  const { openMenu, noteMenuTarget } = useRowMenu({ nodeAt, activeNode, setActive: cursor.setActive })
  return (
    <ContextMenu className={styles.menuArea ?? ''} items={openMenu}>
      <div
        ref={attach}
        role="tree"
        aria-label={t('tree')}
        aria-multiselectable
        tabIndex={0}
        className={styles.tree}
        {...(activeNode ? { 'aria-activedescendant': `${id}-${cursor.active}` } : {})}
        onScroll={list.handleScroll}
        onKeyDown={cursor.handleKey}
        onClick={handleClick}
        onDoubleClick={handleDoubleClick}
        onContextMenu={noteMenuTarget}
        onPointerEnter={() => onHover(true)}
        onPointerLeave={() => onHover(false)}
      >
        <DrawnRows
          {...{ id, tree, rows, list, selected, askedSince, columns, summedUpAt }}
          active={cursor.active}
          seconds={showsSeconds ? seconds : null}
          now={showsSeconds ? seconds.at : now}
        />
      </div>
    </ContextMenu>
  )
}
