import { describe, expect, it } from 'vitest'
import { contentIn } from '../payloadViewTesting'
import { jsonView } from './jsonView'

describe('the JSON view', () => {
  it('lays JSON out without touching numbers, order or duplicates', () => {
    const content = contentIn(jsonView, '{"b":12345678901234567890,"a":1.50,"b":1e400}')
    expect(content.copyText()).toBe('{\n  "b": 12345678901234567890,\n  "a": 1.50,\n  "b": 1e400\n}')
    expect(content.tokensOf?.('"a"')).toEqual([{ kind: 'string', text: '"a"' }])
  })

  it('says where text is not JSON and shows it as it is', () => {
    const content = contentIn(jsonView, '{\n "a" 1}')
    expect(content.notes).toEqual([
      { key: 'notJson', values: { line: 2, column: 6 }, detail: 'jsonProblems.colonExpected' },
    ])
    expect(content.copyText()).toBe('{\n "a" 1}')
    expect(content.tokensOf).toBeNull()
  })

  it('says the right place of a mistake behind a byte order mark', () => {
    expect(contentIn(jsonView, '\ufeff{"a" 1}').notes).toEqual([
      { key: 'notJson', values: { line: 1, column: 7 }, detail: 'jsonProblems.colonExpected' },
    ])
  })

  it.each([
    ['\ufeff{"a":1}', '\ufeff{\n  "a": 1\n}', ['beforeJson']],
    ['[1]\0', '[\n  1\n]\0', ['behindJson']],
    ['\ufeff{}\0\0', '\ufeff{}\0\0', ['beforeJson', 'behindJson']],
    ['{"a":1}\0old bytes', '{\n  "a": 1\n}\0old bytes', ['behindJson']],
  ])('leaves what stands beside the JSON as it is and says so: %j', (text, shown, notes) => {
    const content = contentIn(jsonView, text)
    expect(content.notes.map(({ key }) => key)).toEqual(notes)
    expect(content.copyText()).toBe(shown)
  })

  it('lays a large payload out once all of it is here, and says so before', () => {
    const bytes = new TextEncoder().encode(JSON.stringify(Array.from({ length: 200_000 }, (_, index) => index)))
    const head = bytes.subarray(0, 1_000)
    const cut = jsonView.open({ bytes: head, isCut: true, payloadBytes: bytes.length })
    while (cut.advance?.(5) === false);
    expect(cut.content()).toMatchObject({ fixed: true, notes: [{ key: 'whole.jsonNeedsAll' }] })
    expect(contentIn(jsonView, bytes)).toMatchObject({ lines: { count: 200_002 }, fixed: false, notes: [] })
  })

  it('shows as it is what would not fit into memory laid out', () => {
    const { notes, copyText } = contentIn(jsonView, `[${' '.repeat(32 * 2 ** 20)}]`)
    expect(notes).toEqual([{ key: 'jsonTooLarge' }])
    expect(copyText().endsWith(' ]')).toBe(true)
  })
})
