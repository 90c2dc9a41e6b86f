import { decompressBrotli } from './brotli/brotli'
import type { Decompress } from './decoder'
import { gunzip, inflateAll, unzlib } from './deflated'
import { decompressZstd } from './zstd'

/** Without the platform, which in a page only decompresses later and without a limit. */
export const decompress: Decompress = (compression, bytes, mostBytes) => {
  switch (compression) {
    case 'gzip':
      return gunzip(bytes, mostBytes)
    case 'zlib':
      return unzlib(bytes, mostBytes)
    case 'deflate':
      return inflateAll(bytes, mostBytes)
    case 'zstd':
      return decompressZstd(bytes, mostBytes)
    case 'brotli':
      return decompressBrotli(bytes, mostBytes)
  }
}
