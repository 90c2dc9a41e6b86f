import { memo } from 'react'
import { useTranslations } from 'use-intl'
import type { TopicIndex } from '../../../model/topicIndex/topicIndex'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'
import { useDecodedLatest, type Decoded } from '../../../state/decoded'
import { VisibleName } from '../../../ui/VisibleText'
import { visibleName } from '#shared/text/visibleText'
import { useShownColumns } from '../columns/useShownColumns'
import { LastValue, useValueText } from '../rows/LastValue'
import { TrafficCells } from '../traffic/TrafficCells'
import styles from './pinned.module.css'

interface PinnedRowProps {
  readonly id: string
  readonly topic: string
  /** Null = it has not been seen. */
  readonly node: TopicNode | null
  /** The node is mutable: when this changes the row is drawn again. */
  readonly version: number
  readonly traffic: TopicIndex['traffic']
  readonly selected: boolean
  readonly active: boolean
  readonly now: number
  readonly summedUpAt: number
  readonly onSelect: () => void
}

const shownInRow = 300

export function PinnedRow({ id, topic, node, selected, active, onSelect, ...figures }: PinnedRowProps) {
  'use no memo' // Nodes are mutable.
  const t = useTranslations('topicTree')
  const valueText = useValueText()
  const decoded = useDecodedLatest(topic, figures.version)
  const value = node ? valueText(node, decoded) : null
  const lastAt = topic.lastIndexOf('/') + 1
  const name = topic === '' ? t('emptyLevel') : visibleName(topic)
  return (
    <div
      id={id}
      role="option"
      aria-selected={selected}
      aria-label={value === null ? name : t('named', { level: name, value })}
      aria-description={node ? undefined : t('pinnedUnseen')}
      title={node ? name : `${name}: ${t('pinnedUnseen')}`}
      data-pinned={topic}
      data-unseen={node === null}
      data-active={active}
      className={styles.row}
      onClick={onSelect}
    >
      <span className={styles.topic} data-column="name">
        <span className={styles.above}>
          <VisibleName text={topic.slice(0, lastAt)} limit={shownInRow} mostPieces={4} />
        </span>
        <span className={styles.last}>
          <VisibleName text={topic === '' ? name : topic.slice(lastAt)} limit={shownInRow} mostPieces={4} />
        </span>
      </span>
      {node ? <PinnedCells node={node} decoded={decoded} {...figures} /> : null}
    </div>
  )
}

type PinnedCellsProps = Pick<PinnedRowProps, 'version' | 'traffic' | 'now' | 'summedUpAt'> & {
  readonly node: TopicNode
  readonly decoded: Decoded | null
}

const PinnedCells = memo(function PinnedCells({ node, decoded, traffic, now, summedUpAt }: PinnedCellsProps) {
  'use no memo' // Nodes are mutable.
  const t = useTranslations('topicTree')
  const columns = useShownColumns()
  const shown = columns.filter((column) => column !== 'spark')
  return (
    <>
      {columns.includes('value') ? (
        <span className={styles.value} data-column="value">
          {node.ownMessages > 0 ? (
            <LastValue node={node} decoded={decoded} evicted={false} />
          ) : (
            t('topicCount', { topics: node.subtreeTopics })
          )}
        </span>
      ) : null}
      <TrafficCells {...{ node, traffic, now, summedUpAt }} columns={shown} secondsBelow={null} />
    </>
  )
})
