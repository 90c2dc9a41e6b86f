import { useTranslations } from 'use-intl'
import styles from './mqttUi.module.css'

/** Says of a connection that others depend on what is sent to it. */
export function ProductionMark() {
  const t = useTranslations('ui')
  return (
    <span data-production className={styles.production} title={t('productionHint')}>
      {t('production')}
    </span>
  )
}
