import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useMemo, useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../../ui/Button'
import { formatCount } from '../../../ui/format'
import styles from '../inspector.module.css'

const lineHeight = 18
/** As many as a wide pane holds, so that a line is rarely taken for higher than it is. */
const charactersInRow = 80
/** More lines than this are short ones, or else the payload were not shown in this way. */
const mostMeasured = 20_000

/** One element must not grow beyond 33,554,400 px: more lines than this are shown in parts. */
export const linesPerPart = 500_000

export interface VirtualLinesProps {
  readonly label: string
  readonly count: number
  /** Takes the element that scrolls. */
  readonly attach: (lines: HTMLElement | null) => void
  readonly renderLine: (index: number) => ReactNode
  /** About how many characters a line shows, so that no more lines are drawn than there is room for. */
  readonly lengthOf: (index: number) => number
}

interface PartProps extends VirtualLinesProps {
  readonly first: number
}

function Part({ label, first, count, attach, renderLine, lengthOf }: PartProps) {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const attachScroller = useCallback(
    (element: HTMLDivElement | null) => {
      setScroller(element)
      attach(element)
    },
    [attach],
  )
  // eslint-disable-next-line react-hooks/incompatible-library -- read in this component only, never memoised
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller,
    estimateSize: (index) =>
      count > mostMeasured
        ? lineHeight
        : lineHeight * Math.max(1, Math.floor(lengthOf(first + index) / charactersInRow)),
    overscan: 4,
    // Enough for a first look where nothing has been measured yet.
    initialRect: { width: 600, height: 600 },
  })
  const items = virtualizer.getVirtualItems()
  return (
    <div ref={attachScroller} className={styles.lines} role="group" aria-label={label} tabIndex={0}>
      <div className={styles.linesSpacer} style={{ height: virtualizer.getTotalSize() }}>
        <div className={styles.linesWindow} style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
          {items.map((item) => (
            <div key={item.key} data-index={item.index} ref={virtualizer.measureElement} className={styles.line}>
              {renderLine(first + item.index)}
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}

/** Any number of lines that break at the pane's width, of which only those in view exist. */
export function VirtualLines(props: VirtualLinesProps) {
  const t = useTranslations('inspector')
  const [chosen, setChosen] = useState(0)
  const parts = useMemo(() => Math.max(1, Math.ceil(props.count / linesPerPart)), [props.count])
  const part = Math.min(chosen, parts - 1)
  const first = part * linesPerPart
  return (
    <div className={styles.linesFrame}>
      {parts > 1 ? (
        <div className={styles.parts}>
          <Button disabled={part === 0} onClick={() => setChosen(part - 1)}>
            {t('previousPart')}
          </Button>
          <span>{t('part', { part: formatCount(part + 1), parts: formatCount(parts) })}</span>
          <Button disabled={part === parts - 1} onClick={() => setChosen(part + 1)}>
            {t('nextPart')}
          </Button>
        </div>
      ) : null}
      <Part key={part} {...props} first={first} count={Math.min(linesPerPart, props.count - first)} />
    </div>
  )
}
