import { useMemo, type KeyboardEvent, type MouseEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { ByteGrid, PayloadContent } from '../../../decode/payloadView'
import { isElement } from '../../../ui/elements'
import type { Find } from '../find/useFind'
import { FixedLines } from '../lines/FixedLines'
import type { LineGoal } from '../lines/LineBox'
import { ByteValues } from './ByteValues'
import styles from './bytes.module.css'
import { HexLine } from './HexLine'

export interface ByteRange {
  readonly from: number
  /** Behind the last one. */
  readonly to: number
}

interface HexTextProps {
  readonly content: PayloadContent
  readonly grid: ByteGrid
  /** Null = nothing is looked for. */
  readonly find: Find | null
  readonly marked?: ByteRange | null
  /** The byte that was chosen; null = none. */
  readonly caret: number | null
  readonly onCaret: (offset: number | null) => void
  /** Brings a byte into view, once for each turn. */
  readonly goal?: { readonly offset: number; readonly turn: number } | null
  readonly attach: (lines: HTMLElement | null) => void
}

/** Bytes in rows. A click or the arrow keys put the caret on a byte, and what begins there is told below. */
export function HexText({ content, grid, find, marked = null, caret, onCaret, goal = null, attach }: HexTextProps) {
  const t = useTranslations('inspector')
  const { bytes, length } = grid
  const at = caret !== null && caret < bytes.length ? caret : null
  const moveTo = (offset: number) => onCaret(Math.min(Math.max(offset, 0), bytes.length - 1))
  const goTo = find?.goTo ?? null
  const lineGoal = useMemo<LineGoal | null>(() => {
    if (goTo) return { place: goTo.line, turn: goTo.turn }
    return goal && { place: Math.floor(goal.offset / length), turn: goal.turn }
  }, [goTo, goal, length])
  const handleKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
    if (at === null || ctrlKey || metaKey || altKey) return false
    if (key === 'ArrowLeft' || key === 'ArrowRight') moveTo(at + (key === 'ArrowLeft' ? -1 : 1))
    else if (key === 'Escape') onCaret(null)
    else return false
    return true
  }
  const handleClick = (event: MouseEvent) => {
    const offset = offsetUnder(event, grid)
    if (offset !== null) onCaret(offset)
  }
  const columnsIn = (line: number, { from, to }: ByteRange) => {
    const [first, last] = [Math.max(from, line * length), Math.min(to, (line + 1) * length)]
    return first < last ? grid.placesOf(first, last) : []
  }
  return (
    <>
      <div className={styles.hex} onClick={handleClick}>
        <FixedLines
          label={t('payloadText')}
          count={content.lines.count}
          attach={attach}
          goal={lineGoal}
          cursor={{
            place: at === null ? null : Math.floor(at / length),
            choose: (line) => moveTo(line * length + ((at ?? 0) % length)),
            handleKey,
          }}
          renderLine={(line) => (
            <HexLine
              text={content.lines.at(line).text}
              found={find?.spansIn(line) ?? []}
              current={find?.current ?? -1}
              marked={marked ? columnsIn(line, marked) : []}
              caret={at === null ? [] : columnsIn(line, { from: at, to: at + 1 })}
            />
          )}
        />
      </div>
      {at === null ? null : <ByteValues bytes={bytes} at={at} onClose={() => onCaret(null)} />}
    </>
  )
}

/** The byte under the pointer; null = nothing was pointed at, or a text was marked. All characters of a row are as wide. */
const offsetUnder = ({ target, clientX }: MouseEvent, { length, byteAt, bytes }: ByteGrid): number | null => {
  const line = isElement(target) ? target.closest<HTMLElement>('[data-index]') : null
  if (!line || line.ownerDocument.getSelection()?.isCollapsed === false) return null
  const text = line.ownerDocument.createRange()
  text.selectNodeContents(line)
  const { left, width } = text.getBoundingClientRect()
  const place = byteAt(Math.floor(((clientX - left) * (line.textContent.length || 1)) / width))
  const offset = place === null ? -1 : Number(line.dataset['index']) * length + place
  return offset >= 0 && offset < bytes.length ? offset : null
}
