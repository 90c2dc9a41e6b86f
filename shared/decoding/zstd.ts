import { joinedBytes } from '#shared/encoding/joinedBytes'
import { Decompress, ZstdErrorCode } from 'fzstd'
import { DecodingFault } from '#shared/encoding/decodingFault'

/** Zstandard (RFC 8878). What comes out is counted block by block, of 128 KiB at most each. */
export const decompressZstd = (bytes: Uint8Array, mostBytes: number): Uint8Array => {
  checkFrames(bytes, mostBytes)
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

/**
 * Goes along the frames without decompressing them: the library takes the memory of a window at once, and a few bytes may say that it is
 * 2 GiB (§3.1.1.1); and what stands behind the last frame is no fault of that.
 */
const checkFrames = (bytes: Uint8Array, mostBytes: number): void => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at < bytes.length || at === 0;) {
    if (at + 4 > bytes.length) throw new DecodingFault(at === 0 ? 'cutShort' : 'leftOver', at === 0 ? bytes.length : at)
    const magic = view.getUint32(at, true)
    if (magic >= skippableMagic && magic <= skippableMagic + 15) {
      if (at + 8 > bytes.length) throw new DecodingFault('cutShort', bytes.length)
      at += 8 + view.getUint32(at + 4, true)
    } else if (magic === frameMagic) at = behindFrame(view, at, mostBytes)
    else throw new DecodingFault(at === 0 ? 'badCompression' : 'leftOver', at)
    if (at > bytes.length) throw new DecodingFault('cutShort', bytes.length)
  }
}

/** Behind a frame (§3.1.1), which may end where the bytes do not. */
const behindFrame = (view: DataView, start: number, mostBytes: number): number => {
  const cutShort = () => new DecodingFault('cutShort', view.byteLength)
  if (start + 6 > view.byteLength) throw cutShort()
  const descriptor = view.getUint8(start + 4)
  const isSingle = (descriptor & singleSegment) !== 0
  if (!isSingle) checkWindow(view.getUint8(start + 5), start + 5, mostBytes)
  const dictionaryAt = start + 5 + (isSingle ? 0 : 1)
  const sizeAt = dictionaryAt + ([0, 1, 2, 4][descriptor & 3] ?? 0)
  const width = descriptor >> 6 === 0 ? (isSingle ? 1 : 0) : 1 << (descriptor >> 6)
  if (sizeAt + width > view.byteLength) throw cutShort()
  // The library would go on without the dictionary, and give other bytes than were compressed. Zero names none (§3.1.1.1.3).
  for (let at = dictionaryAt; at < sizeAt; at++)
    if (view.getUint8(at) !== 0) throw new DecodingFault('badCompression', dictionaryAt, 'it needs a dictionary')
  // The window is the content then.
  for (let index = 0, size = 0; isSingle && index < width; index++) {
    size += view.getUint8(sizeAt + index) * 256 ** index
    if (size > mostBytes) throw new DecodingFault('tooLarge', sizeAt)
  }
  let at = sizeAt + width
  for (let isLast = false; !isLast;) {
    if (at + 3 > view.byteLength) throw cutShort()
    const block = view.getUint16(at, true) + 65_536 * view.getUint8(at + 2)
    isLast = (block & 1) === 1
    // Of a block that is one byte many times, the size is what comes out.
    at += 3 + (((block >> 1) & 3) === 1 ? 1 : block >> 3)
  }
  return at + (descriptor & 4 ? 4 : 0)
}

const checkWindow = (window: number, at: number, mostBytes: number): void => {
  const base = 2 ** (10 + (window >> 3))
  if (base + (base / 8) * (window & 7) > mostBytes) throw new DecodingFault('tooLarge', at)
}

const frameMagic = 0xfd2fb528
const skippableMagic = 0x184d2a50
const singleSegment = 0x20
