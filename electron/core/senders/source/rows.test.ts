import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { languages } from '#shared/model/settings'
import type { SenderRows } from '#shared/model/sender'
import { ok } from '#shared/result'
import { sentenceOf } from '../../../../test/support/sentence'
import { openRows } from './rowReader'

/** Files with what is given, read in pieces of a size. */
const filesOf = (bytes: Uint8Array, pieceBytes: number) => ({
  openPieces: () =>
    Promise.resolve(
      ok({
        read: (at: number) => Promise.resolve(ok(Buffer.from(bytes.subarray(at, at + pieceBytes)))),
        close: () => Promise.resolve(),
      }),
    ),
})

const readAll = async (
  format: SenderRows['format'],
  text: string | Uint8Array,
  { pieceBytes = 7, loops = false, most = 10_000 } = {},
) => {
  let wake: () => void = () => undefined
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  const opened = await openRows(
    { format, data: { fileToken: 't' } },
    { payloadFiles: filesOf(bytes, pieceBytes), loops, onRead: () => wake() },
  )
  if (!opened.ok) return { rows: [], error: opened.error, total: null }
  const rows: unknown[] = []
  while (rows.length < most) {
    const next = opened.value.next()
    if (next === 'none') break
    if (next === 'notRead') await new Promise<void>((resolve) => (wake = resolve))
    else if (next.ok) rows.push(next.value)
    else return { rows, error: next.error, total: opened.value.total() }
  }
  return { rows, error: null, total: opened.value.total() }
}

const field = fc.string({ unit: fc.constantFrom('a', 'b', '"', ',', '\n', ' ', 'ä', '😀'), maxLength: 8 })

describe('rows of CSV', () => {
  it('are what was written, in whatever pieces they are read', async () => {
    const tables = fc.array(fc.tuple(field, field, field), { minLength: 1, maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(tables, fc.integer({ min: 1, max: 40 }), async (table, pieceBytes) => {
        // A line with nothing is none.
        const rows = table.map(([one, two, three]) => ({ one: `x${one}`, two, three }))
        const text = Papa.unparse(rows, { quotes: true, newline: '\n' })
        expect(await readAll('csv', text, { pieceBytes })).toEqual({ rows, error: null, total: rows.length })
      }),
    )
  })

  it.each([
    ['a,b\n1,2\n', [{ a: '1', b: '2' }]],
    [
      'a;b\r\n1;2\r\n\r\n3;4',
      [
        { a: '1', b: '2' },
        { a: '3', b: '4' },
      ],
    ],
    ['\uFEFFa\tb\n1\t"x, y"\n', [{ a: '1', b: 'x, y' }]],
    ['a\n1\n', [{ a: '1' }]],
  ])('have their names in the first line: %j', async (text, rows) => {
    expect(await readAll('csv', text)).toMatchObject({ rows, error: null })
  })

  it.each([
    ['a,b\n1,2\n1,2,3\n', 1, { problem: 'columns', line: 3, detail: '3/2' }],
    ['a,b\n"x\ny",2\n1\n', 1, { problem: 'columns', line: 4, detail: '1/2' }],
    ['a,b\n1,2\n3,"4" x\n', 1, { problem: 'quotes', line: 3, column: 4 }],
    ['a,b\n1,2\n3,"4\n', 1, { problem: 'quotes', line: 3 }],
    ['a,b,a\n', 0, { problem: 'sameColumn', line: 1, detail: 'a' }],
    ['a,b\n', 0, { problem: 'noRows' }],
    ['', 0, { problem: 'noRows' }],
  ])('say what is wrong in which line after those that are right: %j', async (text, count, values) => {
    const { rows, error } = await readAll('csv', text)
    expect(rows).toHaveLength(count)
    expect(error).toMatchObject({ code: 'rowUnreadable', values })
    for (const language of languages)
      expect(error && sentenceOf(error, language)).toContain(String('line' in values ? values.line : 1))
  })
})

describe('rows of JSON lines', () => {
  it('are what was written, in whatever pieces they are read', async () => {
    const rows = fc.array(fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue()), { minLength: 1, maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), async (written, pieceBytes) => {
        const texts = written.map((row) => JSON.stringify(row))
        const read = await readAll('jsonLines', texts.join('\n'), { pieceBytes })
        expect(read.rows.map((row) => JSON.stringify(row))).toEqual(
          texts.map((text) => JSON.stringify(JSON.parse(text))),
        )
      }),
    )
  })

  it.each([
    ['{"a":1}\n\n{"a":}\n', 1, { problem: 'syntax', line: 3, column: 6 }],
    ['{"a":1}\n[1]\n', 1, { problem: 'notAnObject', line: 2 }],
    ['\n\n', 0, { problem: 'noRows' }],
  ])('say what is wrong in which line after those that are right: %j', async (text, count, values) => {
    const { rows, error } = await readAll('jsonLines', text)
    expect(rows).toHaveLength(count)
    expect(error).toMatchObject({ code: 'rowUnreadable', values })
  })

  it('begin again after the last one where they loop', async () => {
    const { rows, total } = await readAll('jsonLines', '{"a":1}\n{"a":2}', { loops: true, most: 5 })
    expect(rows).toEqual([{ a: 1 }, { a: 2 }, { a: 1 }, { a: 2 }, { a: 1 }])
    expect(total).toBeNull()
  })

  it('end with a reason where the file has none any more', async () => {
    const read = [Buffer.from('{"a":1}\n'), Buffer.alloc(0)]
    const opened = await openRows(
      { format: 'jsonLines', data: { fileToken: 't' } },
      {
        payloadFiles: {
          openPieces: () =>
            Promise.resolve(
              ok({
                read: () => Promise.resolve(ok(read.shift() ?? Buffer.alloc(0))),
                close: () => Promise.resolve(),
              }),
            ),
        },
        loops: true,
        onRead: () => undefined,
      },
    )
    if (!opened.ok) throw new Error(opened.error.message)
    expect(opened.value.next()).toEqual(ok({ a: 1 }))
    expect(opened.value.next()).toMatchObject({ error: { values: { problem: 'noRows' } } })
  })

  it('are UTF-8, and say so where they are not', async () => {
    const { error } = await readAll('jsonLines', Buffer.from([0x7b, 0x7d, 0x0a, 0xff]), { pieceBytes: 3 })
    expect(error).toMatchObject({ code: 'rowUnreadable', values: { problem: 'notUtf8' } })
  })
})

it('reads a text of many rows, and knows in the end how many they were', async () => {
  const text = Array.from({ length: 20_000 }, (_, index) => `{"n":${index}}`).join('\n')
  const opened = await openRows(
    { format: 'jsonLines', data: { text } },
    { payloadFiles: filesOf(new Uint8Array(), 1), loops: false, onRead: () => undefined },
  )
  if (!opened.ok) throw new Error(opened.error.message)
  const reader = opened.value
  expect(reader.total()).toBeNull()
  let count = 0
  for (let next = reader.next(); next !== 'none'; next = reader.next()) {
    if (next === 'notRead') await new Promise((resolve) => setImmediate(resolve))
    else expect(next).toEqual(ok({ n: count++ }))
  }
  expect([count, reader.total()]).toEqual([20_000, 20_000])
})
