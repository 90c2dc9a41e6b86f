import { useTranslations } from 'use-intl'
import { formatCount } from '../../../ui/format'
import type { LogRows } from '../useLogRows'
import styles from './query.module.css'

interface ShownCountProps {
  readonly rows: LogRows
  /** Messages of the log, without those that wait while it is paused. */
  readonly all: number
}

/** How many messages the log shows, and of how many where the query leaves some out. */
export function ShownCount({ rows, all }: ShownCountProps) {
  const t = useTranslations('log')
  const { filtering, answered, searching } = rows
  const shown = filtering ? rows.source.count() : all
  const counts = { matches: formatCount(shown), all: formatCount(all) }
  return (
    <span role="status" className={styles.count} data-counter="shown" data-value={shown}>
      {!filtering ? '' : !answered ? t('searchingFirst') : t(searching ? 'searchingNote' : 'matchNote', counts)}
    </span>
  )
}
