import { useRef, useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { QosField } from '../../../../mqttUi/QosField'
import type { Composed } from '../../../../state/composerRequest'
import { useProtocolVersion } from '../../../../state/useEntry'
import { CheckField, TextField } from '../../../../ui/fields'
import type { PayloadEditorHandle } from '../../composer/PayloadEditor'
import { PayloadSection } from '../../composer/PayloadSection'
import { PropertiesSection, PropertiesToggle } from '../../composer/PropertiesSection'
import styles from './form.module.css'

interface MessageFieldsProps {
  /** Another id is another message. */
  readonly id: string
  readonly message: Composed
  readonly onChange: (message: Composed) => void
  /** Default: that of a topic. */
  readonly topicLabel?: string
  readonly topicHint?: string
  /** A will is sent without properties. */
  readonly hasProperties?: boolean
  readonly children?: ReactNode
}

/** A message of a device: a template, whatever it is. */
export function MessageFields(props: MessageFieldsProps) {
  const { id, message, onChange, topicLabel, topicHint, hasProperties = true, children } = props
  const t = useTranslations('devices.fields')
  const editor = useRef<PayloadEditorHandle>(null)
  const protocolVersion = useProtocolVersion()
  const [showsProperties, setShowsProperties] = useState(false)
  const change = (changed: Partial<Composed>) => onChange({ ...message, ...changed, isTemplate: true })
  const verbs = {
    changeDraft: change,
    choosePayloadFile: null,
    dropPayloadFile: null,
    removePayloadFile: () => undefined,
  }
  return (
    <>
      <div className={styles.topicLine}>
        <TextField
          label={topicLabel ?? t('topic')}
          value={message.topic}
          mono
          hint={topicHint}
          onChange={(topic) => change({ topic })}
        />
        <QosField label={t('qos')} wording="number" value={message.qos} onChange={(qos) => change({ qos })} />
        <CheckField label={t('retain')} checked={message.retain} onChange={(retain) => change({ retain })} />
      </div>
      {children}
      <PayloadSection
        draft={{ id, message: { ...message, isTemplate: true }, file: null }}
        verbs={verbs}
        editor={editor}
      >
        {hasProperties ? (
          <PropertiesToggle
            message={message}
            open={showsProperties}
            onToggle={() => setShowsProperties(!showsProperties)}
          />
        ) : null}
      </PayloadSection>
      {hasProperties && showsProperties ? (
        <PropertiesSection message={message} onChange={change} protocolVersion={protocolVersion} />
      ) : null}
    </>
  )
}
