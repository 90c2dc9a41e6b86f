import { BellRing } from 'lucide-react'
import { useTranslations } from 'use-intl'
import styles from './mqttUi.module.css'

/** At the edge of a message's row: a rule of a watched value began to hold there. */
export function RangMark() {
  const t = useTranslations('watch')
  return (
    <span role="presentation" className={styles.rang} title={t('rang')} data-mark="watch">
      <BellRing size={9} aria-hidden />
      <span className="visually-hidden">{t('rang')}</span>
    </span>
  )
}

/** Beside a topic of which a rule holds now. */
export function AlarmMark() {
  const t = useTranslations('watch')
  return (
    <span role="img" aria-label={t('holdsNow')} title={t('holdsNow')} className={styles.alarm}>
      <BellRing size={12} />
    </span>
  )
}
