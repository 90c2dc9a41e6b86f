import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/Button'
import { formatBytes, formatCount } from '../../ui/format'
import { visibleName } from '#shared/text/visibleText'
import styles from './retained.module.css'
import type { Standing } from './standing'
import type { Listing } from './useRetainedListing'
import { WorkText } from './WorkText'

interface RetainedFooterProps {
  readonly listing: Listing
  readonly standing: Standing
  readonly onClear: (places: readonly number[]) => void
  readonly onUndo: () => void
  readonly onCancel: () => void
  readonly onClose: () => void
  /** The question has gone, and its buttons with it: the focus needs a place. */
  readonly onAnswered: () => void
}

/** Says what would be cleared before it is, how far it is, and takes it back. */
export function RetainedFooter(props: RetainedFooterProps) {
  const { listing, standing, onClear, onUndo, onCancel, onClose, onAnswered } = props
  const t = useTranslations('retained')
  /** The list that the question is about. */
  const [asking, setAsking] = useState<Listing['entries'] | null>(null)
  const { places, bytes, hidden } = standing
  const isMoot = places.length === 0 || asking !== listing.entries
  if (asking && isMoot) setAsking(null)
  const answer = () => {
    setAsking(null)
    onAnswered()
  }
  const values = {
    count: places.length,
    shown: formatCount(places.length),
    size: formatBytes(bytes),
    hidden: formatCount(hidden),
  }
  const work = listing.page?.work ?? null
  if (work && work.stage !== 'ended')
    return (
      <>
        <WorkText work={work} />
        <Button disabled={work.cancelled} onClick={onCancel}>
          {t('cancel')}
        </Button>
      </>
    )
  if (asking && !isMoot)
    return (
      <>
        <p role="alert" className={styles.work}>
          {t(hidden > 0 ? 'questionHidden' : 'question', {
            ...values,
            first: visibleName(listing.entries[places[0] ?? 0]?.topic ?? ''),
          })}
        </p>
        <Button autoFocus onClick={answer}>
          {t('keep')}
        </Button>
        <Button
          variant="danger"
          onClick={() => {
            answer()
            onClear(places)
          }}
        >
          {t('clear', values)}
        </Button>
      </>
    )
  const undoable = listing.page?.undoable ?? 0
  return (
    <>
      {work ? <WorkText work={work} /> : <span className={styles.work} />}
      {undoable > 0 ? <Button onClick={onUndo}>{t('undo', { count: formatCount(undoable) })}</Button> : null}
      <Button onClick={onClose}>{t('close')}</Button>
      <Button variant="danger" disabled={places.length === 0} onClick={() => setAsking(listing.entries)}>
        {t('clearSelected', values)}
      </Button>
    </>
  )
}
