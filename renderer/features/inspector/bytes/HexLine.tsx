import type { ReactNode } from 'react'
import type { FoundSpan } from '../../../decode/find/finder'
import type { TextRange } from '../../../model/query/hits'
import findStyles from '../find/find.module.css'
import styles from './bytes.module.css'

interface HexLineProps {
  readonly text: string
  readonly found: readonly FoundSpan[]
  /** The hit that is shown. */
  readonly current: number
  /** Columns of the bytes that are marked, and of the one that the caret is at. */
  readonly marked: readonly TextRange[]
  readonly caret: readonly TextRange[]
}

/** A row of bytes, which is ASCII throughout. */
export function HexLine({ text, found, current, marked, caret }: HexLineProps) {
  const all = [...found, ...marked, ...caret]
  if (all.length === 0) return text
  const edges = [...new Set([0, ...all.flatMap(({ from, to }) => [from, to]), text.length])].toSorted((a, b) => a - b)
  return edges.slice(0, -1).map((from, index): ReactNode => {
    const to = edges[index + 1] ?? text.length
    const covers = (range: TextRange) => range.from <= from && range.to >= to
    const piece = text.slice(from, to)
    const hit = found.find(covers)
    if (caret.some(covers))
      return (
        <mark key={from} className={styles.caret} data-of="caret">
          {piece}
        </mark>
      )
    if (hit)
      return (
        <mark key={from} className={findStyles.mark} data-current={hit.hit === current}>
          {piece}
        </mark>
      )
    return marked.some(covers) ? (
      <mark key={from} className={styles.marked} data-of="value">
        {piece}
      </mark>
    ) : (
      piece
    )
  })
}
