import { encodeUtf8 } from '#shared/mqtt/utf8'

/**
 * The pieces of a content as UTF-8, if a byte order mark says that it is UTF-16: so Windows PowerShell writes what a program prints
 * (`mosquitto_sub ... > file`). Everything else stays as it is.
 */
export function* utf8PiecesOf(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  let decoder: InstanceType<typeof TextDecoder> | null = null
  let isFirst = true
  for (const piece of pieces) {
    if (isFirst && piece.length > 0) {
      const encoding = encodingOf(piece)
      decoder = encoding && new TextDecoder(encoding)
      isFirst = false
    }
    yield decoder ? encodeUtf8(decoder.decode(piece, { stream: true })) : piece
  }
  if (decoder) yield encodeUtf8(decoder.decode())
}

const encodingOf = ([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | null => {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : null
}
