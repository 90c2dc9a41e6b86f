import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/Button'
import { formatBytes, formatCount } from '../../ui/format'
import { visibleText } from '../../ui/visibleText'
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
}

/** Says what would be cleared before it is, how far it is, and takes it back. */
export function RetainedFooter({ listing, standing, onClear, onUndo, onCancel, onClose }: RetainedFooterProps) {
  const t = useTranslations('retained')
  const [asking, setAsking] = useState(false)
  const { places, bytes, hidden } = standing
  const values = { count: formatCount(places.length), size: formatBytes(bytes), hidden: formatCount(hidden) }
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
  if (asking && places.length > 0)
    return (
      <>
        <p role="alert" className={styles.work}>
          {t(hidden > 0 ? 'questionHidden' : 'question', {
            ...values,
            first: visibleText(listing.entries[places[0] ?? 0]?.topic ?? ''),
          })}
        </p>
        <Button autoFocus onClick={() => setAsking(false)}>
          {t('keep')}
        </Button>
        <Button
          variant="danger"
          onClick={() => {
            setAsking(false)
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
      <Button variant="danger" disabled={places.length === 0} onClick={() => setAsking(true)}>
        {t('clearSelected', values)}
      </Button>
    </>
  )
}
