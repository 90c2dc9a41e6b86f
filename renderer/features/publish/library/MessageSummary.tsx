import { useTranslations } from 'use-intl'
import { VisibleName, VisibleText } from '../../../ui/VisibleText'
import type { Composed } from '../../../state/composerRequest'
import styles from '../publish.module.css'

const previewLength = 120

/** A saved message in two lines: where it goes and how, and the beginning of what it says. */
export function MessageSummary({ message, name }: { readonly message: Composed; readonly name?: string }) {
  const t = useTranslations('publish')
  const preview = message.payload.slice(0, previewLength).replace(/[ \t\r\n\v\f]+/g, ' ')
  return (
    <span className={styles.summary}>
      {name === undefined ? null : <span className={styles.summaryName}>{name}</span>}
      <span className={styles.summaryTopic}>
        <VisibleName text={message.topic} />
        <span className={styles.faint}>
          {' '}
          {t('qosShort', { qos: message.qos })}
          {message.retain ? ` · ${t('retained')}` : ''}
        </span>
      </span>
      <span className={styles.summaryPayload}>
        {preview === '' ? (
          t('emptyPayload')
        ) : (
          <VisibleText text={preview} isStart={message.payload.length > previewLength} />
        )}
      </span>
    </span>
  )
}
