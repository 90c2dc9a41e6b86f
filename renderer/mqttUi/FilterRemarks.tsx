import { useTranslations } from 'use-intl'
import { filterRemarks } from '#shared/mqtt/filterRemarks'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import styles from './mqttUi.module.css'

/** Stands below a field: what of a valid filter is perhaps a slip. Nothing forbids it, so it interrupts nobody. */
export function FilterRemarks({ id, filter }: { readonly id: string; readonly filter: string }) {
  const t = useTranslations('filterRemarks')
  const remarks = topicFilterProblem(filter) ? [] : filterRemarks(filter)
  if (remarks.length === 0) return null
  return (
    <p id={id} className={styles.remarks} data-part="remarks">
      {remarks.map((code) => t(code)).join(' ')}
    </p>
  )
}
