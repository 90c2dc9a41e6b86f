import { defaultRangeExtractor, useVirtualizer, type Range, type VirtualItem } from '@tanstack/react-virtual'
import { useCallback, useEffect, useId, useMemo, useRef, useState, type MouseEvent, type RefObject } from 'react'
import { useTranslations } from 'use-intl'
import type { SubscriptionStatus } from '#shared/model/subscription'
import type { AskedSince } from '../../model/askedSince'
import type { TopicIndex } from '../../model/topicIndex/topicIndex'
import type { TopicNode } from '../../model/topicIndex/topicIndexNode'
import { selectSelectedTopic } from '../../store/selectionSlice'
import { useApp, useAppStore } from '../../store/useApp'
import { useEditScope } from '../../ui/editScopes'
import { ContextMenu } from '../../ui/menus'
import { createChipsOf, type ChipsOf } from './matchingChips'
import { probedAs } from './probedAs'
import { noMarks, type RowMarks } from './rowMarks'
import { TopicRow } from './TopicRow'
import styles from './topicTree.module.css'
import { useScrollAnchor } from './useScrollAnchor'
import { useTopicMenu } from './useTopicMenu'
import { useTreeCursor, type TreeCursor } from './useTreeCursor'
import type { TreeRows } from './useTreeRows'

/** As `--row` in the tokens: the arithmetic of a virtual list wants a number. */
const rowHeight = 24
const noSubscriptions: readonly SubscriptionStatus[] = []

export interface TopicTreeProps extends TreeRows {
  readonly connectionId: string
  readonly now: number
  readonly askedSince: AskedSince
  readonly hovered: boolean
  readonly onHover: (hovered: boolean) => void
}

/**
 * The bar of marked rows and the answers of the probe take room from the tree: the row one works with stays in view,
 * unless one has scrolled away from it.
 */
const useActiveInView = (rowId: string, box: RefObject<HTMLElement | null>) => {
  const latest = useRef(rowId)
  useEffect(() => {
    latest.current = rowId
  })
  useEffect(() => {
    const tree = box.current
    if (!tree) return
    let height = tree.clientHeight
    const observer = new ResizeObserver(() => {
      const row = document.getElementById(latest.current)
      const above = tree.getBoundingClientRect().top
      const { top = 0, bottom = 0 } = row?.getBoundingClientRect() ?? {}
      if (bottom > above && top < above + height) row?.scrollIntoView({ block: 'nearest' })
      height = tree.clientHeight
    })
    observer.observe(tree)
    return () => observer.disconnect()
  }, [box])
}

/** Remembers where the tree was scrolled to for the next time this connection is shown. */
const useKeptScroll = (connectionId: string, scrollTop: () => number) => {
  const rememberTreeScroll = useApp((state) => state.rememberTreeScroll)
  const read = useRef(scrollTop)
  useEffect(() => {
    read.current = scrollTop
  })
  useEffect(() => () => rememberTreeScroll(connectionId, read.current()), [connectionId, rememberTreeScroll])
}

/** The rows near the visible part of the box. */
const useRowWindow = (rows: readonly TopicNode[], initialOffset: number) => {
  'use no memo' // The virtualizer is mutable: what it answers must be read anew in every render.
  const box = useRef<HTMLDivElement>(null)
  const activeRow = useRef(-1)
  // With another function the virtualizer goes through all rows.
  const getItemKey = useCallback((row: number) => rows[row]?.topic ?? row, [rows])
  // eslint-disable-next-line react-hooks/incompatible-library -- this hook is never memoised, see above
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey,
    overscan: 12,
    initialOffset,
    // The cursor's row stays in the page wherever it is: aria-activedescendant must name an element that exists.
    rangeExtractor: (range: Range) => {
      const shown = defaultRangeExtractor(range)
      const active = activeRow.current
      if (active < 0 || active >= rows.length || shown.includes(active)) return shown
      return [...shown, active].sort((left, right) => left - right)
    },
  })
  const noteActive = (row: number) => {
    activeRow.current = row
  }
  return { box, noteActive, virtualizer }
}

/** A topic selected from elsewhere, e.g. by a breadcrumb, comes into view; frames do not scroll. */
const useRevealedSelection = (selected: string | null, reveal: (topic: string) => void) => {
  const latest = useRef(reveal)
  const seen = useRef(selected)
  useEffect(() => {
    latest.current = reveal
  })
  useEffect(() => {
    // What was selected when the tree came up does not scroll: the place it was left at is kept.
    if (selected === seen.current) return
    seen.current = selected
    if (selected !== null) latest.current(selected)
  }, [selected])
}

const isMarking = ({ ctrlKey, metaKey, shiftKey }: MouseEvent) => ctrlKey || metaKey || shiftKey

/**
 * Clicks by what is under them: a twisty opens and closes, a row is selected, the ground selects nothing. With Control or
 * Command a row is marked, with Shift all rows up to it.
 */
