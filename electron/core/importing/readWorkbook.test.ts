import fc from 'fast-check'
import { deflateRawSync } from 'node:zlib'
import { expect, it, describe } from 'vitest'
import { UnreadableFile } from '#shared/importing/limits'
import { readWorkbook } from './readWorkbook'

interface Entry {
  readonly name: string
  readonly content: string | Buffer
  /** What the directory says in place of the truth. */
  readonly lies?: {
    readonly unpacked?: number
    readonly packed?: number
    readonly offset?: number
    readonly flags?: number
  }
}

const workbookEntries: readonly Entry[] = [
  {
    name: '[Content_Types].xml',
    content:
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
  },
  {
    name: 'xl/workbook.xml',
    content:
      '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Connections" sheetId="1" r:id="rId1"/></sheets></workbook>',
  },
  {
    name: 'xl/_rels/workbook.xml.rels',
    content:
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
  },
  {
    name: 'xl/worksheets/sheet1.xml',
    content:
      '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Plant</t></is></c></row></sheetData></worksheet>',
  },
]

/** A ZIP archive as APPNOTE 6.3.3 describes it, with whatever its directory is to say. */
const zip = (entries: readonly Entry[], { count = entries.length, between = '' } = {}): Buffer => {
  const parts: Buffer[] = []
  const rows: Buffer[] = []
  let at = 0
  for (const { name, content, lies = {} } of entries) {
    const data = Buffer.from(content)
    const packed = deflateRawSync(data)
    const title = Buffer.from(name)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(packed.length, 18)
    head.writeUInt32LE(data.length, 22)
    head.writeUInt16LE(title.length, 26)
    const row = Buffer.alloc(46)
    row.writeUInt32LE(0x02014b50, 0)
    row.writeUInt16LE(lies.flags ?? 0, 8)
    row.writeUInt16LE(8, 10)
    row.writeUInt32LE(lies.packed ?? packed.length, 20)
    row.writeUInt32LE(lies.unpacked ?? data.length, 24)
    row.writeUInt16LE(title.length, 28)
    row.writeUInt32LE(lies.offset ?? at, 42)
    rows.push(row, title)
    parts.push(head, title, packed)
    at += 30 + title.length + packed.length
  }
  const list = Buffer.concat([...rows, Buffer.from(between)])
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, list, end])
}

const sheet = workbookEntries[3]
const withSheet = (change: Partial<Entry>): readonly Entry[] => [
  ...workbookEntries.slice(0, 3),
  { name: '', content: '', ...sheet, ...change },
]

describe('a workbook', () => {
  it('is read where its directory is true', async () => {
    expect(await readWorkbook(zip(workbookEntries))).toEqual([{ name: 'Connections', rows: [{ name: 'Plant' }] }])
  })

  it.each([
    ['says a smaller size than it has', zip(withSheet({ lies: { unpacked: 10 } })), 'damaged'],
    ['says a larger size than it has', zip(withSheet({ lies: { unpacked: 10_000 } })), 'damaged'],
    ['says nothing of its size', zip(withSheet({ lies: { unpacked: 0 } })), 'damaged'],
    ['becomes larger than the limit', zip(withSheet({ lies: { unpacked: 300 * 2 ** 20 } })), 'tooLarge'],
    [
      'hides what it becomes',
      zip(withSheet({ content: Buffer.alloc(20 * 2 ** 20), lies: { unpacked: 100 } })),
      'damaged',
    ],
    ['reaches behind the file', zip(withSheet({ lies: { packed: 10_000_000 } })), 'damaged'],
    ['points behind the file', zip(withSheet({ lies: { offset: 4_000_000_000 } })), 'damaged'],
    ['points at what is no entry', zip(withSheet({ lies: { offset: 1 } })), 'damaged'],
    ['is encrypted', zip(withSheet({ lies: { flags: 1 } })), 'damaged'],
    ['counts fewer entries than it has', zip(workbookEntries, { count: 2 }), 'damaged'],
    ['counts more entries than it has', zip(workbookEntries, { count: 9 }), 'damaged'],
    ['counts far more than a workbook has', zip(workbookEntries, { count: 60_000 }), 'tooLarge'],
    ['has bytes between its directory and the end', zip(workbookEntries, { between: 'PK' }), 'damaged'],
    ['has a name that leads out', zip([...workbookEntries, { name: '../../x.xml', content: 'x' }]), 'damaged'],
    ['has an absolute name', zip([...workbookEntries, { name: '/etc/x.xml', content: 'x' }]), 'damaged'],
    ['has a name of a drive', zip([...workbookEntries, { name: 'C:/x.xml', content: 'x' }]), 'damaged'],
    ['has a name twice', zip([...workbookEntries, { name: 'XL/workbook.xml', content: 'x' }]), 'damaged'],
  ] as const)('that %s is refused', async (_, bytes, code) => {
    await expect(readWorkbook(bytes)).rejects.toMatchObject({ code })
  })

  it('with bytes that were changed is read, or refused in words', async () => {
    const sound = zip(workbookEntries)
    const change = fc.tuple(fc.nat(sound.length - 1), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 8 }),
        fc.nat(sound.length),
        async (changes, length) => {
          const bytes = Buffer.from(sound)
          for (const [at, value] of changes) bytes[at] = value
          const failure = await readWorkbook(bytes.subarray(0, length)).then(
            () => null,
            (error: unknown) => error,
          )
          expect(failure === null || failure instanceof UnreadableFile).toBe(true)
        },
      ),
      { numRuns: 200 },
    )
  })
})
