import { encodeUtf8 } from '#shared/mqtt/utf8'

/** Bytes written one behind the other, in network order. */
export interface ByteWriter {
  byte(value: number): void
  bytes(value: Uint8Array): void
  /** A text in UTF-8, which has so many bytes there. */
  text(value: string, length: number): void
  /** The lowest 1, 2, 4 or 8 bytes of an integer; of 8 it is unsigned. */
  whole(value: number | bigint, width: number): void
  double(value: number): void
  single(value: number): void
  /** A copy of what was written. */
  finish(): Uint8Array<ArrayBuffer>
}

export const createByteWriter = (): ByteWriter => {
  let buffer = new Uint8Array(256)
  let view = new DataView(buffer.buffer)
  let length = 0
  /** Where the next bytes go; makes room for them first. */
  const place = (width: number): number => {
    const at = length
    length += width
    if (length > buffer.length) {
      const larger = new Uint8Array(Math.max(2 * buffer.length, length))
      larger.set(buffer.subarray(0, at))
      buffer = larger
      view = new DataView(buffer.buffer)
    }
    return at
  }
  return {
    byte: (value) => {
      const at = place(1)
      buffer[at] = value
    },
    bytes: (value) => {
      const at = place(value.length)
      buffer.set(value, at)
    },
    text: (value, utf8Length) => {
      const at = place(utf8Length)
      // The encoder takes longer for a short key than its letters do.
      if (utf8Length !== value.length) buffer.set(encodeUtf8(value), at)
      else for (let index = 0; index < utf8Length; index++) buffer[at + index] = value.charCodeAt(index)
    },
    whole: (value, width) => {
      const at = place(width)
      if (width === 8) view.setBigUint64(at, BigInt(value))
      else if (width === 4) view.setUint32(at, Number(value))
      else if (width === 2) view.setUint16(at, Number(value))
      else view.setUint8(at, Number(value))
    },
    double: (value) => {
      const at = place(8)
      view.setFloat64(at, value)
    },
    single: (value) => {
      const at = place(4)
      view.setFloat32(at, value)
    },
    finish: () => buffer.slice(0, length),
  }
}
