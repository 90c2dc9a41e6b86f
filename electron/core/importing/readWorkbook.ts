import readSheets from 'read-excel-file/node'
import type { ForeignTable } from '#shared/importing/foreignConnection'
import { importLimits, UnreadableFile } from '#shared/importing/limits'
import { rowOf } from '#shared/importing/readDocument'

/** Bytes that a workbook may become when it is unpacked. */
const unpackedLimit = 256 * 2 ** 20

/** The sheets of an Excel workbook, each with its first row as names. Throws `UnreadableFile`. */
export const readWorkbook = async (bytes: Uint8Array): Promise<readonly ForeignTable[]> => {
  if (unpackedSize(bytes) > unpackedLimit) throw new UnreadableFile('tooLarge', 'The workbook becomes too large.')
  try {
    const sheets = await readSheets(Buffer.from(bytes))
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

/** What the directory of a ZIP file says of all of its entries (APPNOTE 4.3.12). */
const unpackedSize = (bytes: Uint8Array): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let total = 0
  for (let at = 0; at + 46 <= bytes.length; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue
    total += view.getUint32(at + 24, true)
  }
  return total
}
