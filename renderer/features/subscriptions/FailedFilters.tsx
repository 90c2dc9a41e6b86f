import { RotateCcw, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useErrorText } from '../../i18n/useErrorText'
import { subscribeFieldState } from '../../state/subscribeField'
import { useConnection } from '../../state/useConnection'
import { IconButton } from '../../ui/IconButton'
import { shortVisible } from '#shared/text/visibleText'
import styles from './subscriptions.module.css'

/** A sentence holds this much of a filter. */
const shownFilter = 60

/** Filters that were typed and not taken: each with its reason, since the field may hold another one by now. */
export function FailedFilters() {
  const t = useTranslations('subscriptions')
  const errorText = useErrorText()
  const failed = useConnection(subscribeFieldState, (state) => state.failed)
  const submit = useConnection(subscribeFieldState, (state) => state.submit)
  const dropFailed = useConnection(subscribeFieldState, (state) => state.dropFailed)
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
          onClick={() => void submit({ filter, qos })}
        />
        <IconButton
          label={t('dropFailed', { filter: name })}
          icon={<X size={14} />}
          onClick={() => dropFailed(filter)}
        />
      </div>
    )
  })
}
