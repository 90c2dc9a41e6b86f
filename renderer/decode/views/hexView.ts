import { formatHex, hexPair } from '#shared/mqtt/payloadText'
import { byteContent } from '../byteContent'
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

const isPrintable = (byte: number) => byte >= 0x20 && byte < 0x7f
