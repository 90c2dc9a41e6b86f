import { RotateCcw, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useErrorText } from '../../i18n/useErrorText'
import { useApp } from '../../store/useApp'
import { IconButton } from '../../ui/IconButton'
import { shortVisible } from '#shared/text/visibleText'
import type { FailedFilter } from './filterSubmission'
import styles from './subscriptions.module.css'

/** A sentence holds this much of a filter. */
const shownFilter = 60

const none: readonly FailedFilter[] = []

/** Filters that were typed and not taken: each with its reason, since the field may hold another one by now. */
export function FailedFilters({ connectionId }: { readonly connectionId: string }) {
  const t = useTranslations('subscriptions')
  const errorText = useErrorText()
  const failed = useApp((state) => state.failedFilters[connectionId] ?? none)
  const submitFilter = useApp((state) => state.submitFilter)
  const dropFailedFilter = useApp((state) => state.dropFailedFilter)
  return failed.map(({ filter, qos, error }) => {
    const name = shortVisible(filter, shownFilter)
    return (
      <div key={filter} className={styles.failed}>
        <p role="alert" className={styles.problem}>
          {t('notAdded', { filter: name, reason: errorText(error) })}
        </p>
        <IconButton
          label={t('addAgain', { filter: name })}
          icon={<RotateCcw size={14} />}
          onClick={() => void submitFilter(connectionId, { filter, qos })}
        />
        <IconButton
          label={t('dropFailed', { filter: name })}
          icon={<X size={14} />}
          onClick={() => dropFailedFilter(connectionId, filter)}
        />
      </div>
    )
  })
}
