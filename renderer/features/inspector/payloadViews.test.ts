import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base64Lines, hexLines } from './byteLines'
import { differenceOf } from './difference'
import { jsonTokens } from './jsonTokens'
import { contentOf } from './payloadContent'
import { suggestedName } from './payloadFile'
import { viewByRule } from './payloadView'
import { longestLine, textLines, type Lines } from './textLines'

const bytes = (text: string) => new TextEncoder().encode(text)
const allOf = (lines: Lines) => Array.from({ length: lines.count }, (_, index) => lines.at(index))

describe('text lines', () => {
  it('put together are the text', () => {
    const piece = fc.oneof(fc.constant('\n'), fc.constant('😀'), fc.constant('x'.repeat(1_999)), fc.string())
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('').replaceAll('\r', '')
        const lines = allOf(textLines(text))
        const joined = lines.map((line) => line.text + (line.continues ? '' : '\n')).join('')
        expect(joined).toBe(`${text}\n`)
        expect(Math.max(...lines.map((line) => line.text.length))).toBeLessThanOrEqual(longestLine)
        // fc.string has no lone surrogates, so none may come of a cut.
        expect(lines.every((line) => line.text.isWellFormed())).toBe(true)
      }),
    )
  })

  it('do not show CR before LF, and are quick for 5 MB in one line', () => {
    expect(allOf(textLines('a\r\nb')).map((line) => line.text)).toEqual(['a', 'b'])
    expect(textLines('x'.repeat(5_000_000)).count).toBe(2_500)
    expect(textLines('\n'.repeat(5_000_000)).count).toBe(5_000_001)
  })
})

describe('byte lines', () => {
  it('are offset, hex and ASCII', () => {
    const lines = hexLines(Uint8Array.from({ length: 18 }, (_, index) => index + 0x41))
    expect(allOf(lines).map((line) => line.text)).toEqual([
      '00000000  41 42 43 44 45 46 47 48  49 4a 4b 4c 4d 4e 4f 50  ABCDEFGHIJKLMNOP',
      '00000010  51 52                                             QR',
    ])
  })

  it('in Base64 put together are the whole', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (payload) => {
        const joined = allOf(base64Lines(payload)).map((line) => line.text)
        expect(joined.join('')).toBe(Buffer.from(payload).toString('base64'))
      }),
    )
  })
})

describe('the view by rule', () => {
  it.each([
    ['{"a":1}', '', 'json'],
    [' [1,2]', '', 'json'],
    ['21.5', '', 'text'],
    ['21.5', 'application/json', 'json'],
    ['{"a":', 'application/json', 'text'],
    ['住家', '', 'text'],
    ['', 'application/json', 'text'],
    ['a\0b', '', 'hex'],
  ])('of %j with content type %j is %s', (text, contentType, view) => {
    expect(viewByRule(bytes(text), contentType)).toBe(view)
  })

  it('is hex for what is not UTF-8', () => {
    expect(viewByRule(Uint8Array.from([0x61, 0xff]))).toBe('hex')
  })
})

describe('payload content', () => {
  it('lays JSON out without touching numbers, order or duplicates', () => {
    const content = contentOf(bytes('{"b":12345678901234567890,"a":1.50,"b":1e400}'), 'json')
    expect(content.copyText()).toBe('{\n  "b": 12345678901234567890,\n  "a": 1.50,\n  "b": 1e400\n}')
  })

  it('says where text is not JSON and shows it as it is', () => {
    const content = contentOf(bytes('{\n "a" 1}'), 'json')
    expect(content.jsonNote).toEqual({ line: 2, column: 6, detail: 'colonExpected' })
    expect(content.copyText()).toBe('{\n "a" 1}')
  })

  it('says when text is not valid UTF-8', () => {
    const content = contentOf(Uint8Array.from([0x61, 0xff]), 'text')
    expect([content.validUtf8, content.copyText()]).toEqual([false, 'a\ufffd'])
  })
})

describe('JSON tokens', () => {
  it('put together are the line', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (line) => {
        expect(
          jsonTokens(line)
            .map((token) => token.text)
            .join(''),
        ).toBe(line)
      }),
    )
  })

  it('tell keys from strings', () => {
    expect(jsonTokens('  "a": "b",').map((token) => token.kind)).toEqual(['plain', 'key', 'plain', 'string', 'plain'])
  })
})

