import { DecodingFault } from '#shared/encoding/decodingFault'

/** The platform's decoders exist in Node and in the page; their types do not here. */
declare const TextDecoder: new (
  label: string,
  options: { ignoreBOM: boolean; fatal: boolean },
) => { decode(bytes: Uint8Array, options?: { stream: boolean }): string }

export const charsets = [
  'utf-8',
  'utf-16',
  'utf-16le',
  'utf-16be',
  'latin-1',
  'windows-1252',
  'gb18030',
  'big5',
  'shift_jis',
] as const
export type Charset = (typeof charsets)[number]

const otherNames: ReadonlyMap<string, Charset> = new Map([
  ['utf8', 'utf-8'],
  ['utf16', 'utf-16'],
  ['utf16le', 'utf-16le'],
  ['utf-16-le', 'utf-16le'],
  ['utf16be', 'utf-16be'],
  ['utf-16-be', 'utf-16be'],
  ['latin1', 'latin-1'],
  ['iso-8859-1', 'latin-1'],
  ['iso8859-1', 'latin-1'],
  ['cp1252', 'windows-1252'],
  ['gbk', 'gb18030'],
  ['gb2312', 'gb18030'],
  ['shift-jis', 'shift_jis'],
  ['shiftjis', 'shift_jis'],
  ['sjis', 'shift_jis'],
])

/** The charset of a name, in any case; null = none that is known. */
export const charsetOf = (name: string): Charset | null => {
  const lower = name.toLowerCase()
  return charsets.find((one) => one === lower) ?? otherNames.get(lower) ?? null
}

/** A text and where its characters stand in the payload. */
export interface ReadText {
  readonly text: string
  /** Of a UTF-16 offset into the text. */
  readonly byteAt: (position: number) => number
  /** UTF-16 whose order neither its name nor a mark says: the one that the bytes speak for. */
  readonly assumed?: 'utf-16le' | 'utf-16be'
}

/** Reads all of the bytes. Throws a `DecodingFault` at the first that is not of the charset: nothing is replaced. */
export const readText = (bytes: Uint8Array, charset: Charset): ReadText => {
  if (charset === 'latin-1') return { text: latin1(bytes), byteAt: (position) => position }
  if (charset === 'utf-16' || charset === 'utf-16le' || charset === 'utf-16be') return readUtf16(bytes, charset)
  const text = strictText(bytes, charset)
  if (text === null) throw new DecodingFault('notInCharset', badOffset(bytes, charset))
  return { text, byteAt: byteFinder(bytes, text, charset) }
}

/** A byte order mark in front is no part of a structured text; a text by itself keeps it (MQTT 5 §1.5.4). */
export const withoutMark = ({ text, byteAt }: ReadText): ReadText =>
  text.startsWith('\ufeff') ? { text: text.slice(1), byteAt: (position) => byteAt(position + 1) } : { text, byteAt }

/** ISO 8859-1: each byte is its character. The platform takes Windows-1252 for it. */
const latin1 = (bytes: Uint8Array): string => {
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += 8192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)))
  return pieces.join('')
}

type Utf16 = 'utf-16' | 'utf-16le' | 'utf-16be'

/** The mark in front says the order where the name does not, and is no part of the text; without one, the bytes speak for one. */
const readUtf16 = (bytes: Uint8Array, charset: Utf16): ReadText => {
  const [first, second] = bytes
  const isMarkedHigh = first === 0xfe && second === 0xff
  const isMarkedLow = first === 0xff && second === 0xfe
  if (bytes.length % 2 !== 0) throw new DecodingFault('cutShort', bytes.length - 1)
  if (charset !== 'utf-16' || isMarkedHigh || isMarkedLow) {
    const isHighFirst = charset === 'utf-16be' || (charset === 'utf-16' && isMarkedHigh)
    return utf16In(bytes, isHighFirst, (isHighFirst ? isMarkedHigh : isMarkedLow) ? 2 : 0)
  }
  const isHighFirst = strangeness(bytes, true) < strangeness(bytes, false)
  return { ...utf16In(bytes, isHighFirst, 0), assumed: isHighFirst ? 'utf-16be' : 'utf-16le' }
}

/** Bytes that are looked at: a text that is read in the wrong order is strange from its beginning. */
const mostWeighed = 4_096

