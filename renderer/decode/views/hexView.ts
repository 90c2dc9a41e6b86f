import { formatHex, hexPair } from '#shared/mqtt/payloadText'
import { byteContent } from '../byteContent'
import { findInBytes } from '../find/findInBytes'
import { openedAtOnce, type PayloadView } from '../payloadView'

/** Bytes in a row: as many of these as fit. */
const rowLengths = [4, 8, 16] as const

/** Offset, bytes in hex, the same as ASCII with a dot for what cannot be printed. Shows any payload. */
export const hexView: PayloadView<'hex'> = {
  id: 'hex',
  isFor: () => true,
  priority: 0,
  fileExtension: 'bin',
  widths: (payloadBytes) => rowsFor(payloadBytes).map((row) => row.width),
  open: ({ bytes, payloadBytes, width = Infinity }) => {
    const rows = rowsFor(payloadBytes)
    const row = rows.findLast((one) => one.width <= width) ?? rows[0]
    return openedAtOnce(
      byteContent({
        count: Math.ceil(bytes.length / row.length),
        lineAt: (index) => row.textAt(bytes, index * row.length),
        copyText: () => formatHex(bytes),
        find: (query) => findInBytes(bytes, query, row.placesOf),
      }),
    )
  },
}

/** Rows with little room write no more digits of an offset than a payload of that size has. */
const rowsFor = (payloadBytes: number): [HexRow, HexRow, HexRow] => {
  const digits = payloadBytes <= 0x1_0000 ? 4 : 8
  const [few, some, many] = rowLengths
  return [hexRowOf(few, digits), hexRowOf(some, digits), hexRowOf(many, 8)]
}

interface Place {
  readonly line: number
  readonly from: number
  readonly to: number
}

interface HexRow {
  /** Bytes. */
  readonly length: number
  /** Characters. */
  readonly width: number
  textAt(bytes: Uint8Array, offset: number): string
  /** The columns of the bytes `from` up to but not `to`, as hex and as characters, by row. */
  placesOf(from: number, to: number): Place[]
}

/** A row of so many bytes; after the eighth of more there is a gap. */
const hexRowOf = (length: number, offsetDigits: number): HexRow => {
  const hasGap = length > 8
  const pairColumn = (index: number) => offsetDigits + 2 + 3 * index + (hasGap && index > 7 ? 1 : 0)
  // Between the last pair and the first character are two spaces.
  const firstCharacter = pairColumn(length - 1) + 4
  return {
    length,
    width: firstCharacter + length,
    textAt: (bytes, offset) => {
      let pairs = ''
      let characters = ''
      for (let index = 0; index < length; index += 1) {
        const byte = bytes[offset + index]
        pairs += `${byte === undefined ? '  ' : hexPair(byte)}${hasGap && index === 7 ? '  ' : ' '}`
        if (byte !== undefined) characters += isPrintable(byte) ? String.fromCharCode(byte) : '·'
      }
      return `${offset.toString(16).padStart(offsetDigits, '0')}  ${pairs} ${characters}`
    },
    placesOf: (from, to) => {
      const places: Place[] = []
      for (let first = from; first < to;) {
        const line = Math.floor(first / length)
        const start = first % length
        const last = Math.min(to - line * length, length) - 1
        places.push({ line, from: pairColumn(start), to: pairColumn(last) + 2 })
        places.push({ line, from: firstCharacter + start, to: firstCharacter + last + 1 })
        first = (line + 1) * length
      }
      return places
    },
  }
}

const isPrintable = (byte: number) => byte >= 0x20 && byte < 0x7f
