import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCharacter } from '#shared/text/anyTextTesting'
import { withoutPart, withScope, withTerm } from './editQuery'
import { isTerm, parseQuery } from './parseQuery'
import { printTerm } from './printQuery'
import { anyTerm } from './queryTesting'
import type { QueryTerm, TermTest } from './queryTerm'

const only = (query: string): QueryTerm => {
  const parts = parseQuery(query)
  expect(parts).toHaveLength(1)
  const [part] = parts
  if (!part || !isTerm(part)) throw new Error(`${query} is no term: ${JSON.stringify(part)}`)
  return part.term
}
const test = (query: string): TermTest => only(query).test
const problem = (query: string) => {
  const [found] = parseQuery(query).flatMap((part) => (isTerm(part) ? [] : [part.problem]))
  return found && { code: found.code, blamed: query.slice(found.start, found.end), unfinished: found.unfinished }
}

describe('a query', () => {
  it('is words, each of which must occur', () => {
    expect(
      parseQuery('  needle  12:30 "a \\"b\\\\" ').flatMap((part) => (isTerm(part) ? [part.term.test] : [])),
    ).toEqual([
      { kind: 'text', text: 'needle' },
      { kind: 'text', text: '12:30' },
      { kind: 'text', text: 'a "b\\' },
    ])
    for (const word of [
      'state:on',
      'http://host/x',
      '/plant/line1',
      '/foo',
      '$SYS/broker',
      'IN',
      'a-b',
      'x"y',
      '$5',
      '=5',
    ])
      expect(test(word)).toEqual({ kind: 'text', text: word })
  })

  it('says what a message must be, or with a minus what it must not be', () => {
    expect(only('-"x y"')).toEqual({ not: true, test: { kind: 'text', text: 'x y' } })
    expect(test('/err(or)?\\b/i')).toEqual({ kind: 'regex', pattern: { source: 'err(or)?\\b', flags: 'i' } })
    expect(test('/a b[/]c/')).toEqual({ kind: 'regex', pattern: { source: 'a b[/]c', flags: '' } })
    expect(test('topic:plant/+/temp')).toEqual({ kind: 'topic', filter: 'plant/+/temp' })
    expect(test('below:"hall 1"')).toEqual({ kind: 'below', topic: 'hall 1' })
    expect(test('below:""')).toEqual({ kind: 'below', topic: '' })
    expect(only('-out')).toEqual({ not: true, test: { kind: 'direction', direction: 'out' } })
    expect(test('dup')).toEqual(test('redelivered'))
    expect(test('qos:1')).toEqual({ kind: 'qos', range: { low: 1, high: 1 } })
    expect(test('qos:>0')).toEqual({ kind: 'qos', range: { low: 1, high: Infinity } })
    expect(test('size:>1k')).toEqual({ kind: 'size', range: { low: 1_025, high: Infinity } })
    expect(test('size:1.5k..2M')).toEqual({ kind: 'size', range: { low: 1_536, high: 2 * 2 ** 20 } })
    expect(test('size:10..20k')).toEqual({ kind: 'size', range: { low: 10_240, high: 20_480 } })
    expect(test('last:1h30m')).toEqual({ kind: 'last', milliseconds: 5_400_000 })
    expect(test('after:14:30')).toEqual({ kind: 'after', moment: '14:30' })
  })

  it('asks for values in payloads and properties', () => {
    const payload = (path: (string | number)[]) => ({ source: 'payload', path })
    const is = (op: string, value: object) => ({ op, value })
    const found = (query: string) => {
      const one = test(query)
      return one.kind === 'field' ? [one.field, one.test] : one
    }
    expect(found('$.temp > 30')).toEqual([payload(['temp']), is('>', { type: 'number', text: '30' })])
    expect(found('$.temp>=-1.50e2')).toEqual([payload(['temp']), is('>=', { type: 'number', text: '-1.50e2' })])
    expect(found('$.state = "running now"')).toEqual([
      payload(['state']),
      is('=', { type: 'text', text: 'running now' }),
    ])
    expect(found('$.state == on')).toEqual([payload(['state']), is('=', { type: 'text', text: 'on' })])
    expect(found('$.ok != true')).toEqual([payload(['ok']), is('!=', { type: 'word', word: 'true' })])
    expect(found('$.a.b[0]')).toEqual([payload(['a', 'b', 0]), { op: 'exists' }])
    expect(found('$["a.b"].溫度:x')).toEqual([payload(['a.b', '溫度']), { op: 'contains', text: 'x' }])
    expect(found('$ > 5')).toEqual([payload([]), is('>', { type: 'number', text: '5' })])
    expect(found('$.id =~ /^a b/i')).toEqual([
      payload(['id']),
      { op: 'matches', pattern: { source: '^a b', flags: 'i' } },
    ])
    expect(found('prop.content-type:json')).toEqual([
      { source: 'property', name: 'content-type' },
      { op: 'contains', text: 'json' },
    ])
    expect(found('user.key=x')).toEqual([{ source: 'user', name: 'key' }, is('=', { type: 'text', text: 'x' })])
    expect(found('user."my key" = 007')).toEqual([
      { source: 'user', name: 'my key' },
      is('=', { type: 'text', text: '007' }),
    ])
    expect(parseQuery('$.a -out $.b')).toHaveLength(3)
  })

  it.each([
    ['-', 'notWhat', '-', true],
    ['- x', 'notWhat', '-', false],
    ['x "a b', 'quoteNotClosed', '"a b', true],
    ['""', 'phraseEmpty', '""', true],
    ['"a"b c', 'afterQuote', 'b', false],
    ['topic:', 'valueMissing', ':', true],
    ['topic:plant/li+', 'topicFilter', '+', false],
    ['topic:"a b/#/c"', 'topicFilter', '#', false],
    ['below:plant/+', 'belowWildcard', '+', false],
    ['/a(/', 'badRegex', '/a(/', false],
    ['/a/g', 'badFlag', 'g', false],
    ['qos:x', 'badNumber', 'x', false],
    ['size:>', 'badNumber', '>', true],
    ['size:1g', 'badNumber', '1g', false],
    ['size:5..3', 'emptyRange', '5..3', false],
    ['after:25:00', 'badTime', '25:00', false],
    ['after:2026-02-30', 'badTime', '2026-02-30', true],
    ['before:14:', 'badTime', '14:', true],
    ['last:5', 'badDuration', '5', true],
    ['last:soon', 'badDuration', 'soon', false],
    ['topc:a', 'unknownKey', 'topc', false],
    ['Topic:a', 'unknownKey', 'Topic', false],
    ['prop.content:x', 'unknownProperty', 'content', false],
    ['user.=x', 'nameMissing', '.=x', false],
    ['$.', 'badPath', '.', true],
    ['$.a[x]', 'badPath', '[x]', true],
    ['$.a =', 'valueMissing', '=', true],
    ['$.a < null', 'notOrdered', 'null', false],
    ['$.a =~ on', 'regexExpected', 'on', true],
  ])('marks what is wrong in %s', (query, ...expected) => {
    const [code, blamed, unfinished] = expected
    expect(problem(query)).toEqual({ code, blamed, unfinished })
  })

  it('leaves the other parts as they are', () => {
    const parts = parseQuery('alarm qos:9x -in')
    expect(parts.map(isTerm)).toEqual([true, false, true])
  })

  it('is read whatever it is: every character but space belongs to one part, and what is wrong lies in its part', () => {
    const pieces = [
      '-',
      '"',
      '/',
      '$',
      '.',
      '[',
      ']',
      '=',
      '~',
      ':',
      ' ',
      '\\',
      'topic',
      'size',
      'user',
      'prop',
      'a',
      '5',
      '>',
    ]
    const query = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((list) => list.join('')),
    )
    fc.assert(
      fc.property(query, (given) => {
        let end = 0
        for (const part of parseQuery(given)) {
          expect(part.start).toBeGreaterThanOrEqual(end)
          expect(given.slice(end, part.start).trim()).toBe('')
          expect(part.end).toBeGreaterThan(part.start)
          end = part.end
          if (isTerm(part)) continue
          const { problem: found } = part
          expect(found.start).toBeGreaterThanOrEqual(part.start)
          expect(found.end).toBeGreaterThan(found.start)
          expect(found.end).toBeLessThanOrEqual(part.end)
        }
        expect(end).toBeLessThanOrEqual(given.length)
        expect(given.slice(end).trim()).toBe('')
      }),
      { numRuns: 800 },
    )
  })

  it('says the same when it is printed', () => {
    fc.assert(
      fc.property(fc.array(anyTerm, { maxLength: 4 }), (terms) => {
        const printed = terms.map(printTerm).join(' ')
        expect(parseQuery(printed).map((part) => isTerm(part) && part.term)).toEqual(terms)
      }),
      { numRuns: 800 },
    )
  })
})

describe('a change of a query', () => {
  const text = (word: string): QueryTerm => ({ not: false, test: { kind: 'text', text: word } })

  it('adds a term once', () => {
    expect(withTerm('', text('a b'))).toBe('"a b"')
    expect(withTerm('in ', text('in'))).toBe('in "in"')
    expect(withTerm('x y', text('y'))).toBe('x y')
    expect(withTerm('"not closed', text('x'))).toBe('x "not closed')
  })

  it('takes a part out', () => {
    const query = 'one  two three'
    expect(parseQuery(query).map((part) => withoutPart(query, part))).toEqual(['two three', 'one three', 'one  two'])
  })

  it('limits to one branch', () => {
    expect(withScope('x below:a -below:a/b', 'c d')).toBe('x -below:a/b below:"c d"')
    expect(withScope('below:a x', null)).toBe('x')
  })
})
