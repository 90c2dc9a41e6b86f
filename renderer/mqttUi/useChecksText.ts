import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import type { CheckCounts } from '../model/logSearch/logChecks'
import { formatCount } from '../ui/format'

/** What became of messages that were held against schemas, as a sentence; what could not be checked is said, too. */
export const useChecksText = (): ((counts: CheckCounts) => string) => {
  const t = useTranslations('schemas')
  return useCallback(
    ({ checked, differing, unchecked }) => {
      const said = t('counts.differing', { differing: formatCount(differing), checked: formatCount(checked) })
      return unchecked === 0 ? said : `${said} ${t('counts.unchecked', { unchecked: formatCount(unchecked) })}`
    },
    [t],
  )
}
