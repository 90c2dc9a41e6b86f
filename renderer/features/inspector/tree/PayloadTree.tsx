import { Search, SquareMinus, SquarePlus } from 'lucide-react'
import { useCallback, useEffect, useId, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useContextMenu } from '../../../actions/useContextMenu'
import type { SchemaFinding } from '#shared/jsonSchema/finding'
import type { ShownTree } from '../../../decode/payloadView'
import { nodeAt, wayOnPath, wayToByte, type NodeWay } from '../../../decode/tree/nodeChildren'
import { valueText } from '../../../decode/tree/nodeText'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { useCopyText } from '../../../state/clipboard'
import { useApp } from '../../../state/useApp'
import { useConnectionObject } from '../../../state/useConnection'
import { useEditScope } from '../../../ui/editScopes'
import { isElement } from '../../../ui/elements'
import { ContextMenu, type MenuEntry } from '../../../ui/menus'
import { commandShortcut } from '../../../ui/shortcut'
import { useScroller } from '../../../ui/useScroller'
import { rowsByPlace } from '../../../ui/virtualList/listRows'
import { useVirtualList } from '../../../ui/virtualList/useVirtualList'
import { VirtualRows } from '../../../ui/virtualList/VirtualRows'
import type { Find } from '../find/useFind'
import { inspectorState } from '../inspectorState'
import { BytePane } from './BytePane'
import { NodeDetails } from './NodeDetails'
import { nodeSubject } from './nodeSubject'
import styles from './tree.module.css'
import { TreeRow } from './TreeRow'
import { useFindingMarks } from './useFindingMarks'
import { useTreeCursor, useWanted, type TreeCursor } from './useTreeCursor'

/** As in tree.module.css. */
const rowHeight = 20

export interface WantedFinding {
  readonly finding: SchemaFinding
}

interface PayloadTreeProps {
  readonly message: MessageView
  readonly tree: ShownTree
  readonly find: Find
  readonly foldAll: (folded: boolean) => void
  /** Places that do not conform to a schema. */
  readonly findings: readonly SchemaFinding[]
  /** One of them that is to come into view; a new object each time. */
  readonly wantedFinding: WantedFinding | null
  /** Takes the element that has the keyboard. */
  readonly attach: (tree: HTMLElement | null) => void
}

/** The values of a structured payload as a tree, whatever they were decoded from; beside it their bytes, if wanted. */
export function PayloadTree(props: PayloadTreeProps) {
  const { message, tree, find, findings, wantedFinding } = props
  const { root } = tree
  const cursor = useTreeCursor(root, message.topic)
  const showsBytes = useApp(inspectorState, (state) => state.showsBytes)
  const [caret, setCaret] = useState<number | null>(null)
  const [goal, setGoal] = useState({ offset: 0, turn: 0 })
  const node = nodeAt(root, cursor.chosen) ?? root
  const { offset } = node
  const [shownOffset, setShownOffset] = useState(0)
  // A byte that was chosen is in view, wherever its value begins.
  if (offset !== shownOffset) {
    setShownOffset(offset)
    if (caret === null) setGoal({ offset, turn: goal.turn + 1 })
  }
  useFound(find, cursor.goTo)
  useWantedFinding(wantedFinding, (finding) => cursor.goTo(wayOnPath(root, finding.path)))
  const takeByte = (at: number | null) => {
    setCaret(at)
    const way = at === null ? null : wayToByte(root, at)
    if (way) cursor.goTo(way)
  }
  return (
    <div className={styles.frame}>
      <div className={styles.split}>
        <div className={styles.treeSide}>
          <TreeList {...props} cursor={cursor} onChoose={() => setCaret(null)} />
          <NodeDetails root={root} way={cursor.chosen} findings={findings} />
        </div>
        {showsBytes ? (
          <BytePane
            tree={tree}
            marked={{ from: offset, to: offset + node.length }}
            caret={caret}
            onCaret={takeByte}
            goal={goal}
          />
        ) : null}
      </div>
    </div>
  )
}

interface TreeListProps extends PayloadTreeProps {
  readonly cursor: TreeCursor
  /** By hand, and not by its bytes. */
  readonly onChoose: () => void
}

