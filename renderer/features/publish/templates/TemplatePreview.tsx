import { useDeferredValue, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { SenderRows } from '#shared/model/sender'
import type { PreviewedMessage } from '#shared/model/template'
import { formatHex } from '#shared/mqtt/payloadText'
import type { AppError } from '#shared/result'
import { oneLineOf } from '#shared/text/payloadReading'
import { useErrorText } from '../../../i18n/useErrorText'
import type { Composed } from '../../../state/composerRequest'
import { useEnvironmentInUse } from '../../../state/environments'
import { useConnectionObject } from '../../../state/useConnection'
import { formatCount } from '../../../ui/format'
import { VisibleText } from '../../../ui/VisibleText'
import styles from './templates.module.css'
import { PreviewedCheck } from './PreviewedCheck'
import { templateRequestOf } from './templateRequest'

const previewed = 3
const shownBytes = 2048

interface PreviewProps {
  readonly message: Composed
  /** Milliseconds from one message to the next. */
  readonly intervalMs: number
  /** How many devices send in turn; absent = one. */
  readonly devices?: number
  /** Where `row` comes from; absent = there is none. The same object while they stay the same. */
  readonly rows?: SenderRows | undefined
}

/** The next messages that a template makes, byte for byte what would be sent now, or why it makes none. */
export function TemplatePreview(props: PreviewProps) {
  const t = useTranslations('publish.template')
  const errorText = useErrorText()
  const preview = usePreview(props)
  const { format } = props.message
  if (!preview) return <section aria-label={t('preview')} className={styles.preview} />
  const made = preview.flatMap((one) => (one.ok ? [one.value] : []))
  const error = preview.find((one) => !one.ok)?.error
  return (
    <section aria-label={t('preview')} className={styles.preview}>
      <ol className={styles.messages}>
        {made.map(({ topic, payload, payloadBytes, hidesSecrets }, index) => (
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
            <span className={styles.size}>
              {t('bytes', { count: payloadBytes, number: formatCount(payloadBytes) })}
            </span>
          </li>
        ))}
      </ol>
      {error ? (
        <p role="alert" className={styles.problem}>
          {errorText(error)}
        </p>
      ) : null}
    </section>
  )
}

function PayloadLine({ payload }: { readonly payload: Uint8Array }) {
  const t = useTranslations('publish')
  const line = oneLineOf(payload, { payloadBytes: payload.length, textBytes: shownBytes, hexBytes: shownBytes / 8 })
  if (line.kind === 'empty') return t('emptyPayload')
  if (line.kind === 'text') return <VisibleText text={line.text} isStart={line.cut} />
  return `0x ${formatHex(line.first)}${line.cut ? ' …' : ''}`
}

/** Asked for after the key was drawn; the last answer stands until the next one. */
const usePreview = ({ message, intervalMs, devices, rows }: PreviewProps): readonly PreviewedMessage[] | null => {
  const connection = useConnectionObject()
  const environment = useEnvironmentInUse()
  const wanted = useDeferredValue(message)
  const wantedRows = useDeferredValue(rows)
  const [preview, setPreview] = useState<readonly PreviewedMessage[] | null>(null)
  useEffect(() => {
    let isOutdated = false
    const request = {
      ...templateRequestOf(connection, wanted),
      count: previewed,
      intervalMs,
      devices,
      rows: wantedRows,
    }
    void connection.app.api.invoke('template.preview', request).then((result) => {
      if (!isOutdated) setPreview(result.ok ? result.value : [failed(result.error)])
    })
    return () => {
      isOutdated = true
    }
    // What is in the environment is part of what is made.
  }, [connection, wanted, intervalMs, devices, wantedRows, environment])
  return preview
}

const failed = (error: AppError): PreviewedMessage => ({ ok: false, error })
