import { Binary } from 'lucide-react'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { payloadBytes } from '#shared/model/composing'
import type { AppError } from '#shared/result'
import { hexView } from '../../../decode/views/hexView'
import { useErrorText } from '../../../i18n/useErrorText'
import { useSchemaWriters } from '../../../state/schemaWriters'
import { useConnectionObject } from '../../../state/useConnection'
import { formatCount } from '../../../ui/format'
import { IconButton } from '../../../ui/IconButton'
import { Popover } from '../../../ui/Popover'
import styles from '../publish.module.css'
import { isOnDisk, type Draft } from './draft'

/** The first bytes are shown: enough to see what it is. */
const shownBytes = 256
/** Characters that fit into a line of the popover. */
const lineWidth = 60

/** What would be sent now, byte for byte, and how many bytes it is. Made when it is looked at, not with every key. */
export function BytesPopover({ draft }: { readonly draft: Draft }) {
  const t = useTranslations('publish')
  return (
    <Popover title={t('bytesTitle')} trigger={<IconButton label={t('bytesTitle')} icon={<Binary size={14} />} />}>
      <Bytes draft={draft} />
    </Popover>
  )
}

function Bytes({ draft }: { readonly draft: Draft }) {
  const t = useTranslations('publish')
  const errorText = useErrorText()
  const { bytes, error } = useSentBytes(draft)
  if (error) return <p className={styles.faint}>{errorText(error)}</p>
  if (bytes === 'none') return <p className={styles.faint}>{t('bytesNone')}</p>
  if (bytes === null) return <p className={styles.faint}>…</p>
  const left = bytes.length - shownBytes
  return (
    <>
      <p className={styles.faint} data-bytes={bytes.length}>
        {t('bytes', { count: bytes.length, number: formatCount(bytes.length) })}
      </p>
      {bytes.length === 0 ? null : <HexRows bytes={bytes} />}
      {left > 0 ? <p className={styles.faint}>{t('bytesMore', { count: left, number: formatCount(left) })}</p> : null}
    </>
  )
}

function HexRows({ bytes }: { readonly bytes: Uint8Array }) {
  const t = useTranslations('publish')
  // Scrolled by keyboard, too.
  return (
    <div role="group" aria-label={t('bytesTitle')} tabIndex={0} className={styles.hex}>
      {hexRows(bytes).join('\n')}
    </div>
  )
}

const hexRows = (bytes: Uint8Array): string[] => {
  const first = bytes.subarray(0, shownBytes)
  const { lines } = hexView.open({ bytes: first, isCut: false, payloadBytes: first.length, width: lineWidth }).content()
  return Array.from({ length: lines.count }, (_, index) => lines.at(index).text)
}

interface SentBytes {
  /** Null = they are being read; `none` = what stands there is none. */
  readonly bytes: Uint8Array | 'none' | null
  readonly error: AppError | null
}

/** Of a file on disk, what is in it now. */
const useSentBytes = ({ message, file }: Draft): SentBytes => {
  const { api } = useConnectionObject().app
  const token = file && isOnDisk(file) ? file.token : null
  const [read, setRead] = useState<SentBytes>({ bytes: null, error: null })
  useEffect(() => {
    if (token === null) return undefined
    let isOutdated = false
    void api.invoke('payloadFile.read', { fileToken: token }).then((result) => {
      if (!isOutdated) setRead(result.ok ? { bytes: result.value, error: null } : { bytes: null, error: result.error })
    })
    return () => {
      isOutdated = true
    }
  }, [api, token])
  const { topic, payload, format } = useDeferredValue(message)
  const writers = useSchemaWriters()
  const typed = useMemo(
    () => (file ? null : (payloadBytes({ topic, payload, format }, writers) ?? 'none')),
    [file, topic, payload, format, writers],
  )
  if (token !== null) return read
  return { bytes: file && !isOnDisk(file) ? file.bytes : typed, error: null }
}
