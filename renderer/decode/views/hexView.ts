import { formatHex, hexPair } from '#shared/mqtt/payloadText'
import { byteContent } from '../byteContent'
import { findInBytes } from '../find/findInBytes'
import { openedAtOnce, type PayloadView } from '../payloadView'

/** Offset, as many bytes in hex as fit into a row, the same as ASCII with a dot for what cannot be printed. Shows any payload. */
export const hexView: PayloadView<'hex'> = {
  id: 'hex',
  isFor: () => true,
  priority: 0,
  fileExtension: 'bin',
  widths: (payloadBytes) => rowsFor(payloadBytes).map((row) => row.width),
  open: ({ bytes, payloadBytes, width = Infinity }) => {
    const rows = rowsFor(payloadBytes)
    const row = rows.findLast((one) => one.width <= width) ?? rows[0]
    const content = byteContent({
      count: Math.ceil(bytes.length / row.length),
      lineAt: (index) => row.textAt(bytes, index * row.length),
      copyText: () => formatHex(bytes),
      find: (query) => findInBytes(bytes, query, row.placesOf),
    })
    const { length, placesOf, byteAt } = row
    return openedAtOnce({ ...content, byteGrid: { bytes, length, placesOf, byteAt } })
  },
}

/** From the narrowest to the widest. An offset has fewer digits and less room around it before there are fewer bytes. */
const rowsFor = (payloadBytes: number): [HexRow, ...HexRow[]] => {
  const digits = Math.max(4, (payloadBytes - 1).toString(16).length)
  const loose = { digits: 8, gap: 2 }
  return [
    hexRowOf(4, loose),
    hexRowOf(8, { digits, gap: 1 }),
    hexRowOf(8, { digits: 8, gap: 1 }),
    hexRowOf(8, loose),
    hexRowOf(16, loose),
  ]
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
  /** The byte of the row at a column, or before it where that is a space; null = there is none. */
  byteAt(column: number): number | null
}

interface HexRowLook {
  /** Of the offset, at least. */
  readonly digits: number
  /** Spaces behind the offset, and before the characters. */
  readonly gap: number
}

/** A row of so many bytes; after the eighth of more there is a gap. */
const hexRowOf = (length: number, { digits, gap }: HexRowLook): HexRow => {
  const hasGap = length > 8
  const space = ' '.repeat(gap)
  const pairColumn = (index: number) => digits + gap + 3 * index + (hasGap && index > 7 ? 1 : 0)
  const firstCharacter = pairColumn(length - 1) + 2 + gap
  return {
    length,
    width: firstCharacter + length,
    textAt: (bytes, offset) => {
      let pairs = ''
      let characters = ''
      for (let index = 0; index < length; index += 1) {
        const byte = bytes[offset + index]
        if (index > 0) pairs += hasGap && index === 8 ? '  ' : ' '
        pairs += byte === undefined ? '  ' : hexPair(byte)
        if (byte !== undefined) characters += isPrintable(byte) ? String.fromCharCode(byte) : '·'
      }
      return `${offset.toString(16).padStart(digits, '0')}${space}${pairs}${space}${characters}`
    },
    byteAt: (column) => {
      if (column >= firstCharacter) return column - firstCharacter < length ? column - firstCharacter : null
      for (let index = length - 1; index >= 0; index -= 1) if (column >= pairColumn(index)) return index
      return null
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
