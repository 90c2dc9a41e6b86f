import { useTranslations } from 'use-intl'
import type { PayloadFormat } from '#shared/model/publish'
import type { PreviewedMessage } from '#shared/model/template'
import { formatHex } from '#shared/mqtt/payloadText'
import { oneLineOf } from '#shared/text/payloadReading'
import { useErrorText } from '../../../i18n/useErrorText'
import { formatCount } from '../../../ui/format'
import { VisibleText } from '../../../ui/VisibleText'
import styles from './templates.module.css'
import { PreviewedCheck } from './PreviewedCheck'
import { usePreview, type WantedPreview } from './usePreview'

const shownBytes = 2048

/** The next messages that a template makes, byte for byte what would be sent now, or why it makes none. */
export function TemplatePreview(wanted: WantedPreview) {
  const t = useTranslations('publish.template')
  const errorText = useErrorText()
  const preview = usePreview(wanted)
  if (!preview) return <section aria-label={t('preview')} className={styles.preview} />
  const error = preview.find((one) => !one.ok)?.error
  return (
    <section aria-label={t('preview')} className={styles.preview}>
      <PreviewedMessages
        format={wanted.message.format}
        messages={preview.flatMap((one) => (one.ok ? [one.value] : []))}
      />
      {error ? (
        <p role="alert" className={styles.problem}>
          {errorText(error)}
        </p>
      ) : null}
    </section>
  )
}

interface MessagesProps {
  /** How the payload of the template is written. */
  readonly format: PayloadFormat
  readonly messages: readonly Extract<PreviewedMessage, { ok: true }>['value'][]
}

/** A line for each: topic, payload, and how many bytes that is. */
export function PreviewedMessages({ format, messages }: MessagesProps) {
  const t = useTranslations('publish.template')
  return (
    <ol className={styles.messages}>
      {messages.map(({ topic, payload, payloadBytes, hidesSecrets }, index) => (
        <li key={index} className={styles.message} data-preview={index + 1}>
          <span className={styles.topic}>
            <VisibleText text={topic} />
          </span>
          <span className={styles.payload}>
            <PayloadLine payload={payload} />
          </span>
          <PreviewedCheck topic={topic} payload={payload} format={format} />
          {hidesSecrets ? (
            <span className={styles.secret} title={t('hiddenHint')}>
              {t('hidden')}
            </span>
          ) : null}
          <span className={styles.size}>{t('bytes', { count: payloadBytes, number: formatCount(payloadBytes) })}</span>
        </li>
      ))}
    </ol>
  )
}

/** The beginning of a payload on one line: text, or hex. */
export function PayloadLine({ payload }: { readonly payload: Uint8Array }) {
  const t = useTranslations('publish')
  const line = oneLineOf(payload, { payloadBytes: payload.length, textBytes: shownBytes, hexBytes: shownBytes / 8 })
  if (line.kind === 'empty') return t('emptyPayload')
  if (line.kind === 'text') return <VisibleText text={line.text} isStart={line.cut} />
  return `0x ${formatHex(line.first)}${line.cut ? ' …' : ''}`
}
