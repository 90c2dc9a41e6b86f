import type { ReactNode, Ref } from 'react'
import { useTranslations } from 'use-intl'
import { QosField } from '../../../mqttUi/QosField'
import type { Composed } from '../../../state/composerRequest'
import { CheckField } from '../../../ui/fields'
import styles from '../publish.module.css'
import { TopicField } from './TopicField'

interface HeadProps {
  readonly message: Composed
  readonly onChange: (change: Partial<Composed>) => void
  /** Told of a text that is pasted into the topic before it stands there. */
  readonly onPasteTopic?: (text: string) => void
  readonly topicError: string | null
  readonly topicRef: Ref<HTMLInputElement>
  /** Stands at the end of the line. */
  readonly children?: ReactNode
}

/** Where a message goes and how: topic, QoS and RETAIN. */
export function MessageHead(props: HeadProps) {
  const { message, onChange, onPasteTopic, topicError, topicRef, children } = props
  const t = useTranslations('publish')
  return (
    <div className={styles.head}>
      <TopicField
        value={message.topic}
        onChange={(topic) => onChange({ topic })}
        onPaste={onPasteTopic}
        error={topicError}
        inputRef={topicRef}
      />
      <div className={styles.options}>
        <div className={styles.inline}>
          <QosField label={t('qos')} wording="number" value={message.qos} onChange={(qos) => onChange({ qos })} />
        </div>
        <CheckField label={t('retain')} checked={message.retain} onChange={(retain) => onChange({ retain })} />
      </div>
      {children}
    </div>
  )
}
