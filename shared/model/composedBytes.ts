import { formatHex } from '#shared/mqtt/payloadText'
import { jsonProblem } from '#shared/mqtt/prettyJson'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { suspectCount } from '#shared/text/hiddenCharacters'
import type { ComposedMessage, PayloadFormat } from './publish'

/** Larger texts are not looked through to find out whether they are JSON. */
const jsonLimitBytes = 2 ** 20

/** An editor marks each hidden character with an element: a text full of them goes as hex. */
const mostHidden = 100
const lineEnds = /[\t\n]/g

/** A payload as the composer holds it: in the format in which an editor gives back exactly these bytes. */
export const composedPayload = (payload: Uint8Array): Pick<ComposedMessage, 'payload' | 'format'> => {
  const format = formatOf(payload)
  return { format, payload: format === 'hex' ? formatHex(payload) : decodeUtf8(payload) }
}

/** Correlation data as the composer holds it. */
export const correlationText = (data: Uint8Array | undefined): string => {
  if (!data) return ''
  const text = decodeUtf8(data)
  return isUtf8(data) && !text.startsWith('0x') ? text : `0x${formatHex(data).replaceAll(' ', '')}`
}

/** Editors turn CR into LF, so text with CR goes as hex. */
const formatOf = (payload: Uint8Array): PayloadFormat => {
  if (!isUtf8(payload) || payload.includes(0x0d) || payload.includes(0)) return 'hex'
  if (payload.length > jsonLimitBytes) return 'text'
  const text = decodeUtf8(payload)
  if (suspectCount(text.replace(lineEnds, '')) > mostHidden) return 'hex'
  return /^\s*[{[]/.test(text) && jsonProblem(text) === null ? 'json' : 'text'
}
