import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { decodeJson } from '#shared/encoding/decodedJson'
import { isEncoding } from '#shared/encoding/payloadInFormat'
import type { PayloadFormat } from '#shared/model/publish'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { useBoundSchema } from '../composer/schema/useBoundSchema'
import { useFindingText } from '../../../mqttUi/useFindingText'
import { useSchemaCheck } from '../../../state/useSchemaCheck'
import styles from './templates.module.css'

interface CheckProps {
  readonly topic: string
  readonly payload: Uint8Array
  readonly format: PayloadFormat
}

/** Whether what a template made conforms to the schema of the topic that it made. */
export function PreviewedCheck({ topic, payload, format }: CheckProps) {
  const t = useTranslations('schemas.check')
  const findingText = useFindingText()
  const bound = useBoundSchema(topic)
  const text = useMemo(() => jsonOf(payload, format), [payload, format])
  const checked = useSchemaCheck(text !== null && bound?.json ? bound.json.text : null, text ?? '')?.checked
  if (!checked || checked.outcome === 'noJson') return null
  if (checked.outcome !== 'differs')
    return (
      <span className={styles.check} data-schema-state={checked.outcome}>
        {t(checked.outcome)}
      </span>
    )
  const [first] = checked.findings
  return (
    <span className={styles.check} data-schema-state="differs">
      {t('differs', { count: checked.count })}
      {first ? `: ${findingText(first)}` : ''}
    </span>
  )
}

/** Null = it is not written in JSON, or cannot be read as such. */
const jsonOf = (payload: Uint8Array, format: PayloadFormat): string | null => {
  if (format === 'json') return decodeUtf8(payload)
  const decoded = isEncoding(format) ? decodeJson(payload, format) : null
  return decoded?.ok ? decoded.text : null
}
