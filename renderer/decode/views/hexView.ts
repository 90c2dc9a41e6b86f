import { formatHex, hexPair } from '#shared/mqtt/payloadText'
import { byteContent } from '../byteContent'
import { findInBytes } from '../find/findInBytes'
import { openedAtOnce, type PayloadView } from '../payloadView'

const bytesPerRow = 16

/** Offset, 16 bytes in hex, the same as ASCII with a dot for what cannot be printed. Shows any payload. */
export const hexView: PayloadView<'hex'> = {
  id: 'hex',
  isFor: () => true,
  priority: 0,
  fileExtension: 'bin',
  open: ({ bytes }) =>
    openedAtOnce(
      byteContent({
        count: Math.ceil(bytes.length / bytesPerRow),
        lineAt: (index) => hexRow(bytes, index * bytesPerRow),
        copyText: () => formatHex(bytes),
        find: (query) => findInBytes(bytes, query, placesOf),
      }),
    ),
}

const hexRow = (bytes: Uint8Array, offset: number): string => {
  let pairs = ''
  let characters = ''
  for (let index = 0; index < bytesPerRow; index += 1) {
    const byte = bytes[offset + index]
    pairs += `${byte === undefined ? '  ' : hexPair(byte)}${index === 7 ? '  ' : ' '}`
    if (byte !== undefined) characters += isPrintable(byte) ? String.fromCharCode(byte) : '·'
  }
  return `${offset.toString(16).padStart(8, '0')}  ${pairs} ${characters}`
}

/** Where a row has its bytes as hex, and as characters. */
const pairColumn = (index: number) => 10 + 3 * index + (index > 7 ? 1 : 0)
const characterColumn = (index: number) => 60 + index

/** The columns of some bytes, by row. */
const placesOf = (from: number, to: number) => {
  const places: { readonly line: number; readonly from: number; readonly to: number }[] = []
  for (let first = from; first < to;) {
    const line = Math.floor(first / bytesPerRow)
    const start = first % bytesPerRow
    const last = Math.min(to - line * bytesPerRow, bytesPerRow) - 1
    places.push({ line, from: pairColumn(start), to: pairColumn(last) + 2 })
    places.push({ line, from: characterColumn(start), to: characterColumn(last) + 1 })
    first = (line + 1) * bytesPerRow
  }
  return places
}

const isPrintable = (byte: number) => byte >= 0x20 && byte < 0x7f
