import { type PropertyProblemCode } from '#shared/model/composing'
import { SlidersHorizontal } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { ProtocolVersion } from '#shared/model/qos'
import { UserPropertyRows } from '../../../mqttUi/UserPropertyRows'
import type { Composed } from '../../../state/composerRequest'
import { Button } from '../../../ui/Button'
import { CheckField, TextField } from '../../../ui/fields'
import { draftProblems } from './composeRequest'
import styles from '../publish.module.css'
import { countProperties } from './draft'
import { useTopicProblemText } from './useTopicProblemText'

interface ToggleProps {
  readonly message: Composed
  readonly open: boolean
  readonly onToggle: () => void
}

/** Says how many properties go along even while they are folded away. */
export function PropertiesToggle({ message, open, onToggle }: ToggleProps) {
  const t = useTranslations('publish')
  const count = countProperties(message)
  return (
    <Button
      variant="quiet"
      icon={<SlidersHorizontal size={14} aria-hidden />}
      aria-expanded={open}
      onClick={onToggle}
      className={styles.toggle}
    >
      {t('properties')}
      {count > 0 ? <span className={styles.badge}>{count}</span> : null}
    </Button>
  )
}

interface SectionProps {
  readonly message: Composed
  readonly onChange: (change: Partial<Composed>) => void
  readonly protocolVersion: ProtocolVersion
  /** Another number than before, and not 0: it was refused, and what is wrong comes into view. */
  readonly refused?: number
}

/** What MQTT 5 lets a message carry besides its payload (§3.3.2.3). */
export function PropertiesSection({ message, onChange: change, protocolVersion, refused = 0 }: SectionProps) {
  const t = useTranslations('publish')
  const topicText = useTopicProblemText()
  const section = useRefusedInView(refused)
  const problems = draftProblems({ message: { ...message, payload: '' }, file: null })
  const textOf = (code: PropertyProblemCode | undefined) => (code ? t(`propertyProblems.${code}`) : null)
  return (
    <div ref={section} role="group" aria-label={t('properties')} className={styles.properties}>
      {protocolVersion === '5' ? null : <p className={styles.note}>{t('needsMqtt5', { version: protocolVersion })}</p>}
      <TextField
        label={t('contentType')}
        value={message.contentType}
        onChange={(contentType) => change({ contentType })}
        placeholder={t('contentTypeExample')}
        mono
        error={textOf(problems.contentType)}
      />
      <TextField
        label={t('messageExpiry')}
        value={message.messageExpiry}
        onChange={(messageExpiry) => change({ messageExpiry })}
        inputMode="numeric"
        mono
        error={textOf(problems.messageExpiry)}
      />
      <TextField
        label={t('responseTopic')}
        value={message.responseTopic}
        onChange={(responseTopic) => change({ responseTopic })}
        mono
        error={problems.responseTopic ? topicText(problems.responseTopic) : null}
      />
      <TextField
        label={t('correlationData')}
        value={message.correlationData}
        onChange={(correlationData) => change({ correlationData })}
        placeholder={t('correlationPlaceholder')}
        mono
        error={textOf(problems.correlationData)}
      />
      <UserPropertyRows
        rows={message.userProperties}
        problemOf={(row) => textOf(problems.userProperties?.[row])}
        onChange={(userProperties) => change({ userProperties })}
      />
      <CheckField
        label={t('utf8')}
        checked={message.payloadFormatIndicator ?? false}
        onChange={(payloadFormatIndicator) => change({ payloadFormatIndicator })}
      />
    </div>
  )
}

/** The section scrolls on its own: the field a send was refused for comes into view. */
const useRefusedInView = (refused: number) => {
  const section = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (refused > 0) section.current?.querySelector('[aria-invalid]')?.scrollIntoView({ block: 'center' })
  }, [refused])
  return section
}
