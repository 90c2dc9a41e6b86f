import { ChevronRight, Dot, FileX2 } from 'lucide-react'
import type { CSSProperties } from 'react'
import { useTranslations } from 'use-intl'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import { visibleName } from '#shared/text/visibleText'
import type { FoundSpan } from '../../../decode/find/finder'
import type { ValueSubject } from '../../../actions/action'
import { betweenNameAndValue, nameText } from '../../../decode/tree/findInTree'
import { childCount, isRepeated, nodeAt, type NodeWay } from '../../../decode/tree/nodeChildren'
import { rowText, typeText, valueKind } from '../../../decode/tree/nodeText'
import { ValueButtons } from '../ValueButtons'
import { FoundText } from './FoundText'
import styles from './tree.module.css'
import type { FindingMark } from './useFindingMarks'

interface TreeRowProps {
  readonly id: string
  readonly root: PayloadNode
  readonly way: NodeWay
  readonly isOpen: boolean
  readonly isChosen: boolean
  /** Null = nothing in it is wrong by a schema. */
  readonly mark: FindingMark | null
  readonly found: readonly FoundSpan[]
  /** The hit that is shown. */
  readonly current: number
  /** Of the chosen row: it offers a chart of its value; what else can be done with it stands in the menu. */
  readonly subject: ValueSubject | null
}

/** Deeper rows keep this indent: a payload must not push its names out of the pane. */
const deepestIndent = 24
/** Characters of a value in a row; the rest stands in its details. */
const shownInRow = 240
const readAloud = 500

/** One value of a payload. The row is the tree item; everything in it is for the eye. */
export function TreeRow({ id, root, way, isOpen, isChosen, mark, found, current, subject }: TreeRowProps) {
  const t = useTranslations('inspector.tree')
  const node = nodeAt(root, way)
  if (!node) return null
  const parent = way.length === 0 ? null : (nodeAt(root, way.slice(0, -1)) ?? null)
  const index = way.at(-1) ?? 0
  const name = nameText(parent, index)
  const value = rowText(node)
  const children = childCount(node)
  const kind = valueKind(node)
  const isTwice = parent !== null && isRepeated(parent, index)
  const holds = kind === 'container' ? t('holds', { count: children }) : ''
  const said = [value.slice(0, readAloud), holds].filter(Boolean).join(', ')
  const valueFrom = name.length + betweenNameAndValue.length
  return (
    <div
      id={id}
      role="treeitem"
      aria-label={t('row', { name: way.length === 0 ? t('root') : visibleName(name), value: visibleName(said) })}
      aria-description={[typeText(node), isTwice && t('repeated'), mark?.text].filter(Boolean).join('; ')}
      aria-level={way.length + 1}
      aria-posinset={index + 1}
      aria-setsize={parent ? childCount(parent) : 1}
      aria-selected={isChosen}
      {...(children > 0 ? { 'aria-expanded': isOpen } : {})}
      data-way={way.join('.')}
      className={styles.row}
      style={{ '--indent': Math.min(way.length, deepestIndent) } as CSSProperties}
    >
      <span className={styles.twisty} data-twisty={children > 0} data-open={isOpen}>
        {children > 0 ? <ChevronRight size={14} /> : null}
      </span>
      {way.length === 0 ? null : (
        <span className={styles.name}>
          <FoundText text={name} spans={found} from={0} current={current} limit={shownInRow} />
        </span>
      )}
      {isTwice ? (
        <span className={styles.repeated} title={t('repeated')}>
          {t('repeatedMark')}
        </span>
      ) : null}
      {mark ? (
        <span className={styles.finding} title={mark.text} data-finding={mark.isInside ? 'inside' : 'here'}>
          {mark.isInside ? <Dot size={14} aria-hidden /> : <FileX2 size={12} aria-hidden />}
        </span>
      ) : null}
      <span className={styles.value} data-kind={kind} data-differs={mark !== null && !mark.isInside}>
        <FoundText text={value} spans={found} from={valueFrom} current={current} limit={shownInRow} />
        {holds === '' ? null : <span className={styles.holds}>{holds}</span>}
      </span>
      {subject ? <ValueButtons value={subject} only="value.chart" /> : null}
      <span className={styles.type}>{typeText(node)}</span>
      <span className={styles.range}>{node.length === 0 ? '' : `${node.offset}–${node.offset + node.length - 1}`}</span>
    </div>
  )
}
