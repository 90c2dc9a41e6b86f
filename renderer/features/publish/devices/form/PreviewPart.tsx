import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { decodeJson } from '#shared/encoding/decodedJson'
import type { DeviceDefinition, PreviewedDeviceMessage } from '#shared/model/device'
import type { Result } from '#shared/result'
import { useErrorText } from '../../../../i18n/useErrorText'
import { useApp } from '../../../../state/useApp'
import { useConnectionObject } from '../../../../state/useConnection'
import { formatBytes, formatCount } from '../../../../ui/format'
import { VisibleText } from '../../../../ui/VisibleText'
import { PayloadLine } from '../../templates/TemplatePreview'
import { devicesState } from '../devicesState'
import styles from './form.module.css'
import { usePlaceWords } from './usePlaceWords'

/** What the first device would send, or why it would not. */
export function PreviewPart({ device }: { readonly device: DeviceDefinition }) {
  const t = useTranslations('devices')
  const errorText = useErrorText()
  const placeWords = usePlaceWords()
  const preview = usePreview(device)
  if (!preview) return <p className={styles.hint} />
  if (!preview.ok)
    return (
      <p role="alert" className={styles.problem}>
        {preview.error.field === undefined
          ? errorText(preview.error)
          : t('preview.where', { ...placeWords(preview.error.field.split('.')), reason: errorText(preview.error) })}
      </p>
    )
  if (preview.value.length === 0) return <p className={styles.hint}>{t('preview.nothing')}</p>
  return (
    <ol aria-label={t('preview.list')} className={styles.messages}>
      {preview.value.map((one, index) => (
        <PreviewedLine key={index} one={one} />
      ))}
    </ol>
  )
}

function PreviewedLine({ one: { kind, atMs, message } }: { readonly one: PreviewedDeviceMessage }) {
  const t = useTranslations('devices')
  const { topic, payload, retain } = message
  return (
    <li className={styles.message} data-kind={kind}>
      <span className={styles.kind}>
        {t(`preview.kinds.${kind}`)}
        {kind === 'telemetry' ? ` ${formatCount(Math.round(atMs))} ms` : ''}
      </span>
      <span className={styles.topic}>
        <VisibleText text={topic} />
      </span>
      <span className={styles.payload}>
        <Payload topic={topic} payload={payload} />
      </span>
      <span className={styles.size}>
        {formatBytes(payload.length)}
        {retain ? ` · ${t('fields.retain')}` : ''}
      </span>
    </li>
  )
}

/** Sparkplug is shown as JSON. */
function Payload({ topic, payload }: { readonly topic: string; readonly payload: Uint8Array }) {
  const read = topic.startsWith('spBv1.0/') ? decodeJson(payload, 'sparkplug') : null
  return read?.ok ? <VisibleText text={read.text} /> : <PayloadLine payload={payload} />
}

const usePreview = (device: DeviceDefinition): Result<readonly PreviewedDeviceMessage[]> | null => {
  const { id } = useConnectionObject()
  const preview = useApp(devicesState, (state) => state.preview)
  const [known, setKnown] = useState<Result<readonly PreviewedDeviceMessage[]> | null>(null)
  useEffect(() => {
    let isMeant = true
    void preview(id, device).then((result) => {
      if (isMeant) setKnown(result)
    })
    return () => void (isMeant = false)
  }, [id, device, preview])
  return known
}