const useRowClicks = ({ connectionId, tree }: TopicTreeProps, cursor: TreeCursor) => {
  const store = useAppStore()
  const hit = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : null
    const topic = target?.closest<HTMLElement>('[data-topic]')?.dataset['topic']
    return {
      node: topic === undefined ? null : tree.find(topic),
      twisty: target?.closest('[data-twisty="true"]') != null,
    }
  }
  const toggle = (node: TopicNode) => {
    const { openBranches, closeBranches } = store.getState()
    if (node.open) closeBranches(connectionId, [node.topic])
    else if (node.children.length > 0) openBranches(connectionId, [node.topic])
  }
  const mark = (node: TopicNode, shift: boolean) => {
    if (shift) cursor.marking.extendTo(node.row, cursor.active)
    else cursor.marking.toggle(node.topic)
    cursor.setActive(node.topic)
  }
  return {
    hit,
    handleClick: (event: MouseEvent) => {
      const { node, twisty } = hit(event)
      if (node && twisty) toggle(node)
      else if (node && isMarking(event)) mark(node, event.shiftKey)
      else cursor.select(node)
    },
    handleDoubleClick: (event: MouseEvent) => {
      const { node, twisty } = hit(event)
      if (node && !twisty && !isMarking(event)) toggle(node)
    },
  }
}

interface DrawnRowsProps {
  readonly id: string
  readonly rows: readonly TopicNode[]
  readonly items: readonly VirtualItem[]
  readonly active: number
  readonly selected: string | null
  readonly marks: RowMarks
  readonly now: number
  readonly chipsOf: ChipsOf
  readonly traffic: TopicIndex['traffic']
  readonly columns: boolean
  readonly summedUpAt: number
  readonly askedSince: AskedSince
  /** Null while no filter is probed. */
  readonly probedTree: TopicIndex | null
}

function DrawnRows({ id, rows, items, active, selected, marks, probedTree, ...rest }: DrawnRowsProps) {
  return items.map(({ index, key, start }) => {
    const node = rows[index]
    if (!node) return null
    return (
      <TopicRow
        key={key}
        id={`${id}-${index}`}
        node={node}
        version={node.version}
        open={node.open}
        position={node.position}
        setSize={node.setSize}
        top={start}
        selected={node.topic === selected}
        marked={marks.size > 0 ? marks.has(node) : null}
        active={index === active}
        probed={probedTree && probedAs(probedTree, node)}
        {...rest}
      />
    )
  })
}

interface RowMenuParts {
  readonly hit: (event: MouseEvent) => { readonly node: TopicNode | null }
  readonly cursor: TreeCursor
  readonly activeNode: TopicNode | undefined
}

/** The menu of the row under the pointer, or of the cursor's. */
const useRowMenu = (connectionId: string, { hit, cursor, activeNode }: RowMenuParts) => {
  const menuOf = useTopicMenu(connectionId)
  const menuNode = useRef<TopicNode | null>(null)
  return {
    openMenu: () => {
      const node = menuNode.current ?? activeNode
      return node ? menuOf(node) : []
    },
    noteMenuTarget: (event: MouseEvent) => {
      // The keyboard's menu comes with the tree as its target: it speaks of the cursor's row.
      menuNode.current = hit(event).node
      if (menuNode.current) cursor.setActive(menuNode.current.topic)
    },
  }
}

/** The topics of a connection as a virtual tree of fixed rows. */
export function TopicTree(props: TopicTreeProps) {
  'use no memo' // As useRowWindow.
  const { connectionId, tree, view, visible, now, askedSince, hovered, onHover } = props
  const { traffic } = tree
  const t = useTranslations('topicTree')
  const id = useId()
  const { rows } = visible
  const selected = useApp(selectSelectedTopic(connectionId))
  const marks = useApp((state) => state.markedTopics[connectionId] ?? noMarks)
  const statuses = useApp((state) => state.sessions[connectionId]?.subscriptions ?? noSubscriptions)
  const probeRevision = useApp((state) => state.probeAnswers[connectionId]?.revision)
  const chipsOf = useMemo(() => createChipsOf(statuses), [statuses])
  const [initialOffset] = useState(view.scrollTop)
  const { box, noteActive, virtualizer } = useRowWindow(rows, initialOffset)
  const cursor = useTreeCursor({
    connectionId,
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
  const { hit, handleClick, handleDoubleClick } = useRowClicks(props, cursor)
  useEditScope(box, { selectAll: cursor.marking.markAll, copy: cursor.copyTopics })
  useKeptScroll(connectionId, () => virtualizer.scrollOffset ?? 0)
  useEffect(() => noteActive(cursor.active))
  useActiveInView(`${id}-${cursor.active}`, box)
  useRevealedSelection(selected, (topic) => {
    const node = tree.find(topic)
    if (node && rows[node.row] === node) virtualizer.scrollToIndex(node.row)
  })

  const activeNode = rows[cursor.active]
  const items = virtualizer.getVirtualItems()
  const isDrawn = items.some((item) => item.index === cursor.active)
  const { openMenu, noteMenuTarget } = useRowMenu(connectionId, { hit, cursor, activeNode })
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
            {...{ id, rows, items, selected, marks, now, chipsOf, traffic, askedSince }}
            columns={view.traffic}
            summedUpAt={view.traffic ? traffic.summedUpAt() : 0}
            active={cursor.active}
            probedTree={probeRevision === undefined ? null : tree}
          />
        </div>
      </div>
    </ContextMenu>
  )
}