describe('difference', () => {
  it('is found in JSON line by line', () => {
    const difference = differenceOf(bytes('{"a":1,"b":2}'), bytes('{"a":1,"b":3}'))
    expect(difference).toMatchObject({ kind: 'lines', added: 1, removed: 1 })
    expect(difference.kind === 'lines' && difference.lines.map(({ sign, text }) => sign + text)).toEqual([
      ' {',
      '   "a": 1,',
      '-  "b": 2',
      '+  "b": 3',
      ' }',
    ])
  })

  it('says what is the same', () => {
    expect(differenceOf(bytes('x'), bytes('x')).kind).toBe('identical')
    expect(differenceOf(bytes('{"a":1}'), bytes('{ "a": 1 }')).kind).toBe('whiteSpaceOnly')
    expect(differenceOf(bytes('x'.repeat(300_000)), bytes('y')).kind).toBe('tooLarge')
  })

  it('compares binary payloads by their dump', () => {
    expect(differenceOf(Uint8Array.from([0xff]), Uint8Array.from([0xfe]))).toMatchObject({ added: 1, removed: 1 })
  })

  it('keeps every line of both sides', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', ''), { maxLength: 8 }).map((list) => list.join('\n'))
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const difference = differenceOf(bytes(before), bytes(after))
        if (difference.kind !== 'lines') {
          expect(before).toBe(after)
          return
        }
        const side = (left: string) =>
          difference.lines
            .filter(({ sign }) => sign === ' ' || sign === left)
            .map(({ text }) => text)
            .join('\n')
        expect([side('-'), side('+')]).toEqual([before, after])
      }),
    )
  })
})

describe('suggested file names', () => {
  it.each([
    ['plant/line1/temperature', 'json', 'temperature.json'],
    ['a//', 'text', 'a.txt'],
    ['/', 'hex', 'payload.bin'],
    ['x/\u202efdp.exe', 'hex', '_fdp_exe.bin'],
  ] as const)('of %j', (topic, view, name) => {
    expect(suggestedName(topic, view)).toBe(name)
  })
})

describe('text as programs write it', () => {
  it.each([
    ['JSON behind a byte order mark', '\ufeff{"a":1}', 'json', '\ufeff{\n  "a": 1\n}', { before: true, behind: false }],
    ['JSON before a NUL', '[1]\0', 'json', '[\n  1\n]\0', { before: false, behind: true }],
    ['both, and more NULs', '\ufeff{}\0\0', 'json', '\ufeff{}\0\0', { before: true, behind: true }],
    ['a C string', '23.5\0', 'text', '23.5\0', { before: false, behind: false }],
    ['an escape sequence', '\u001b[31mred', 'text', '\u001b[31mred', { before: false, behind: false }],
  ] as const)('is read and nothing of it is left out: %s', (...[, text, view, shown, besideJson]) => {
    expect(viewByRule(bytes(text))).toBe(view)
    const content = contentOf(bytes(text), view)
    expect(content).toMatchObject({ besideJson, jsonNote: null })
    expect(content.copyText()).toBe(shown)
  })

  it('is laid out on demand before a NUL that more follows, which stays as it is', () => {
    const text = '{"a":1}\0old bytes'
    expect(viewByRule(bytes(text))).toBe('hex')
    expect(contentOf(bytes(text), 'json').copyText()).toBe('{\n  "a": 1\n}\0old bytes')
  })

  it('says the right place of a mistake behind a byte order mark', () => {
    expect(contentOf(bytes('\ufeff{"a" 1}'), 'json').jsonNote).toEqual({ line: 1, column: 7, detail: 'colonExpected' })
  })

  it('is cut into shorter lines where many characters stand as escapes', () => {
    for (const part of ['\u202e', 'a\u0001', '\u{e0061}']) {
      const text = part.repeat(20_000)
      const lines = allOf(textLines(text))
      expect(lines.map((line) => line.text).join('')).toBe(text)
      expect(Math.max(...lines.map((line) => line.text.length))).toBeLessThan(longestLine / 4)
    }
  })
})

describe('the difference of long lines', () => {
  it('is shown in parts, each line counted once', () => {
    const before = 'x'.repeat(10_000)
    const difference = differenceOf(bytes(before), bytes(`${before}y`))
    expect(difference).toMatchObject({ added: 1, removed: 1 })
    if (difference.kind !== 'lines') return
    expect(Math.max(...difference.lines.map((line) => line.text.length))).toBeLessThanOrEqual(longestLine)
    const added = difference.lines.filter(({ sign }) => sign === '+')
    expect(added.map((line) => line.text).join('')).toBe(`${before}y`)
    expect(added.map((line) => line.continues)).toEqual([true, true, true, true, true, false])
  })

  it('shows a NUL or a byte order mark as a difference', () => {
    expect(differenceOf(bytes('23.5'), bytes('23.5\0'))).toMatchObject({ kind: 'lines', added: 1, removed: 1 })
    expect(differenceOf(bytes('{}'), bytes('\ufeff{}'))).toMatchObject({ kind: 'lines', added: 1, removed: 1 })
  })
})
