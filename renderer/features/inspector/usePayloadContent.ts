import { useMemo } from 'react'
import { wholePayloadBytes } from '#shared/model/frame'
import { decodeUtf8, wholeCharacters } from '#shared/mqtt/utf8'
import { contentOf, jsonLimitCharacters, nothingBeside, type PayloadContent } from './payloadContent'
import type { PayloadView } from './payloadView'
import { longestLargeLine } from './largeText'
import { longestLine } from './textLines'
import { useLargeText } from './useLargeText'

/** What is shown of a payload: all of it, or its head where `isCut`. */
export interface ShownPayload {
  readonly bytes: Uint8Array
  readonly isCut: boolean
  /** Of the whole payload. */
  readonly payloadBytes: number
}

export interface ShownContent extends PayloadContent {
  /** Its lines are of one height and do not wrap. */
  readonly fixed: boolean
  /** Characters after which a line is cut. */
  readonly cutAfter: number
}

/** Large texts are found line by line over many frames; only JSON that may be laid out is made in one go. */
const isLargeText = ({ isCut, payloadBytes }: ShownPayload, view: PayloadView) => {
  if (payloadBytes <= wholePayloadBytes) return false
  return view === 'text' || (view === 'json' && (isCut || payloadBytes > jsonLimitCharacters))
}

/** The payload in a view, ready to be shown line by line. */
export const usePayloadContent = (shown: ShownPayload, view: PayloadView): ShownContent => {
  const { bytes, isCut, payloadBytes } = shown
  const isLarge = isLargeText(shown, view)
  const textBytes = useMemo(() => (isLarge ? (isCut ? wholeCharacters(bytes) : bytes) : null), [isLarge, isCut, bytes])
  const text = useLargeText(textBytes)
  const content = useMemo(() => (isLarge ? null : contentOf(bytes, view)), [isLarge, bytes, view])
  if (content) return { ...content, fixed: view === 'hex' || view === 'base64', cutAfter: longestLine }
  return {
    view,
    lines: text?.lines() ?? { count: 0, at: () => ({ text: '', continues: false }) },
    validUtf8: text?.validUtf8() ?? true,
    jsonNote: view === 'text' ? null : isCut && payloadBytes <= jsonLimitCharacters ? 'cut' : 'tooLarge',
    besideJson: nothingBeside,
    copyText: () => decodeUtf8(bytes),
    fixed: true,
    cutAfter: longestLargeLine,
  }
}
