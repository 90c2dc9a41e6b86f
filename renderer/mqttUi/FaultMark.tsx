import { useTranslations } from 'use-intl'
import styles from './mqttUi.module.css'

/** Says of a connection that it may be broken on purpose. */
export function FaultMark() {
  const t = useTranslations('faults')
  return (
    <span data-faults className={styles.faults} title={t('markHint')}>
      {t('mark')}
    </span>
  )
}
