import { TriangleAlert } from 'lucide-react'
import { useEffect, useId, useRef, type CSSProperties } from 'react'
import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import { placeAfterKey } from '../../ui/virtualList/listKeys'
import { formatCount } from '../../ui/format'
import { VisibleText } from '../../ui/VisibleText'
import type { FieldRow } from './fieldRows'
import styles from './packets.module.css'

/** As in packets.module.css. */
const rowHeight = 20
/** All fields of a usual packet are there at once; only a SUBSCRIBE of hundreds of filters has more. */
const mostDrawn = 3_000
const shownInRow = 160

interface TreeProps {
  readonly rows: readonly FieldRow[]
  readonly place: number
  readonly onPlace: (place: number) => void
}

/** The fields of a packet in the order of its bytes; flags of a byte and properties stand below what they are part of. */
export function FieldTree({ rows, place, onPlace }: TreeProps) {
  const t = useTranslations('packets')
  const id = useId()
  const tree = useRef<HTMLDivElement>(null)
  const drawn = rows.slice(0, mostDrawn)
  useEffect(() => {
    tree.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [place])
  return (
    <div
      ref={tree}
      role="tree"
      aria-label={t('fields')}
      aria-activedescendant={`${id}-${place}`}
      tabIndex={0}
      className={styles.tree}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return
        const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / rowHeight) - 1)
        const next = placeAfterKey(event.key, { count: drawn.length, place, page })
        if (next === null) return
        event.preventDefault()
        onPlace(next)
      }}
    >
      {drawn.map((row, at) => (
        <FieldLine key={at} id={`${id}-${at}`} row={row} isChosen={at === place} onChoose={() => onPlace(at)} />
      ))}
      {rows.length > drawn.length ? (
        <p className={styles.moreFields}>{t('moreFields', { count: formatCount(rows.length - drawn.length) })}</p>
      ) : null}
    </div>
  )
}

interface LineProps {
  readonly id: string
  readonly row: FieldRow
  readonly isChosen: boolean
  readonly onChoose: () => void
}

function FieldLine({ id, row: { field, level, label, position, siblings }, isChosen, onChoose }: LineProps) {
  const t = useTranslations('packets')
  const { text, offset, length, problems, children, value } = field
  const spoken = text.slice(0, shownInRow)
  return (
    <div
      id={id}
      role="treeitem"
      aria-label={spoken === '' ? label : `${label}: ${visibleName(spoken)}`}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-selected={isChosen}
      {...(children.length > 0 ? { 'aria-expanded': true } : {})}
      data-field={field.field}
      data-offset={offset}
      data-length={length}
      data-value={value === null ? '' : String(value).slice(0, mostValue)}
      className={styles.fieldRow}
      style={{ '--indent': level - 1 } as CSSProperties}
      onMouseDown={onChoose}
    >
      <span className={styles.fieldLabel}>{label}</span>
      <span className={styles.fieldValue}>
        <VisibleText text={text} limit={shownInRow} mostPieces={8} />
      </span>
      {problems.length > 0 ? <TriangleAlert size={12} className={styles.wrong} aria-label={t('wrong')} /> : null}
      <span className={styles.fieldName}>{field.field}</span>
      <span className={styles.fieldRange}>{length === 0 ? '' : `${offset}–${offset + length - 1}`}</span>
    </div>
  )
}

/** An attribute of the page is no place for a whole payload. */
const mostValue = 100_000
