import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  type BrotliOptions,
  type ZlibOptions,
} from 'node:zlib'
import type { Compression, Decompress } from '#shared/decoding/decoder'
import { DecodingFault } from '#shared/encoding/decodingFault'
import { decompressZstd } from '#shared/decoding/zstd'

/** What Node has, and zstd, which Node has from 22.15 on. Ends at the limit, before the memory beyond it is taken. */
export const decompress: Decompress = (compression, bytes, mostBytes) =>
  compression === 'zstd' ? decompressZstd(bytes, mostBytes) : withNode(compression, bytes, mostBytes)

type Option = Pick<ZlibOptions & BrotliOptions, 'maxOutputLength' | 'finishFlush' | 'info'>

const functions: Readonly<Record<Exclude<Compression, 'zstd'>, (bytes: Uint8Array, option: Option) => unknown>> = {
  gzip: gunzipSync,
  zlib: inflateSync,
  deflate: inflateRawSync,
  brotli: brotliDecompressSync,
}

const withNode = (compression: Exclude<Compression, 'zstd'>, bytes: Uint8Array, mostBytes: number): Uint8Array => {
  const inflate = functions[compression]
  const limit = { maxOutputLength: mostBytes }
  let result: unknown
  try {
    result = inflate(bytes, { ...limit, info: true })
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new DecodingFault('tooLarge', 0)
    if (code === 'Z_BUF_ERROR' || bytes.length === 0) throw new DecodingFault('cutShort', bytes.length)
    const bad = firstBad(bytes, (start) =>
      isBroken(() => inflate(start, { ...limit, finishFlush: flushOf(compression) })),
    )
    throw new DecodingFault('badCompression', bad, error instanceof Error ? error.message : undefined)
  }
  const { buffer, engine } = result as {
    readonly buffer: Uint8Array
    readonly engine: { readonly bytesWritten: number }
  }
  if (engine.bytesWritten < bytes.length) throw new DecodingFault('leftOver', engine.bytesWritten)
  return buffer
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null)

/** The start of something longer is no error then. */
const flushOf = (compression: Compression) =>
  compression === 'brotli' ? constants.BROTLI_OPERATION_FLUSH : constants.Z_SYNC_FLUSH

const isBroken = (inflate: () => unknown): boolean => {
  try {
    inflate()
    return false
  } catch (error) {
    return codeOf(error) !== 'ERR_BUFFER_TOO_LARGE' && codeOf(error) !== 'Z_BUF_ERROR'
  }
}

/** The libraries do not say which byte it is: the last one of the shortest start that they refuse. */
const firstBad = (bytes: Uint8Array, isRefused: (start: Uint8Array) => boolean): number => {
  let sound = 0
  let bad = bytes.length
  while (bad - sound > 1) {
    const middle = (sound + bad) >> 1
    if (isRefused(bytes.subarray(0, middle))) bad = middle
    else sound = middle
  }
  return bad - 1
}
