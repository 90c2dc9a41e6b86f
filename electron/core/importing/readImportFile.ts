import { open, readFile, stat } from 'node:fs/promises'
import type { ForeignDocument } from '#shared/importing/foreignConnection'
import { importLimits, UnreadableFile } from '#shared/importing/limits'
import { fileKind, readDocument, tablesDocument } from '#shared/importing/readDocument'
import { readDatabase } from './readDatabase'
import { readWorkbook } from './readWorkbook'

/** A file of another tool, whatever its form. Throws `UnreadableFile`. */
export const readImportFile = async (path: string): Promise<ForeignDocument> => {
  const facts = await stat(path).catch(() => null)
  if (!facts?.isFile()) throw new UnreadableFile('notReadable', 'The file cannot be read.')
  const start = await firstBytes(path)
  // A database may hold days of messages, of which nothing is read.
  if (fileKind(start) === 'sqlite') return tablesDocument('SQLite', await readDatabase(path))
  if (facts.size > importLimits.bytes) throw new UnreadableFile('tooLarge', 'The file is too large.')
  return readImportBytes(await readFile(path))
}

/** The same of bytes that stand in no file. */
export const readImportBytes = async (bytes: Uint8Array): Promise<ForeignDocument> => {
  const kind = fileKind(bytes)
  if (kind === 'sqlite') throw new UnreadableFile('notReadable', 'A database can be read from its file only.')
  return kind === 'zip' ? tablesDocument('XLSX', await readWorkbook(bytes)) : readDocument(bytes)
}

const firstBytes = async (path: string): Promise<Uint8Array> => {
  const file = await open(path).catch(() => null)
  if (!file) throw new UnreadableFile('notReadable', 'The file cannot be read.')
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(16), 0, 16, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
