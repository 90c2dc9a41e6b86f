import { useVirtualizer } from '@tanstack/react-virtual'
import { useId, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { useTranslations } from 'use-intl'
import { formatBytes } from '../../ui/format'
import { VisibleText } from '../../ui/VisibleText'
import styles from './retained.module.css'
import { allChosen, extendedTo, toggled, type Selection } from './selection'
import type { Listing } from './useRetainedListing'

const rowHeight = 24

interface RetainedListProps {
  readonly listing: Listing
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
}

interface RowProps {
  readonly id: string
  readonly place: number
  readonly listing: Listing
  readonly selection: Selection
  readonly onClick: (event: MouseEvent) => void
}

function Row({ id, place, listing, selection, onClick }: RowProps) {
  const t = useTranslations('retained')
  const entry = listing.entries[place]
  if (!entry) return null
  const fate = listing.fates.get(place)
  const chosen = selection.chosen.has(place)
  return (
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      className={styles.row}
      data-topic={entry.topic}
      data-fate={fate}
      data-cursor={selection.cursor === place}
      onClick={onClick}
    >
      <input type="checkbox" checked={chosen} readOnly tabIndex={-1} aria-hidden className={styles.check} />
      <span className={styles.topic}>
        <VisibleText text={entry.topic} />
      </span>
      {fate ? <span className={styles.fate}>{t(`fates.${fate}`)}</span> : null}
      {entry.expirySeconds === null ? null : (
        <span className={styles.expiry}>{t('expires', { count: entry.expirySeconds })}</span>
      )}
      <span className={styles.size}>{formatBytes(entry.size)}</span>
      <span className={styles.qos} title={entry.qos === null ? t('qosUnknown') : undefined}>
        {entry.qos === null ? 'QoS ?' : `QoS ${entry.qos}`}
      </span>
    </div>
  )
}

/** Any number of retained messages, of which only those in view exist. */
export function RetainedList({ listing, selection, onSelect }: RetainedListProps) {
  const t = useTranslations('retained')
  const listId = useId()
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const count = listing.entries.length
  // eslint-disable-next-line react-hooks/incompatible-library -- read in this component only, never memoised
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: 12,
    initialRect: { width: 600, height: 400 },
  })
  const moveTo = (place: number, extends_: boolean) => {
    const next = Math.max(0, Math.min(count - 1, place))
    onSelect(extends_ ? extendedTo(selection, next) : { ...selection, cursor: next, anchor: next })
    virtualizer.scrollToIndex(next)
  }
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 }
  const handleKey = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (step !== undefined) moveTo(selection.cursor + step, event.shiftKey)
    else if (event.key === 'Home') moveTo(0, event.shiftKey)
    else if (event.key === 'End') moveTo(count - 1, event.shiftKey)
    else if (event.key === ' ') onSelect(toggled(selection, selection.cursor))
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) onSelect(allChosen(selection, count))
    else return
    event.preventDefault()
  }
  const handleClick = (event: MouseEvent, place: number) =>
    onSelect(event.shiftKey ? extendedTo(selection, place) : toggled(selection, place))
  const items = virtualizer.getVirtualItems()
  return (
    <div
      ref={setScroller}
      role="listbox"
      aria-label={t('list')}
      aria-multiselectable
      aria-activedescendant={`${listId}-${selection.cursor}`}
      tabIndex={0}
      className={styles.list}
      onKeyDown={handleKey}
    >
      <div className={styles.spacer} style={{ height: virtualizer.getTotalSize() }}>
        <div className={styles.window} style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
          {items.map(({ index }) => (
            <Row
              key={index}
              id={`${listId}-${index}`}
              place={index}
              listing={listing}
              selection={selection}
              onClick={(event) => handleClick(event, index)}
            />
          ))}
        </div>
      </div>
    </div>
  )
}
