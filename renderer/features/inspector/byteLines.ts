import { formatBase64, hexPair } from '#shared/mqtt/payloadText'
import type { Lines } from './textLines'

const bytesPerRow = 16
const isPrintable = (byte: number) => byte >= 0x20 && byte < 0x7f

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

/** Offset, 16 bytes in hex, the same as ASCII with a dot for what cannot be printed. */
export const hexLines = (bytes: Uint8Array): Lines => ({
  count: Math.ceil(bytes.length / bytesPerRow),
  at: (index) => ({ text: hexRow(bytes, index * bytesPerRow), continues: false }),
})

/** RFC 2045 §6.8: lines of 76 characters, which are 57 bytes each. */
const bytesPerLine = 57

export const base64Lines = (bytes: Uint8Array): Lines => ({
  count: Math.ceil(bytes.length / bytesPerLine),
  at: (index) => ({
    text: formatBase64(bytes.subarray(index * bytesPerLine, (index + 1) * bytesPerLine)),
    continues: false,
  }),
})
