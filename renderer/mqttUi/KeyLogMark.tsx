import { useTranslations } from 'use-intl'
import styles from './mqttUi.module.css'

/** Says of a connection that whoever has this file can read its TLS. */
export function KeyLogMark({ file }: { readonly file: string }) {
  const t = useTranslations('connections')
  return (
    <span data-key-log className={styles.faults} title={t('keyLogMarkHint', { file })}>
      {t('keyLogMark')}
    </span>
  )
}
