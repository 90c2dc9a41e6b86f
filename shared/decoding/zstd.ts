import { joinedBytes } from '#shared/encoding/joinedBytes'
import { Decompress, ZstdErrorCode } from 'fzstd'
import { DecodingFault } from '#shared/encoding/decodingFault'

/** Zstandard (RFC 8878). What comes out is counted block by block, of 128 KiB at most each. */
export const decompressZstd = (bytes: Uint8Array, mostBytes: number): Uint8Array => {
  checkWindow(bytes, mostBytes)
  const blocks: Uint8Array[] = []
  let length = 0
  const stream = new Decompress((block) => {
    length += block.length
    if (length > mostBytes) throw new DecodingFault('tooLarge', 0)
    // The stream uses the memory again.
    blocks.push(block.slice())
  })
  try {
    stream.push(bytes, true)
  } catch (error) {
    if (error instanceof DecodingFault) throw error
    const isShort = error instanceof Error && 'code' in error && error.code === ZstdErrorCode.UnexpectedEOF
    if (isShort) throw new DecodingFault('cutShort', bytes.length)
    throw new DecodingFault('badCompression', 0, error instanceof Error ? error.message : undefined)
  }
  return joinedBytes(blocks)
}

/** The library takes the memory of the window at once, and a few bytes may say that it is 2 GiB (§3.1.1.1). */
const checkWindow = (bytes: Uint8Array, mostBytes: number) => {
  if (bytes.length < 6) throw new DecodingFault('cutShort', bytes.length)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(0, true) !== frameMagic) return
  const descriptor = view.getUint8(4)
  if ((descriptor & singleSegment) === 0) {
    const window = view.getUint8(5)
    const base = 2 ** (10 + (window >> 3))
    if (base + (base / 8) * (window & 7) > mostBytes) throw new DecodingFault('tooLarge', 5)
    return
  }
  // The window is the content then, whose size stands behind the number of a dictionary.
  const at = 5 + ([0, 1, 2, 4][descriptor & 3] ?? 0)
  const width = 1 << (descriptor >> 6)
  for (let index = 0, size = 0; index < width; index++) {
    size += (bytes[at + index] ?? 0) * 256 ** index
    if (size > mostBytes) throw new DecodingFault('tooLarge', at)
  }
}

const frameMagic = 0xfd2fb528
const singleSegment = 0x20
