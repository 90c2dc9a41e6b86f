import { payloadHeadBytes } from '#shared/model/frame'
import { decodeUtf8, isUtf8, wholeCharacters } from '#shared/mqtt/utf8'

/** How a payload reads. Tree, log, details and lists all ask here, so that none calls hex what another calls text. */
export type PayloadReading = 'empty' | 'text' | 'binary'

/**
 * Text is UTF-8 without control characters, but for NULs at its end. `first` are the first bytes of `payloadBytes` ones;
 * no more of them are judged than of the largest payload, of which 64 KiB are always here.
 */
export const readingOf = (first: Uint8Array, payloadBytes = first.length): PayloadReading => {
  if (payloadBytes === 0) return 'empty'
  const head = first.subarray(0, payloadHeadBytes)
  return isText(head.length < payloadBytes ? wholeCharacters(head) : head) ? 'text' : 'binary'
}

export type OneLine =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string; readonly cut: boolean }
  /** `first` are bytes to be written in hex. */
  | { readonly kind: 'binary'; readonly first: Uint8Array; readonly cut: boolean }

interface LineOptions {
  /** Of the whole payload. */
  readonly payloadBytes: number
  /** Asked of more bytes than are here; else these are judged. */
  readonly reading?: PayloadReading
  readonly textBytes?: number
  readonly hexBytes: number
}

/** The start of a payload on one line: its text, or bytes to be shown in hex. */
export const oneLineOf = (first: Uint8Array, options: LineOptions): OneLine => {
  const { payloadBytes, hexBytes, textBytes = first.length, reading = readingOf(first, payloadBytes) } = options
  if (reading === 'empty') return { kind: 'empty' }
  if (reading === 'binary') return { kind: 'binary', first: first.subarray(0, hexBytes), cut: payloadBytes > hexBytes }
  const head = first.subarray(0, textBytes)
  const cut = head.length < payloadBytes
  return { kind: 'text', text: folded(decodeUtf8(cut ? wholeCharacters(head) : head)), cut }
}

/** No text holds them: all of C0 but tab, line ends, form feed and escape. */
const isBinaryControl = (byte: number) => byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b

const isLineEnd = (byte: number | undefined) => byte === 0x0a || byte === 0x0d

/** Where the NULs begin that end a text written in C, line ends among them. */
const textEnd = (bytes: Uint8Array): number => {
  let end = bytes.length
  let hasNul = false
  for (; end > 0 && (bytes[end - 1] === 0 || isLineEnd(bytes[end - 1])); end--) hasNul ||= bytes[end - 1] === 0
  return hasNul ? end : bytes.length
}

const isText = (bytes: Uint8Array): boolean => {
  const end = textEnd(bytes)
  if (end === 0) return false
  for (let index = 0; index < end; index++) if (isBinaryControl(bytes[index] ?? 0)) return false
  return isUtf8(bytes, 0, end)
}

/** White space drawn together; nothing else is left out or made to look like it. */
const folded = (text: string): string => text.replace(/[ \t\r\n\v\f]+/g, ' ').replace(/^ | $/g, '')