function TreeList({ message, tree, find, foldAll, findings, attach, cursor, onChoose }: TreeListProps) {
  const t = useTranslations('inspector.tree')
  const id = useId()
  const connection = useConnectionObject()
  const copy = useCopyText()
  const { root } = tree
  const { placed, place, chosen } = cursor
  const marks = useFindingMarks(root, findings)
  const [scroller, noteScroller] = useScroller()
  const attachScroller = useCallback(
    (element: HTMLDivElement | null) => {
      noteScroller(element)
      attach(element)
    },
    [noteScroller, attach],
  )
  const list = useVirtualList({
    scroller,
    rows: rowsByPlace(placed.count),
    rowHeight,
    keptPlace: place,
    recyclesElements: true,
  })
  useWanted(cursor, list.reveal)
  useEditScope(scroller, { selectAll: () => {}, copy: () => void copy(valueText(nodeAt(root, chosen) ?? root)) })
  const menu = useTreeMenu(foldAll)
  const wayUnder = ({ target }: MouseEvent): NodeWay | null => {
    const row = isElement(target) ? target.closest<HTMLElement>('[data-way]') : null
    const text = row?.dataset['way']
    return text === undefined ? null : text === '' ? [] : text.split('.').map(Number)
  }
  const handleMouseDown = (event: MouseEvent) => {
    const way = wayUnder(event)
    if (!way) return
    onChoose()
    cursor.choose(way)
    if (event.button === 0 && isElement(event.target) && event.target.closest('[data-twisty="true"]'))
      cursor.toggle(way)
  }
  const handleKey = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey } = event
    if (ctrlKey || metaKey || altKey || !cursor.handleKey(key, list.pageRows)) return
    onChoose()
    event.preventDefault()
  }
  return (
    <ContextMenu
      className={styles.menuArea}
      items={() => menu(nodeSubject({ connection, message, root, way: chosen }))}
    >
      <div
        ref={attachScroller}
        role="tree"
        aria-label={t('label')}
        tabIndex={0}
        className={styles.tree}
        aria-activedescendant={`${id}-${place}`}
        onScroll={list.handleScroll}
        onKeyDown={handleKey}
        onMouseDown={handleMouseDown}
        onDoubleClick={(event) => {
          const way = wayUnder(event)
          if (way && isElement(event.target) && !event.target.closest('[data-twisty="true"]')) cursor.toggle(way)
        }}
      >
        <VirtualRows
          list={list}
          renderRow={(row) => {
            const way = placed.wayAt(row.place)
            const line = find.inTree?.lineOf(nodeAt(root, way) ?? root) ?? -1
            return (
              <TreeRow
                id={`${id}-${row.place}`}
                {...{ root, way }}
                isOpen={placed.isOpen(way)}
                isChosen={row.place === place}
                mark={marks.get(way.join('.')) ?? null}
                found={line < 0 ? [] : find.spansIn(line)}
                current={find.current}
                subject={row.place === place ? nodeSubject({ connection, message, root, way }) : null}
              />
            )
          }}
        />
      </div>
    </ContextMenu>
  )
}

const useTreeMenu = (foldAll: (folded: boolean) => void) => {
  const t = useTranslations('inspector')
  const openFind = useApp(inspectorState, (state) => state.openFind)
  const valueMenu = useContextMenu('value')
  return (subject: Parameters<typeof valueMenu>[0]): readonly MenuEntry[] => [
    ...valueMenu(subject),
    'separator',
    { label: t('find.open'), icon: <Search size={14} />, shortcut: commandShortcut('F'), onSelect: openFind },
    { label: t('foldAll'), icon: <SquareMinus size={14} />, onSelect: () => foldAll(true) },
    { label: t('unfoldAll'), icon: <SquarePlus size={14} />, onSelect: () => foldAll(false) },
  ]
}

/** Goes to the node of the hit that is shown. */
const useFound = ({ goTo, inTree }: Find, show: (way: NodeWay) => void): void => {
  const latest = useRef({ inTree, show })
  useEffect(() => {
    latest.current = { inTree, show }
  })
  useEffect(() => {
    if (goTo && latest.current.inTree) latest.current.show(latest.current.inTree.wayOf(goTo.line))
  }, [goTo])
}

/** Goes to the value of a finding, once each time it is wanted, also where the tree comes for it. */
const useWantedFinding = (wanted: WantedFinding | null, show: (finding: SchemaFinding) => void): void => {
  const latest = useRef(show)
  useEffect(() => {
    latest.current = show
  })
  useEffect(() => {
    if (wanted) latest.current(wanted.finding)
  }, [wanted])
}