/**
 * How little a text looks like one: characters that nobody has assigned, private ones and controls count against it, ASCII and spaces
 * and marks of CJK for it. So does each block of 256 characters that it takes from: a script has few, its bytes exchanged have many.
 */
const strangeness = (bytes: Uint8Array, isHighFirst: boolean): number => {
  const end = Math.min(bytes.length, mostWeighed)
  const blocks = new Set<number>()
  let strange = 0
  for (let at = 0; at + 1 < end; at += 2) {
    const [high = 0, low = 0] = isHighFirst ? [bytes[at], bytes[at + 1]] : [bytes[at + 1], bytes[at]]
    blocks.add(high)
    const character = String.fromCharCode(high * 256 + low)
    if (/[\t\n\r\x20-\x7e]/.test(character)) strange -= 4
    else if (/[\u3000-\u3002\uff01-\uff5e]/.test(character)) strange -= 2
    else if (/[\p{Cn}\p{Co}\p{Cc}]/u.test(character)) strange += 4
  }
  return strange + blocks.size
}

const utf16In = (bytes: Uint8Array, isHighFirst: boolean, start: number): ReadText => {
  const units = new Uint8Array(bytes.subarray(start))
  if (isHighFirst) for (let at = 0; at < units.length; at += 2) units.set([units[at + 1] ?? 0, units[at] ?? 0], at)
  const pieces: string[] = []
  const view = new DataView(units.buffer)
  for (let at = 0; at < units.length; at += 8192) {
    const codes = Array.from({ length: Math.min(8192, units.length - at) / 2 }, (_, unit) =>
      view.getUint16(at + 2 * unit, true),
    )
    pieces.push(String.fromCharCode(...codes))
  }
  const text = pieces.join('')
  const lone = /\p{Surrogate}/u.exec(text)
  if (lone) throw new DecodingFault('notInCharset', start + 2 * lone.index)
  return { text, byteAt: (position) => start + 2 * position }
}

const strictText = (bytes: Uint8Array, charset: Charset, isStart = false): string | null => {
  try {
    return new TextDecoder(charset, { ignoreBOM: true, fatal: true }).decode(bytes, { stream: isStart })
  } catch {
    return null
  }
}

/** Where the first character begins that is none. */
const badOffset = (bytes: Uint8Array, charset: Charset): number => {
  let sound = 0
  let bad = bytes.length + 1
  while (bad - sound > 1) {
    const middle = (sound + bad) >> 1
    if (strictText(bytes.subarray(0, middle), charset, true) === null) bad = middle
    else sound = middle
  }
  // The last sound bytes may be the beginning of the character that is not.
  for (let start = sound; start > sound - 4 && start > 0; start--)
    if (strictText(bytes.subarray(0, start), charset) !== null) return start
  return 0
}

/** Bytes of the character that begins with these two. */
const widths: Readonly<Partial<Record<Charset, (lead: number, second: number) => number>>> = {
  'utf-8': (lead) => (lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4),
  gb18030: (lead, second) => (lead <= 0x80 || lead === 0xff ? 1 : second >= 0x30 && second <= 0x39 ? 4 : 2),
  big5: (lead) => (lead <= 0x80 || lead === 0xff ? 1 : 2),
  shift_jis: (lead) => ((lead >= 0x81 && lead <= 0x9f) || (lead >= 0xe0 && lead <= 0xfc) ? 2 : 1),
}

/** A table of the places, made when the first is asked for. */
const byteFinder = (bytes: Uint8Array, text: string, charset: Charset): ReadText['byteAt'] => {
  const width = widths[charset]
  if (!width || bytes.length === text.length) return (position) => position
  let places: Uint32Array | null = null
  return (position) => (places ??= placesOf(bytes, text, width))[position] ?? bytes.length
}

const placesOf = (bytes: Uint8Array, text: string, width: (lead: number, second: number) => number): Uint32Array => {
  const places = new Uint32Array(text.length + 1)
  let at = 0
  for (let unit = 0; unit < text.length; unit++) {
    places[unit] = at
    // The second half of a pair stands where the first does.
    if ((text.codePointAt(unit) ?? 0) > 0xffff) places[++unit] = at
    at += width(bytes[at] ?? 0, bytes[at + 1] ?? 0)
  }
  places[text.length] = bytes.length
  return places
}
