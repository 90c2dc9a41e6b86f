import fc from 'fast-check'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { crc32 } from './crc32'

it('is the check value of the catalogue of CRCs, and that which gzip writes', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const packed = gzipSync(bytes)
      expect(crc32(bytes)).toBe(packed.readUInt32LE(packed.length - 8))
    }),
  )
})
