import type { SenderData } from '#shared/model/sender'
import { ok, type Result } from '#shared/result'
import type { PayloadFiles } from '../../payloads/payloadFiles'
import { rowUnreadable } from './row'

/** A text that is read from its beginning to its end, a piece at a time. */
export interface Pieces {
  /** Null = there was a last one. Fails as reading its file does, and where that is no UTF-8. */
  next(): Promise<Result<string | null>>
  /** Begins again. */
  restart(): Promise<void>
  close(): Promise<void>
}

const pieceBytes = 2 ** 16

export interface PiecesParts {
  readonly payloadFiles: Pick<PayloadFiles, 'openPieces'>
  /** Bytes that are no UTF-8 are read as U+FFFD: of a recording they spoil a line and not all that follow. */
  readonly takesAnyBytes?: boolean
}

/** Fails as opening its file does. */
export const openPieces = async (
  data: SenderData,
  { payloadFiles, takesAnyBytes = false }: PiecesParts,
): Promise<Result<Pieces>> => {
  if ('text' in data) return ok(piecesOfText(data.text.replace(/^\uFEFF/, '')))
  const opened = await payloadFiles.openPieces(data.fileToken)
  if (!opened.ok) return opened
  const file = opened.value
  let at = 0
  /** Leaves out a byte order mark. */
  const newDecoder = () => new TextDecoder('utf-8', { fatal: !takesAnyBytes })
  let decoder = newDecoder()
  let lines = 1
  return ok({
    next: async () => {
      const read = await file.read(at, pieceBytes)
      if (!read.ok) return read
      const isLast = read.value.length === 0
      at += read.value.length
      try {
        const text = decoder.decode(read.value, { stream: !isLast })
        lines += text.split('\n').length - 1
        return ok(isLast && text === '' ? null : text)
      } catch {
        return rowUnreadable('notUtf8', { line: lines })
      }
    },
    restart: () => {
      at = 0
      lines = 1
      decoder = newDecoder()
      return Promise.resolve()
    },
    close: file.close,
  })
}

const piecesOfText = (text: string): Pieces => {
  let at = 0
  return {
    next: () => {
      const piece = text.slice(at, at + pieceBytes)
      at += pieceBytes
      return Promise.resolve(ok(piece === '' ? null : piece))
    },
    restart: () => {
      at = 0
      return Promise.resolve()
    },
    close: () => Promise.resolve(),
  }
}
