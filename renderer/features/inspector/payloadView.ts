import { jsonProblem } from '#shared/mqtt/prettyJson'
import { decodeUtf8, isUtf8, wholeCharacters } from '#shared/mqtt/utf8'

export const payloadViews = ['text', 'json', 'hex', 'base64'] as const
export type PayloadView = (typeof payloadViews)[number]

/** Beyond this nothing is read as JSON unasked: laying out megabytes takes longer than a frame. */
const jsonLimitBytes = 2 * 2 ** 20

/** Control characters that no text for people holds: all of C0 but tab, line ends, form feed and escape. */
const isBinaryControl = (byte: number) => byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b

const isPlainText = (bytes: Uint8Array) => isUtf8(bytes) && !bytes.some(isBinaryControl)

/**
 * The view that fits a payload: hex where it is no UTF-8 or holds control characters; JSON where it is an object or an
 * array, or whatever its content type calls JSON; else text.
 */
export const viewByRule = (payload: Uint8Array, contentType = ''): PayloadView => {
  if (!isPlainText(payload)) return 'hex'
  if (payload.length === 0 || payload.length > jsonLimitBytes) return 'text'
  const text = decodeUtf8(payload)
  const mayBeJson = /\bjson\b/i.test(contentType) || /^[ \t\r\n]*[[{]/.test(text)
  return mayBeJson && jsonProblem(text) === null ? 'json' : 'text'
}

/** The same for a payload that is too large to be looked through, by its head. */
export const viewOfHead = (head: Uint8Array): PayloadView => (isPlainText(wholeCharacters(head)) ? 'text' : 'hex')
