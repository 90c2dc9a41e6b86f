import { jsonProblem } from '#shared/mqtt/prettyJson'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { jsonTextOf } from '#shared/text/jsonText'
import { readingOf } from '#shared/text/payloadReading'

export const payloadViews = ['text', 'json', 'hex', 'base64'] as const
export type PayloadView = (typeof payloadViews)[number]

/** Beyond this nothing is read as JSON unasked: laying out megabytes takes longer than a frame. */
const jsonLimitBytes = 2 * 2 ** 20

/**
 * The view that fits a payload: hex where it does not read as text; JSON where it is an object or an array, or whatever
 * its content type calls JSON; else text.
 */
export const viewByRule = (payload: Uint8Array, contentType = ''): PayloadView => {
  const reading = readingOf(payload)
  if (reading === 'binary') return 'hex'
  if (reading === 'empty' || payload.length > jsonLimitBytes) return 'text'
  const { json } = jsonTextOf(decodeUtf8(payload))
  const mayBeJson = /\bjson\b/i.test(contentType) || /^[ \t\r\n]*[[{]/.test(json)
  return mayBeJson && jsonProblem(json) === null ? 'json' : 'text'
}

/** The same for a payload that is too large to be looked through, by its head. */
export const viewOfHead = (head: Uint8Array, payloadBytes: number): PayloadView =>
  readingOf(head, payloadBytes) === 'binary' ? 'hex' : 'text'
