import { useMemo } from 'react'
import type { AskedSince } from '../../../model/askedSince'
import type { TopicIndex } from '../../../model/topicIndex/topicIndex'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'
import { probeState } from '../../../state/probe'
import { useConnection, useConnectionModel } from '../../../state/useConnection'
import { useSubscriptionStatuses } from '../../../state/useSubscriptions'
import type { DrawnRow, VirtualList } from '../../../ui/virtualList/useVirtualList'
import { VirtualRows } from '../../../ui/virtualList/VirtualRows'
import { rowMarksState, selectMarks } from '../marks/rowMarksState'
import type { TreeColumn } from '../columns/treeColumns'
import type { SecondsBelow } from '../traffic/useSecondsBelow'
import { createChipsOf } from './matchingChips'
import { TopicRow, type ProbedAs } from './TopicRow'

interface DrawnRowsProps {
  readonly id: string
  readonly tree: TopicIndex
  readonly rows: readonly TopicNode[]
  readonly list: VirtualList
  /** Row of the keyboard's cursor. */
  readonly active: number
  readonly selected: string | null
  readonly now: number
  readonly askedSince: AskedSince
  readonly columns: readonly TreeColumn[]
  /** What the columns show beside the topics' own figures; null = no column shows seconds. */
  readonly seconds: SecondsBelow | null
  readonly summedUpAt: number
}

/** The rows that stand in the page. */
export function DrawnRows(props: DrawnRowsProps) {
  'use no memo' // Nodes are mutable: what they say must be read anew in every render.
  const { id, tree, rows, list, active, selected, now, askedSince, columns, seconds, summedUpAt } = props
  const marks = useConnection(rowMarksState, selectMarks)
  const statuses = useSubscriptionStatuses()
  const chipsOf = useMemo(() => createChipsOf(statuses), [statuses])
  const { log } = useConnectionModel()
  const isProbing = useConnection(probeState, ({ answer }) => answer !== null)
  // Topics are found and forgotten between batches, too.
  useConnection(probeState, ({ answer }) => answer?.revision)
  const renderRow = ({ place }: DrawnRow) => {
    const node = rows[place]
    if (!node) return null
    return (
      <TopicRow
        id={`${id}-${place}`}
        node={node}
        version={node.version}
        open={node.open}
        position={node.position}
        setSize={node.setSize}
        selected={node.topic === selected}
        marked={marks.size > 0 ? marks.has(node) : null}
        active={place === active}
        probed={isProbing ? probedAs(tree, node) : null}
        evicted={node.ownMessages > 0 && log.isLatestEvicted(node.topic)}
        traffic={tree.traffic}
        secondsBelow={seconds?.counts.get(node) ?? null}
        {...{ now, chipsOf, askedSince, columns, summedUpAt }}
      />
    )
  }
  return <VirtualRows list={list} renderRow={renderRow} />
}

const probedAs = (tree: TopicIndex, node: TopicNode): ProbedAs => {
  if (tree.isProbed(node)) return 'match'
  return tree.leadsToProbed(node) ? 'leads' : 'apart'
}
