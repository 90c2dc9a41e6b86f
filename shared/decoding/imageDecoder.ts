import { decodedPayload, DecodingFault } from '#shared/encoding/decodingFault'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import type { Decoder } from './decoder'

/** What an image says of itself in its first bytes. SVG is text. */
export const imageDecoder: Decoder = {
  name: 'image',
  decode: (bytes) =>
    decodedPayload(() => {
      const facts = [png, gif, webp, jpeg].map((read) => read(viewOf(bytes))).find((one) => one !== null)
      if (!facts) throw new DecodingFault('notAnImage', 0)
      const { format, width, height } = facts
      const members = [
        { name: 'format', key: null, value: textNode(format) },
        { name: 'width', key: null, value: numberNode(width) },
        { name: 'height', key: null, value: numberNode(height) },
        { name: 'bytes', key: null, value: numberNode({ value: bytes.length, offset: 0, length: bytes.length }) },
      ]
      return [{ kind: 'map', members, type: 'image', offset: 0, length: bytes.length }]
    }),
}

interface Measure {
  readonly value: number
  readonly offset: number
  readonly length: number
}

interface Facts {
  readonly format: string
  readonly width: Measure
  readonly height: Measure
}

type Read = (view: DataView) => Facts | null

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const asciiAt = (view: DataView, at: number, length: number): string =>
  at + length > view.byteLength
    ? ''
    : String.fromCharCode(...Array.from({ length }, (_, index) => view.getUint8(at + index)))

/** Throws where the image ends before its size. */
const need = (view: DataView, length: number) => {
  if (view.byteLength < length) throw new DecodingFault('cutShort', view.byteLength)
}

const png: Read = (view) => {
  if (asciiAt(view, 0, 8) !== '\x89PNG\r\n\x1a\n') return null
  need(view, 24)
  return {
    format: 'png',
    width: { value: view.getUint32(16), offset: 16, length: 4 },
    height: { value: view.getUint32(20), offset: 20, length: 4 },
  }
}

const gif: Read = (view) => {
  if (!/^GIF8[79]a$/.test(asciiAt(view, 0, 6))) return null
  need(view, 10)
  return {
    format: 'gif',
    width: { value: view.getUint16(6, true), offset: 6, length: 2 },
    height: { value: view.getUint16(8, true), offset: 8, length: 2 },
  }
}

const webp: Read = (view) => {
  if (asciiAt(view, 0, 4) !== 'RIFF' || asciiAt(view, 8, 4) !== 'WEBP') return null
  need(view, 30)
  const chunk = asciiAt(view, 12, 4)
  const format = 'webp'
  const low24 = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65536
  if (chunk === 'VP8X') {
    const [width, height] = [24, 27].map((at) => ({ value: low24(at) + 1, offset: at, length: 3 }))
    return width && height ? { format, width, height } : null
  }
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true)
    const place = { offset: 21, length: 4 }
    return {
      format,
      width: { value: (bits & 0x3fff) + 1, ...place },
      height: { value: ((bits >> 14) & 0x3fff) + 1, ...place },
    }
  }
  return {
    format,
    width: { value: view.getUint16(26, true) & 0x3fff, offset: 26, length: 2 },
    height: { value: view.getUint16(28, true) & 0x3fff, offset: 28, length: 2 },
  }
}

/** The size stands in the first segment that begins a frame (ITU T.81 §B.2.2). */
const jpeg: Read = (view) => {
  if (asciiAt(view, 0, 3) !== '\xff\xd8\xff') return null
  for (let at = 2; ;) {
    need(view, at + 4)
    if (view.getUint8(at) !== 0xff) throw new DecodingFault('notAnImage', at)
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      need(view, at + 9)
      return {
        format: 'jpeg',
        width: { value: view.getUint16(at + 7), offset: at + 7, length: 2 },
        height: { value: view.getUint16(at + 5), offset: at + 5, length: 2 },
      }
    }
    at += 2 + Math.max(view.getUint16(at + 2), 2)
  }
}

const textNode = (text: string): PayloadNode => ({ kind: 'text', text, type: 'magic number', offset: 0, length: 4 })

const numberNode = ({ value, offset, length }: Measure): PayloadNode => ({
  kind: 'number',
  digits: String(value),
  type: 'number',
  offset,
  length,
})
