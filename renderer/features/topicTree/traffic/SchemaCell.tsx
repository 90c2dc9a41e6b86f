import { useTranslations } from 'use-intl'
import type { CheckCounts } from '../../../model/logSearch/logChecks'
import { useChecksText } from '../../../mqttUi/useChecksText'
import { formatShortCount } from './trafficText'

/** Messages that do not conform to their JSON Schema, of those that were checked; of a branch with everything below it. */
export function SchemaCell({ counts }: { readonly counts: CheckCounts | null }) {
  const t = useTranslations('topicTree')
  const textOf = useChecksText()
  if (!counts) return <span data-column="schema" />
  const { checked, differing } = counts
  const values = { differing: formatShortCount(differing), checked: formatShortCount(checked) }
  return (
    <span data-column="schema" data-differing={differing > 0} title={textOf(counts)}>
      {t('traffic.differing', values)}
    </span>
  )
}
