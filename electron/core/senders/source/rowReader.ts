import type { SenderData, SenderRows } from '#shared/model/sender'
import { ok, type AppError, type Result } from '#shared/result'
import { createJsonRows } from './jsonRows'
import { openPieces, type Pieces, type PiecesParts } from './pieces'
import { rowUnreadable, type Row, type RowParser } from './row'

/** Rows one after the other; only some of them are in memory. */
export interface RowReader<Item = Row> {
  /** `notRead`: `onRead` is called when there is one; `none`: there was a last one. */
  next(): Result<Item> | 'notRead' | 'none'
  /** How many there are in all; null = not known yet, or there is no end. */
  total(): number | null
  close(): void
}

export interface RowReaderParts extends PiecesParts {
  /** Begins again after the last row. */
  readonly loops: boolean
  readonly onRead: () => void
}

/** More is read when fewer than this are left: what is sent meanwhile does not wait for the disk. */
const fewRows = 1_000

/** Opens the rows and reads the first. Fails with `rowUnreadable`, also where there is none, and as reading a file does. */
export const openRows = async ({ format, data }: SenderRows, parts: RowReaderParts): Promise<Result<RowReader>> =>
  // Read when the first table is: the application starts without it.
  openReader(data, format === 'csv' ? (await import('./csvRows')).createCsvRows : createJsonRows, parts)

/** The same for what a parser makes of other lines. */
export const openReader = async <Item>(
  data: SenderData,
  newParser: () => RowParser<Item>,
  { loops, onRead, ...parts }: RowReaderParts,
): Promise<Result<RowReader<Item>>> => {
  const pieces = await openPieces(data, parts)
  if (!pieces.ok) return pieces
  const reader = createReader({ pieces: pieces.value, newParser, loops, onRead })
  const problem = await reader.begin()
  if (!problem) return ok(reader)
  reader.close()
  return { ok: false, error: problem }
}

interface ReaderParts<Item> {
  readonly pieces: Pieces
  readonly newParser: () => RowParser<Item>
  readonly loops: boolean
  readonly onRead: () => void
}

const createReader = <Item>({
  pieces,
  newParser,
  loops,
  onRead,
}: ReaderParts<Item>): RowReader<Item> & { begin(): Promise<AppError | null> } => {
  let rows: readonly Item[] = []
  let place = 0
  let taken = 0
  let parser = newParser()
  let isReading = false
  let isWaited = false
  let isAtEnd = false
  let isClosed = false
  let error: AppError | null = null
  /** Since the beginning was read last: a file that is emptied while it is read again and again must have an end. */
  let hasRows = false

  const left = () => rows.length - place
  const add = (more: readonly Item[]) => {
    rows = left() === 0 ? more : [...rows.slice(place), ...more]
    place = 0
    hasRows ||= more.length > 0
  }
  const end = async () => {
    if (!hasRows) error = noRows
    else if (loops) {
      hasRows = false
      parser = newParser()
      await pieces.restart()
    } else isAtEnd = true
  }
  const readPiece = async () => {
    const piece = await pieces.next()
    if (!piece.ok) {
      error = piece.error
      return
    }
    const isLast = piece.value === null
    const read = parser.read(piece.value ?? '', isLast)
    add(read.rows)
    error = read.error
    if (isLast && !error) await end()
  }
  /** Reads until there are some rows, or no more. */
  const fill = async () => {
    if (isReading) return
    isReading = true
    while (left() < fewRows && !isAtEnd && !error && !isClosed) await readPiece()
    isReading = false
    if (!isWaited || isClosed) return
    isWaited = false
    onRead()
  }
  return {
    begin: async () => {
      await fill()
      // What is wrong further on is told when its turn comes.
      return left() === 0 ? error : null
    },
    next: () => {
      const row = rows[place]
      if (row !== undefined) {
        place += 1
        taken += 1
        if (left() < fewRows / 2 && !isAtEnd && !error) void fill()
        return ok(row)
      }
      if (error) return { ok: false, error }
      if (isAtEnd) return 'none'
      isWaited = true
      void fill()
      return 'notRead'
    },
    total: () => (isAtEnd ? taken + left() : null),
    close: () => {
      isClosed = true
      void pieces.close()
    },
  }
}

const noRows = rowUnreadable('noRows', { line: 1 }).error
