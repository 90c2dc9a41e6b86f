import { useState, type KeyboardEvent, type MouseEvent } from 'react'
import { useTranslations } from 'use-intl'
import { hexPair } from '#shared/mqtt/payloadText'
import { isElement } from '../../ui/elements'
import { useScroller } from '../../ui/useScroller'
import { rowsByPlace } from '../../ui/virtualList/listRows'
import { useVirtualList } from '../../ui/virtualList/useVirtualList'
import { VirtualRows } from '../../ui/virtualList/VirtualRows'
import styles from './packets.module.css'

const rowHeight = 18
const perRow = 16

interface HexProps {
  readonly bytes: Uint8Array
  /** The bytes of the chosen field. */
  readonly marked: { readonly from: number; readonly to: number } | null
  readonly onByte: (at: number) => void
}

const moves: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -perRow, ArrowDown: perRow }

/** The bytes of a packet in rows of sixteen; a byte that is chosen chooses its field. */
export function PacketHex({ bytes, marked, onByte }: HexProps) {
  const t = useTranslations('packets')
  const [scroller, attach] = useScroller()
  const [caret, setCaret] = useState<number | null>(null)
  const list = useVirtualList({ scroller, rows: rowsByPlace(Math.ceil(bytes.length / perRow)), rowHeight })
  const choose = (at: number) => {
    setCaret(at)
    onByte(at)
    list.reveal(Math.floor(at / perRow))
  }
  const handleKey = (event: KeyboardEvent) => {
    const move = moves[event.key]
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey || bytes.length === 0) return
    event.preventDefault()
    const from = caret ?? (marked?.from ?? 0) - move
    choose(Math.min(Math.max(from + move, 0), bytes.length - 1))
  }
  const handleMouse = ({ target }: MouseEvent) => {
    const cell = isElement(target) ? target.closest<HTMLElement>('[data-byte]') : null
    if (cell) choose(Number(cell.dataset['byte']))
  }
  const stateOf = (at: number) => {
    const isMarked = marked !== null && at >= marked.from && at < marked.to
    return isMarked && at === caret ? 'caret' : isMarked ? 'marked' : undefined
  }
  return (
    <div
      ref={attach}
      role="group"
      aria-label={t('bytes')}
      tabIndex={0}
      className={styles.hex}
      onScroll={list.handleScroll}
      onKeyDown={handleKey}
      onMouseDown={handleMouse}
    >
      <VirtualRows
        list={list}
        renderRow={({ place }) => {
          const start = place * perRow
          const row = [...bytes.subarray(start, start + perRow)]
          return (
            <div className={styles.hexRow}>
              <span className={styles.hexOffset}>{start.toString(16).padStart(4, '0')}</span>
              <span className={styles.hexCells}>
                {row.map((byte, index) => (
                  <span key={index} data-byte={start + index} data-state={stateOf(start + index)}>
                    {hexPair(byte)}
                  </span>
                ))}
              </span>
              <span className={styles.hexText}>
                {row.map((byte, index) => (
                  <span key={index} data-byte={start + index} data-state={stateOf(start + index)}>
                    {byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'}
                  </span>
                ))}
              </span>
            </div>
          )
        }}
      />
    </div>
  )
}
