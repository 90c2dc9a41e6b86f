import { formatBase64, formatHex } from '#shared/mqtt/payloadText'
import { lineAndColumn, prettyJson, type JsonProblemCode } from '#shared/mqtt/prettyJson'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { jsonTextOf } from '#shared/text/jsonText'
import { base64Lines, hexLines } from './byteLines'
import type { PayloadView } from './payloadView'
import { textLines, type Lines } from './textLines'

export interface JsonNote {
  readonly line: number
  readonly column: number
  readonly detail: JsonProblemCode
}

/** A payload ready to be shown in one view, line by line. */
export interface PayloadContent {
  readonly view: PayloadView
  readonly lines: Lines
  /** False: U+FFFD stands for bytes that are not UTF-8. Said for text and JSON only. */
  readonly validUtf8: boolean
  /** Why it is shown as it is instead of laid out as JSON; `cut` = only its head is here. */
  readonly jsonNote: JsonNote | 'tooLarge' | 'cut' | null
  /** What stands before and behind JSON that is laid out, and stays as it is. */
  readonly besideJson: { readonly before: boolean; readonly behind: boolean }
  /** All of it, as copying gives it. Made when asked for. */
  readonly copyText: () => string
}

/** Laid out, JSON can be many times as long; beyond this the page's memory would be at stake. */
export const jsonLimitCharacters = 32 * 2 ** 20

export const nothingBeside: PayloadContent['besideJson'] = { before: false, behind: false }

type JsonContent = Pick<PayloadContent, 'jsonNote' | 'besideJson'> & { readonly shown: string }

const jsonContent = (text: string): JsonContent => {
  const asItIs = { shown: text, besideJson: nothingBeside }
  if (text.length > jsonLimitCharacters) return { ...asItIs, jsonNote: 'tooLarge' }
  const { before, json, behind } = jsonTextOf(text)
  const pretty = prettyJson(json)
  if (!pretty.ok) {
    const place = lineAndColumn(text, before.length + pretty.position)
    return { ...asItIs, jsonNote: { ...place, detail: pretty.detail } }
  }
  const besideJson = { before: before !== '', behind: behind !== '' }
  return { shown: before + pretty.text + behind, besideJson, jsonNote: null }
}

export const contentOf = (payload: Uint8Array, view: PayloadView): PayloadContent => {
  const plain = { view, validUtf8: true, jsonNote: null, besideJson: nothingBeside }
  switch (view) {
    case 'hex':
      return { ...plain, lines: hexLines(payload), copyText: () => formatHex(payload) }
    case 'base64':
      return { ...plain, lines: base64Lines(payload), copyText: () => formatBase64(payload) }
    case 'text': {
      const text = decodeUtf8(payload)
      return { ...plain, validUtf8: isUtf8(payload), lines: textLines(text), copyText: () => text }
    }
    case 'json': {
      const { shown, ...notes } = jsonContent(decodeUtf8(payload))
      return { view, validUtf8: isUtf8(payload), lines: textLines(shown), ...notes, copyText: () => shown }
    }
  }
}
