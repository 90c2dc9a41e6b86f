import { ChevronRight, Pin } from 'lucide-react'
import { memo, type CSSProperties } from 'react'
import { useTranslations } from 'use-intl'
import type { AskedSince } from '../../../model/askedSince'
import type { TopicIndex } from '../../../model/topicIndex/topicIndex'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'
import { SchemaMark } from '../../../mqttUi/SchemaMark'
import { AlarmMark } from '../../../mqttUi/WatchMarks'
import { useDecodedLatest } from '../../../state/decoded'
import { useDifferingBelow } from '../../../state/schemaCounts'
import { useAlarmed } from '../../../state/useWatchMarks'
import { ColourDot } from '../../../ui/ColourDot'
import { VisibleName } from '../../../ui/VisibleText'
import { visibleName } from '#shared/text/visibleText'
import type { TreeColumn } from '../columns/treeColumns'
import { LastValue, useValueText } from './LastValue'
import type { ChipsOf } from './matchingChips'
import { useLitRow } from './useLitRow'
import { SilentMark, useSilenceText } from '../traffic/SilentMark'
import styles from '../topicTree.module.css'
import { TrafficCells } from '../traffic/TrafficCells'

/** A topic that the probed filter matches, a branch on the way to one, or neither. */
export type ProbedAs = 'match' | 'leads' | 'apart'

export interface TopicRowProps {
  readonly id: string
  readonly node: TopicNode
  /** The node is mutable: what follows is there so that the row knows when to draw again. */
  readonly version: number
  readonly open: boolean
  readonly position: number
  readonly setSize: number
  readonly selected: boolean
  /** Null while no row is: then the selected row alone is what a screen reader hears as selected. */
  readonly marked: boolean | null
  readonly active: boolean
  readonly now: number
  readonly chipsOf: ChipsOf
  readonly traffic: TopicIndex['traffic']
  readonly columns: readonly TreeColumn[]
  readonly summedUpAt: number
  /** Of a branch with a column of them: messages of each of the last seconds; null = too many topics. */
  readonly secondsBelow: readonly number[] | null
  readonly askedSince: AskedSince
  /** Whether of the topic's latest value only the beginning is left. */
  readonly evicted: boolean
  /** What the probed filter has to do with it; null while there is none. */
  readonly probed: ProbedAs | null
}

/** Deeper rows keep this indent: a hostile topic must not push its name out of the pane. */
const deepestIndent = 16
/** Characters of a level: a row has no room for more, and its name says the rest. */
const shownInRow = 160

/** One level of a topic. The row is the tree item; everything in it is for the eye. */
export const TopicRow = memo(function TopicRow(props: TopicRowProps) {
  const { id, node, version, open, position, setSize, selected, marked, active, now, chipsOf, traffic, columns } = props
  const { summedUpAt, secondsBelow, askedSince, evicted, probed } = props
  const t = useTranslations('topicTree')
  const silenceText = useSilenceText()
  const valueText = useValueText()
  const row = useLitRow(node)
  const isAlarmed = useAlarmed(node.topic)
  const differing = useDifferingBelow(node.topic)
  const schemaText = differing > 0 ? t('differing', { messages: differing }) : null
  const silent = silenceText(traffic.silenceOf(node.topicId, { now, since: askedSince(node.topic) }))
  const branch = node.children.length > 0
  const level = node.level === '' ? t('emptyLevel') : node.level
  const decoded = useDecodedLatest(node.topic, version)
  const value = valueText(node, decoded)
  const description = [
    probed && t(`probed.${probed}`),
    silent,
    schemaText,
    evicted && t('valueEvicted'),
    branch ? t('counts', { topics: node.subtreeTopics, messages: node.subtreeMessages }) : null,
    node.retained ? t('retained') : null,
  ]
    .filter(Boolean)
    .join('; ')
  const style = { '--indent': Math.min(node.depth, deepestIndent) } as CSSProperties
  return (
    <div
      ref={row}
      id={id}
      role="treeitem"
      aria-label={value === null ? visibleName(level) : t('named', { level: visibleName(level), value })}
      aria-description={description === '' ? undefined : description}
      aria-level={node.depth + 1}
      aria-posinset={position}
      aria-setsize={setSize}
      aria-selected={marked ?? selected}
      {...(branch ? { 'aria-expanded': open } : {})}
      data-topic={node.topic}
      data-active={active}
      data-selected={selected}
      data-marked={marked ?? false}
      data-probed={probed ?? undefined}
      className={styles.row}
      style={style}
    >
      <span className={styles.name} data-column="name">
        <span className={styles.twisty} data-twisty={branch} data-open={open}>
          {branch ? <ChevronRight size={14} /> : null}
        </span>
        <span className={node.level === '' ? styles.emptyLevel : styles.level}>
          <VisibleName text={level} limit={shownInRow} mostPieces={4} />
        </span>
        <Chips topic={node.topic} chipsOf={chipsOf} />
        <SilentMark text={silent} />
        {isAlarmed ? <AlarmMark /> : null}
        {schemaText === null ? null : <SchemaMark text={schemaText} />}
        {node.retained ? (
          <span className={styles.retained} title={t('retained')}>
            <Pin size={12} />
          </span>
        ) : null}
      </span>
      {columns.includes('value') ? (
        <span className={styles.valueCell} data-column="value">
          <LastValue node={node} decoded={decoded} evicted={evicted} />
          <Counts node={node} />
        </span>
      ) : null}
      <TrafficCells {...{ node, traffic, columns, now, summedUpAt, secondsBelow }} />
    </div>
  )
})

const shownChips = 4

/** Where one subscription alone brings a topic there is nothing to tell apart: a dot in every row would say nothing. */
function Chips({ topic, chipsOf }: { readonly topic: string; readonly chipsOf: ChipsOf }) {
  const chips = chipsOf(topic)
  if (chips.length < 2) return null
  return (
    <span className={styles.chips}>
      {chips.slice(0, shownChips).map((chip) => (
        <ColourDot key={chip.id} colour={chip.colour} title={visibleName(chip.name)} />
      ))}
      {chips.length > shownChips ? <span className={styles.more}>{`+${chips.length - shownChips}`}</span> : null}
    </span>
  )
}

function Counts({ node }: { readonly node: TopicNode }) {
  const t = useTranslations('topicTree')
  if (node.children.length === 0) return null
  return (
    <span className={styles.counts} title={t('counts', { topics: node.subtreeTopics, messages: node.subtreeMessages })}>
      {t('topicCount', { topics: node.subtreeTopics })}
    </span>
  )
}
