import type { ByteWriter } from './byteWriter'

/** What Protobuf and Avro share: numbers with the lowest byte first, and integers of as many bytes as they need. */

const scratch = new DataView(new ArrayBuffer(8))
const four = new Uint8Array(scratch.buffer, 0, 4)
const eight = new Uint8Array(scratch.buffer)

/** Seven bits a byte, the lowest first; the highest bit of a byte says that another follows (Protobuf, "Base 128 Varints"). */
export const writeVarint = (out: ByteWriter, value: number | bigint): void => {
  if (value >= 0 && value < 0x8000_0000) {
    let rest = Number(value)
    for (; rest > 0x7f; rest >>>= 7) out.byte((rest & 0x7f) | 0x80)
    out.byte(rest)
    return
  }
  let rest = BigInt.asUintN(64, BigInt(value))
  for (; rest > 0x7fn; rest >>= 7n) out.byte(Number(rest & 0x7fn) | 0x80)
  out.byte(Number(rest))
}

/** Numbers near zero of either sign become small ones: 0, -1, 1, -2 are 0, 1, 2, 3. */
export const zigZag = (value: number | bigint): number | bigint =>
  value >= -0x2000_0000 && value < 0x2000_0000
    ? value < 0
      ? -2 * Number(value) - 1
      : 2 * Number(value)
    : BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n))

export const unZigZag = (value: number | bigint): number | bigint =>
  typeof value === 'number'
    ? value % 2 === 0
      ? value / 2
      : (value + 1) / -2
    : BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n))

export const writeFixed32 = (out: ByteWriter, value: number | bigint): void => {
  scratch.setUint32(0, Number(BigInt.asUintN(32, BigInt(value))), true)
  out.bytes(four)
}

export const writeFixed64 = (out: ByteWriter, value: number | bigint): void => {
  scratch.setBigUint64(0, BigInt.asUintN(64, BigInt(value)), true)
  out.bytes(eight)
}

export const writeSingle = (out: ByteWriter, value: number): void => {
  scratch.setFloat32(0, value, true)
  out.bytes(four)
}

export const writeDouble = (out: ByteWriter, value: number): void => {
  scratch.setFloat64(0, value, true)
  out.bytes(eight)
}
