import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { formatHex } from '#shared/mqtt/payloadText'
import { prettyJson } from '#shared/mqtt/prettyJson'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { visibleText } from '#shared/text/visibleText'
import { useDecodedText } from '../../mqttUi/useDecodedText'
import styles from './schemas.module.css'
import type { TriedOut } from './useTryOut'

/** Enough to see whether it is right; the details show all of a message. */
const shownCharacters = 4_000
const shownBytes = 1_000

/** What a payload says as it is decoded, and why so; or the byte where it cannot be read, with its bytes. */
export function TriedPayload({ out }: { readonly out: TriedOut | null }) {
  const t = useTranslations('schemas')
  const textOf = useDecodedText()
  const shown = useMemo(() => out && shownOf(out), [out])
  if (!out || !shown) return null
  const { decoded } = out
  const said = decoded ? textOf(decoded) : t(shown.isText ? 'readAsText' : 'readAsBytes')
  return (
    <div className={styles.result} data-decoding={decoded?.status ?? 'none'}>
      <p className={styles.way}>{said}</p>
      {shown.text === '' ? (
        <p className={styles.later}>{t('emptyPayload')}</p>
      ) : (
        <pre role="group" className={styles.value} tabIndex={0} aria-label={t('result')}>
          {shown.text}
        </pre>
      )}
    </div>
  )
}

interface Shown {
  readonly text: string
  readonly isText: boolean
}

const shownOf = ({ of: { payload }, decoded }: TriedOut): Shown => {
  if (decoded?.status === 'decoded') {
    const pretty = prettyJson(decoded.json)
    return { text: cut(pretty.ok ? pretty.text : decoded.json), isText: true }
  }
  const isText = decoded === null && isUtf8(payload)
  if (isText) return { text: cut(decodeUtf8(payload)), isText }
  const isCut = payload.length > shownBytes
  return { text: `${formatHex(payload.subarray(0, shownBytes))}${isCut ? ' …' : ''}`, isText }
}

/** Line by line, so that hidden characters are seen and lines stay lines. */
const cut = (text: string): string => {
  const head = text.slice(0, shownCharacters)
  const lines = head.split('\n').map((line) => visibleText(line, shownCharacters))
  return `${lines.join('\n')}${head.length < text.length ? ' …' : ''}`
}
