import { memo, useRef, type PointerEvent, type RefObject } from 'react'
import { useTranslations } from 'use-intl'
import { classes } from '../../ui/classes'
import styles from './log.module.css'

const narrowest = 80

/** The topic column follows the pointer; the width lives on the grid as a custom property, so no row is drawn again. */
function TopicResizer({ grid }: { readonly grid: RefObject<HTMLElement | null> }) {
  const start = useRef({ x: 0, width: 0 })
  const handleDown = (event: PointerEvent<HTMLSpanElement>) => {
    const cell = event.currentTarget.parentElement
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { x: event.clientX, width: cell?.offsetWidth ?? narrowest }
  }
  const handleMove = (event: PointerEvent<HTMLSpanElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const width = Math.max(narrowest, start.current.width + event.clientX - start.current.x)
    grid.current?.style.setProperty('--topic-width', `${width}px`)
  }
  return (
    <span
      className={styles.resizer}
      aria-hidden="true"
      onPointerDown={handleDown}
      onPointerMove={handleMove}
      onDoubleClick={() => grid.current?.style.removeProperty('--topic-width')}
    />
  )
}

export const ColumnHeaders = memo(function ColumnHeaders({ grid }: { readonly grid: RefObject<HTMLElement | null> }) {
  const t = useTranslations('log.columns')
  return (
    <div role="rowgroup" className={styles.header}>
      <div role="row" aria-rowindex={1} className={styles.headerRow}>
        <span role="columnheader">{t('time')}</span>
        <span role="columnheader">
          <span className="visually-hidden">{t('direction')}</span>
        </span>
        <span role="columnheader">
          <span className="visually-hidden">{t('subscriptions')}</span>
        </span>
        <span role="columnheader" className={styles.topicHeader}>
          {t('topic')}
          <TopicResizer grid={grid} />
        </span>
        <span role="columnheader" className={classes(styles.numberHeader, styles.qosCell, styles.qosHeader)}>
          {t('qos')}
        </span>
        <span role="columnheader" className={styles.marks}>
          <span className="visually-hidden">{t('marks')}</span>
        </span>
        <span role="columnheader" className={classes(styles.numberHeader, styles.sizeCell)}>
          {t('size')}
        </span>
        <span role="columnheader">{t('payload')}</span>
      </div>
    </div>
  )
})
