let table: Uint32Array | null = null

/** The reversed polynomial of CRC-32 (RFC 1952 §8). */
const polynomial = 0xedb88320

const createTable = (): Uint32Array =>
  Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1
    return value
  })

/** CRC-32 as gzip (RFC 1952 §8) and ZIP have it: an unsigned number of 32 bits. The table is made when it is first needed. */
export const crc32 = (bytes: Uint8Array): number => {
  const known = (table ??= createTable())
  let value = 0xffffffff
  for (const byte of bytes) value = (value >>> 8) ^ (known[(value ^ byte) & 0xff] ?? 0)
  return (value ^ 0xffffffff) >>> 0
}
