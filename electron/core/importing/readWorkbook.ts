import readSheets from 'read-excel-file/node'
import type { ForeignTable } from '#shared/importing/foreignConnection'
import { importLimits, UnreadableFile } from '#shared/importing/limits'
import { rowOf } from '#shared/importing/readDocument'
import { soundZip } from './soundZip'

/** What a workbook may become when it is unpacked, and the files in it. */
const unpackedLimits = { unpacked: 256 * 2 ** 20, entries: 1_000 } as const

/** The sheets of an Excel workbook, each with its first row as names. Throws `UnreadableFile`. */
export const readWorkbook = async (bytes: Uint8Array): Promise<readonly ForeignTable[]> => {
  // Who unpacks a workbook takes its directory at its word.
  const sound = await soundZip(bytes, unpackedLimits)
  try {
    const sheets = await readSheets(sound)
    return sheets.map(({ sheet, data }) => {
      const [names = [], ...rows] = data
      if (rows.length > importLimits.rows) throw new UnreadableFile('tooMuch', 'The table has too many rows.')
      return { name: sheet, rows: rows.map((cells) => rowOf(names.map(String), cells)) }
    })
  } catch (error) {
    if (error instanceof UnreadableFile) throw error
    throw new UnreadableFile('damaged', 'The workbook cannot be read.', { cause: error })
  }
}
