import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { csvRowsOf } from './readers/csvRows'
import { recordingWriters, readerFor } from './recordingFormats'
import { linesOf } from './recordingLines'
import { anyMessage, bytesOf, messagesIn, piecesOf, readAll, written } from './recordingTesting'

const several = fc.array(anyMessage, { minLength: 1, maxLength: 8 })

describe('a recording comes in pieces', () => {
  it.each(['jsonl', 'csv', 'recording', 'pcapng'] as const)('%s: where they end does not matter', (format) => {
    fc.assert(
      fc.property(several, fc.integer({ min: 1, max: 300 }), (messages, length) => {
        const bytes = written(recordingWriters[format](), messages)
        const reader = readerFor(bytes)
        const inPieces = [...(reader?.read(piecesOf(bytes, length)) ?? [])]
        expect(inPieces).toEqual([...(reader?.read([bytes]) ?? [])])
      }),
      { numRuns: 50 },
    )
  })

  it('lines are those of the whole, and one that is too long costs no other', () => {
    const bytes = bytesOf('\ufeffone\r\n\r\n0123456789\nlast')
    const texts = (length: number) =>
      [...linesOf(piecesOf(bytes, length), 8)].map((line) => (line.isTooLong ? null : decodeUtf8(line.bytes)))
    for (let length = 1; length <= bytes.length; length++) expect(texts(length)).toEqual(['one', '', null, 'last'])
  })

  it('rows of CSV end where a line feed is in no quotes', () => {
    const text = 'a,"1\n2",x\r\nb,"say ""\n""",y\nc,5" pipe,z\r\n"open\nfor ever'
    const fields = (length: number) => [...csvRowsOf(piecesOf(bytesOf(text), length), decodeUtf8)]
    const expected = [
      { fields: ['a', '1\n2', 'x'] },
      { fields: ['b', 'say "\n"', 'y'] },
      { fields: ['c', '5" pipe', 'z'] },
      { fields: ['open\nfor ever'] },
    ]
    for (let length = 1; length <= text.length; length++) expect(fields(length)).toEqual(expected)
  })
})

describe('what stands before the first message', () => {
  const line = '{"tst":"2026-11-28T00:04:53.060203+0100","topic":"a/b","qos":1,"retain":0,"payloadlen":1,"payload":"x"}'

  it('half a line, or what another program wrote, is refused by its line', () => {
    const items = readAll(`ad":"cut"}\nConnection lost\n\n${line}\n${line.slice(0, 60)}`)
    expect(items.map((item) => (item.kind === 'refused' ? [item.place.number, item.reason] : item.kind))).toEqual([
      [1, 'notJson'],
      [2, 'notJson'],
      [3, 'emptyLine'],
      'message',
      [5, 'notJson'],
    ])
  })

  it('keys may come in any order, and others among them', () => {
    const turned = '{"payload":"x","more":{"topic":1},"payloadlen":1,"retain":true,"qos":2,"topic":"a/b"}'
    expect(messagesIn(readAll(`${turned}\r\n${turned}`))).toMatchObject([
      { topic: 'a/b', qos: 2, retain: true, time: null },
      { topic: 'a/b' },
    ])
  })

  it('nothing is no recording', () => {
    for (const content of ['', '\n\n', '\ufeff', 'hello', '{}', '[]', '\0\0\0'])
      expect(readerFor(bytesOf(content))).toBe(null)
  })
})
