import { useTranslations } from 'use-intl'
import type { Subscription } from '#shared/model/subscription'
import type { NearMiss } from '#shared/mqtt/nearMisses'
import { visibleName } from '#shared/text/visibleText'
import { replaceFilter } from '../../../state/subscriptionVerbs'
import { useConnectionObject } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { formatCount } from '../../../ui/format'
import styles from '../subscriptions.module.css'

interface NearMissLineProps {
  readonly subscription: Subscription
  /** The nearest one; absent = there is none. */
  readonly nearest: NearMiss | undefined
}

/** Below a filter that brought nothing: one that it may have been meant to be, to take it in its place. */
export function NearMissLine({ subscription, nearest }: NearMissLineProps) {
  const t = useTranslations('subscriptions.near')
  const connection = useConnectionObject()
  if (!nearest) return null
  const filter = visibleName(nearest.filter)
  return (
    <p className={styles.near}>
      <span className={styles.nearText}>{t('matches', countOf(nearest))}</span>
      <Button
        variant="quiet"
        tabIndex={-1}
        className={styles.nearFilter}
        aria-label={t('take', { filter })}
        title={t('take', { filter })}
        onClick={() => void replaceFilter(connection, subscription, nearest.filter)}
      >
        {filter}
      </Button>
    </p>
  )
}

export const countOf = ({ topics }: NearMiss) => ({ topics, count: formatCount(topics) })
