import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { TopicIndex } from '../../../model/topicIndex/topicIndex'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'
import { copyText } from '../../../state/clipboard'
import { largestCopyBytes } from '../../../state/largePayload'
import { logViewState } from '../../../state/logView'
import { noticesState } from '../../../state/notices'
import { selectionState, selectSelectedTopic } from '../../../state/selection'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { formatBytes } from '../../../ui/format'
import type { VirtualList } from '../../../ui/virtualList/useVirtualList'
import { branchesBelow } from '../branches'
import { rowMarksState } from '../marks/rowMarksState'
import { useRowMarks, type RowMarking } from '../marks/useRowMarks'
import { treeViewState } from '../treeViewState'
import { rowStartingWith, treeCommand, type TreeCommand, type TreePlace } from './treeKeys'

interface CursorPlace {
  /** Row of the cursor, -1 = none. Inside a closed branch it is the branch's. */
  readonly active: number
  readonly setActive: (topic: string) => void
}

interface CursorParts {
  readonly tree: TopicIndex
  readonly rows: readonly TopicNode[]
  readonly cursor: CursorPlace
  /** The list that the rows stand in. */
  readonly list: Pick<VirtualList, 'pageRows' | 'reveal'>
}

export interface TreeCursor extends CursorPlace {
  readonly select: (node: TopicNode | null) => void
  readonly marking: RowMarking
  readonly handleKey: (event: KeyboardEvent) => void
  /** The topics of the marked rows, or the cursor's, for the clipboard. */
  readonly copyTopics: () => void
}

/** Letters closer together than this are one word. */
const typingPauseMs = 700

/** The keyboard's place in the tree: at the selected topic, until it goes elsewhere. */
export const useCursorPlace = (tree: TopicIndex, rows: readonly TopicNode[]): CursorPlace => {
  const selected = useConnection(selectionState, selectSelectedTopic)
  const [cursor, setActive] = useState<string | null>(null)
  return { active: visibleRowOf(tree, rows, cursor ?? selected), setActive }
}

/** What keys do at the keyboard's place in the tree. */
export const useTreeCursor = ({ tree, rows, cursor, list }: CursorParts): TreeCursor => {
  const connection = useConnectionObject()
  const { active, setActive } = cursor
  const marking = useRowMarks({ rows, rowOf: (topic) => visibleRowOf(tree, rows, topic) })
  const copyTopics = useTopicCopy({ rows, active })
  const place = (): TreePlace => ({ rows, active, pageRows: list.pageRows })

  const select = (node: TopicNode | null) => {
    if (node) setActive(node.topic)
    marking.startAt(node?.topic ?? null)
    marking.clear()
    connection.get(selectionState).selectTopic(node?.topic ?? null)
    connection.get(logViewState).limitTo(node?.topic ?? null)
  }
  const goTo = (row: number) => {
    const node = rows[row]
    if (!node) return
    setActive(node.topic)
    list.reveal(row)
  }
  const type = useTyping((text) => rowStartingWith(text, place()), goTo)
  const carryOut = (command: TreeCommand, at: number): void => {
    const { openBranches, closeBranches } = connection.get(treeViewState)
    switch (command.kind) {
      case 'move': {
        marking.startAt(null)
        goTo(command.row)
        return
      }
      case 'markTo': {
        marking.extendTo(command.row, active)
        goTo(command.row)
        return
      }
      case 'markFromLast':
        return marking.extendFromLast(active)
      case 'markAll':
        return marking.markAll()
      case 'toggleMark':
        return marking.toggle(command.node.topic)
      case 'open':
        return openBranches(command.nodes.map(({ topic }) => topic))
      case 'close':
        return closeBranches(command.nodes.map(({ topic }) => topic))
      case 'openBelow':
        return openBranches(branchesBelow([command.node]))
      case 'closeBelow':
        return closeBranches(branchesBelow([command.node]))
      case 'select':
        return select(command.node)
      case 'deselect':
        if (!marking.clear()) select(null)
        return
      case 'type':
        return type(command.letter, at)
    }
  }
  const handleKey = (event: KeyboardEvent) => {
    const { key, shiftKey, ctrlKey, altKey, metaKey, timeStamp } = event
    const modified = ctrlKey || altKey || metaKey
    const command = treeCommand({ key, shift: shiftKey, command: modified && !altKey, modified }, place())
    if (!command) return
    event.preventDefault()
    carryOut(command, timeStamp)
  }
  return { ...cursor, select, marking, handleKey, copyTopics }
}

const visibleRowOf = (tree: TopicIndex, rows: readonly TopicNode[], topic: string | null): number => {
  let node = topic === null ? null : tree.find(topic)
  while (node && rows[node.row] !== node) node = node.parent
  return node ? node.row : -1
}

/** Letters typed at `at` go to the row that `rowOf` finds for the word they make. */
const useTyping = (rowOf: (text: string) => number | null, goTo: (row: number) => void) => {
  const typed = useRef({ text: '', at: 0 })
  return (letter: string, at: number) => {
    const { current } = typed
    typed.current = { text: at - current.at < typingPauseMs ? current.text + letter : letter, at }
    const row = rowOf(typed.current.text)
    if (row !== null) goTo(row)
  }
}

/** Copies the topics of the marked rows, or the one at the cursor. */
const useTopicCopy = ({ rows, active }: Pick<TreePlace, 'rows' | 'active'>) => {
  const t = useTranslations('topicTree')
  const connection = useConnectionObject()
  return () => {
    const { app } = connection
    const { marks } = connection.get(rowMarksState)
    const topics =
      marks.size > 0 ? marks.topics() : rows.slice(Math.max(active, 0), active + 1).map(({ topic }) => topic)
    const text = linesUpTo(largestCopyBytes, topics)
    if (text === null) app.get(noticesState).show({ text: t('copyTooLarge', { limit: formatBytes(largestCopyBytes) }) })
    else if (text !== '') void copyText(app, text)
  }
}

/** One topic a line; null = more than so many characters. */
const linesUpTo = (limit: number, topics: Iterable<string>): string | null => {
  const lines: string[] = []
  let length = 0
  for (const topic of topics) {
    length += topic.length + 1
    if (length > limit) return null
    lines.push(topic)
  }
  return lines.join('\n')
}
