import { wholePayloadBytes } from '#shared/model/frame'
import { jsonProblem, lineAndColumn, prettyJson } from '#shared/mqtt/prettyJson'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { openLargeText } from '../largeText'
import { openedAtOnce, type PayloadContent, type PayloadNote, type PayloadView } from '../payloadView'
import { textContent } from '../textContent'
import { jsonTokens } from './jsonTokens'

const byteOrderMark = '\ufeff'

/** Laid out, JSON can be many times as long; beyond this the page's memory would be at stake. */
const limitCharacters = 32 * 2 ** 20

const tooLarge: PayloadNote = { key: 'jsonTooLarge' }
const needsAll: PayloadNote = { key: 'whole.jsonNeedsAll' }

/**
 * JSON laid out, one value a line; what is none is shown as it is. Fits an object or an array, or whatever its content
 * type calls JSON. Large payloads are not read as JSON unasked: laying out megabytes takes longer than a frame.
 */
export const jsonView: PayloadView<'json'> = {
  id: 'json',
  isFor: ({ bytes, payloadBytes, contentType, reading }) => {
    if (reading !== 'text' || payloadBytes > wholePayloadBytes) return false
    const { json } = jsonTextOf(decodeUtf8(bytes))
    const mayBeJson = /\bjson\b/i.test(contentType) || /^[ \t\r\n]*[[{]/.test(json)
    return mayBeJson && jsonProblem(json) === null
  },
  priority: 2,
  fileExtension: 'json',
  open: (payload) => {
    const { bytes, isCut, payloadBytes } = payload
    const isTooLarge = payloadBytes > limitCharacters
    if (payloadBytes > wholePayloadBytes && (isCut || isTooLarge))
      return openLargeText(payload, [isTooLarge ? tooLarge : needsAll])
    return openedAtOnce(laidOut(decodeUtf8(bytes), isUtf8(bytes)))
  },
}

const laidOut = (text: string, validUtf8: boolean): PayloadContent => {
  const { before, json, behind } = jsonTextOf(text)
  const pretty = prettyJson(json)
  if (!pretty.ok) {
    const { line, column } = lineAndColumn(text, before.length + pretty.position)
    const note = { key: 'notJson', values: { line, column }, detail: `jsonProblems.${pretty.detail}` } as const
    return textContent(text, { validUtf8, notes: [note] })
  }
  const notes: readonly PayloadNote[] = [
    ...(before === '' ? [] : [{ key: 'beforeJson' } as const]),
    ...(behind === '' ? [] : [{ key: 'behindJson' } as const]),
  ]
  return textContent(before + pretty.text + behind, { validUtf8, notes, tokensOf: jsonTokens, isJson: true })
}

interface JsonText {
  /** A byte order mark, or nothing. */
  readonly before: string
  readonly json: string
  /** The first NUL and what follows it: no JSON holds one (RFC 8259 §7). */
  readonly behind: string
}

/** Where JSON stands in a text. Programs write a byte order mark before it and, from a buffer in C, NULs behind it. */
const jsonTextOf = (text: string): JsonText => {
  const from = text.startsWith(byteOrderMark) ? 1 : 0
  const nul = text.indexOf('\0', from)
  const to = nul < 0 ? text.length : nul
  return { before: text.slice(0, from), json: text.slice(from, to), behind: text.slice(to) }
}
