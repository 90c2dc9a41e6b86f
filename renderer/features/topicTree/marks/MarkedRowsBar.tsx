import { X } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { TopicIndex } from '../../../model/topicIndex/topicIndex'
import { IconButton } from '../../../ui/IconButton'
import { keyOf } from '../../../ui/keyOf'
import { useLandmarkName } from '../../../state/useLandmarkName'
import type { FoundFilters } from './filterProposal'
import styles from './markedRows.module.css'
import { ProposedFilters } from './ProposedFilters'
import type { RowMarks } from './rowMarks'
import { useFilterProposal } from './useFilterProposal'

interface MarkedRowsBarProps {
  readonly tree: TopicIndex
  readonly marks: RowMarks
  /** Changes once a second. */
  readonly now: number
  readonly onClose: () => void
}

/** What to subscribe to for the marked rows, and what else that would bring. */
export function MarkedRowsBar({ tree, marks, now, onClose }: MarkedRowsBarProps) {
  const t = useTranslations('topicTree')
  const landmark = useLandmarkName(t('marked.region'))
  const answer = useFilterProposal({ tree, marks, now })
  const filters = answer?.proposal.phase === 'found' ? answer.proposal : null
  const isOutdated = answer?.marks !== marks
  const isTooMany = !isOutdated && !filters
  const handleKey = (event: KeyboardEvent) => {
    if (keyOf(event) === 'Escape') onClose()
  }
  return (
    <section aria-label={landmark} className={styles.bar} onKeyDown={handleKey}>
      <div className={styles.head}>
        <Summary rows={marks.size} filters={isOutdated ? null : filters} isTooMany={isTooMany} />
        <IconButton label={t('marked.close')} shortcut="Esc" icon={<X size={14} />} onClick={onClose} />
      </div>
      {isTooMany ? <p className={styles.note}>{t('marked.tooManyRows')}</p> : null}
      {filters ? <ProposedFilters {...{ marks, filters, isOutdated }} /> : null}
    </section>
  )
}

interface SummaryProps {
  readonly rows: number
  /** Null while they are worked out, and where there are none. */
  readonly filters: FoundFilters | null
  readonly isTooMany: boolean
}

/** Only what changes with the marks is announced: each topic that arrives would make a screen reader read again. */
function Summary({ rows, filters, isTooMany }: SummaryProps) {
  const t = useTranslations('topicTree')
  const more = filters ? t('topicCount', { topics: filters.topics }) : isTooMany ? null : t('marked.finding')
  return (
    <div className={styles.summary}>
      <div role="status" className={styles.announced}>
        <strong>{t('marked.rows', { rows })}</strong>
        {filters && filters.leftOut > 0 ? (
          <span className={styles.leftOut}>{t('marked.leftOut', { rows: filters.leftOut })}</span>
        ) : null}
      </div>
      <span className={styles.topics}>{more}</span>
    </div>
  )
}
