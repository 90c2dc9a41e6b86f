import { encodeUtf8 } from './utf8'

/** Integers, strings and binary data as they stand in a packet (MQTT 5 §1.5). What is too long must have been refused before. */
export const two = (value: number): number[] => [(value >>> 8) & 0xff, value & 0xff]

export const four = (value: number): number[] => [
  value >>> 24,
  (value >>> 16) & 0xff,
  (value >>> 8) & 0xff,
  value & 0xff,
]

/** Binary data with its length. */
export const prefixed = (bytes: Uint8Array): ArrayLike<number>[] => [two(bytes.length), bytes]

export const text = (value: string): ArrayLike<number>[] => prefixed(encodeUtf8(value))

/** Pairs of a name and a value, in their order, each behind its identifier (§2.2.2.2: 0x26). */
export const userPropertyParts = (pairs: readonly (readonly [name: string, value: string])[]): ArrayLike<number>[] =>
  pairs.flatMap(([name, value]) => [[0x26], ...text(name), ...text(value)])
