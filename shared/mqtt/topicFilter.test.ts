import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCharacter } from '../text/anyTextTesting'
import {
  filterMatches,
  levelsMatch,
  levelsMatchText,
  parseFilter,
  topicFilterProblem,
  topicNameProblem,
  utf8Length,
  type TopicProblem,
} from './topicFilter'

/** Every topic up to three levels over a small alphabet, with empty levels and $ levels: 4 + 16 + 64 = 84. */
const alphabet = ['', 'a', 'b', '$x'] as const
const upTo = (depth: number): string[][] =>
  depth === 1
    ? alphabet.map((level) => [level])
    : [
        ...alphabet.map((level) => [level]),
        ...upTo(depth - 1).flatMap((rest) => alphabet.map((level) => [level, ...rest])),
      ]
const universe = [...new Set(upTo(3).map((levels) => levels.join('/')))].filter((topic) => topic !== '')

/**
 * The set of topics of the universe that a filter stands for, by enumeration: each + is replaced by every level, a
 * trailing # by every tail there is, the missing one included. Knows nothing of walking two lists side by side.
 */
const enumerate = (filter: string): ReadonlySet<string> => {
  const levels = filter.split('/')
  const tails: string[][] = [[], ...upTo(3)]
  const expand = (rest: readonly string[]): string[][] => {
    const [first, ...others] = rest
    if (first === undefined) return [[]]
    if (first === '#') return tails
    const heads: readonly string[] = first === '+' ? alphabet : [first]
    return heads.flatMap((head) => expand(others).map((tail) => [head, ...tail]))
  }
  const startsWithWildcard = levels[0] === '+' || levels[0] === '#'
  const topics = expand(levels).filter(
    (topic) => topic.length > 0 && !(startsWithWildcard && topic[0]?.startsWith('$')),
  )
  return new Set(topics.map((topic) => topic.join('/')))
}

const filterArbitrary = fc
  .tuple(
    fc.array(fc.constantFrom(...alphabet, '+'), { minLength: 0, maxLength: 3 }),
    fc.constantFrom<readonly string[]>([], ['#']),
  )
  .map(([levels, tail]) => [...levels, ...tail].join('/'))
  .filter((filter) => filter !== '' && topicFilterProblem(filter) === null)

describe('matching', () => {
  it('agrees with an enumeration of everything a filter stands for', () => {
    fc.assert(
      fc.property(filterArbitrary, (filter) => {
        const expected = enumerate(filter)
        for (const topic of universe)
          expect([filter, topic, filterMatches(filter, topic)]).toEqual([filter, topic, expected.has(topic)])
      }),
    )
  })

  it('matches a shared subscription as the filter behind it', () => {
    fc.assert(
      fc.property(filterArbitrary, fc.constantFrom('g', '組', 'a b'), (filter, group) => {
        for (const topic of universe)
          expect(filterMatches(`$share/${group}/${filter}`, topic)).toBe(filterMatches(filter, topic))
      }),
    )
  })

  it('matches every topic that can be published with itself as the filter', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }).filter((topic) => topicNameProblem(topic) === null),
        (topic) => {
          fc.pre(!topic.startsWith('$share/'))
          expect(filterMatches(topic, topic)).toBe(true)
          expect(filterMatches(`${topic}/#`, topic)).toBe(true)
          expect(filterMatches('#', topic)).toBe(!topic.startsWith('$'))
        },
      ),
    )
  })

  it.each([
    'a/b/c/d',
    '#',
    'a/#',
    'a/b/#',
    'a/b/c/#',
    '+/b/c/#',
    '+/b/c/d',
    'a/+/c/d',
    'a/+/+/d',
    '+/+/+/+',
    'a/b/c/d/#',
  ])('%s matches a/b/c/d', (filter) => {
    expect(filterMatches(filter, 'a/b/c/d')).toBe(true)
  })

  it.each(['a/b/c', 'b/+/c/d', '+/+/+', 'a/b/c/d/+', 'a/b/c/d/', '/a/b/c/d', 'A/b/c/d'])(
    '%s does not match a/b/c/d',
    (filter) => {
      expect(filterMatches(filter, 'a/b/c/d')).toBe(false)
    },
  )

  // The examples of MQTT 5 §4.7.1 and §4.7.2.
  it.each([
    ['sport/tennis/player1/#', 'sport/tennis/player1', true],
    ['sport/tennis/player1/#', 'sport/tennis/player1/score/wimbledon', true],
    ['sport/#', 'sport', true],
    ['sport/tennis/+', 'sport/tennis/player1/ranking', false],
    ['sport/+', 'sport', false],
    ['sport/+', 'sport/', true],
    ['+/+', '/finance', true],
    ['/+', '/finance', true],
    ['+', '/finance', false],
    ['#', '$SYS/uptime', false],
    ['+/monitor/Clients', '$SYS/monitor/Clients', false],
    ['$SYS/#', '$SYS/monitor', true],
    ['$SYS/monitor/+', '$SYS/monitor/Clients', true],
    ['a/+', 'a/$b', true],
    ['a//b', 'a//b', true],
    ['a/+/b', 'a//b', true],
    ['a/b', 'a//b', false],
    ['住家/+/溫度', '住家/客廳/溫度', true],
    ['$share/g/#', '$SYS/uptime', false],
    ['$share/g/$SYS/#', '$SYS/uptime', true],
  ])('%s on %s: %s', (filter, topic, expected) => {
    expect(filterMatches(filter, topic)).toBe(expected)
  })

  it('is the same of a topic that is not split, and of what follows a level that matched', () => {
    fc.assert(
      fc.property(filterArbitrary, (filter) => {
        const levels = filter.split('/')
        for (const topic of universe) {
          expect([topic, levelsMatchText(levels, topic)]).toEqual([topic, filterMatches(filter, topic)])
          const below = levelsMatchText(['a', ...levels], topic, 1)
          expect([topic, below]).toEqual([topic, filterMatches(`a/${filter}`, `a/${topic}`)])
        }
      }),
    )
  })

  it('takes levels as they are, already split', () => {
    expect(levelsMatch(['a', '#'], ['a'])).toBe(true)
  })
})

type Case = [text: string, problem: TopicProblem | null]

/** A title that is not 65,536 characters long. */
const labelled = ([text, problem]: Case) => {
  const label = `${JSON.stringify(text.slice(0, 30))} of ${text.length}: ${problem?.code ?? 'fine'}`
  return [label, text, problem] as const
}

describe('what may be subscribed to', () => {
  it.each(
    (
      [
        ['#', null],
        ['+', null],
        ['/', null],
        ['+/a/#', null],
        ['a//b', null],
        ['$share/g/a/#', null],
        ['$share/g//', null],
        ['$shared/a', null],
        ['', { code: 'empty', level: 0, column: 0 }],
        ['#/a', { code: 'hashNotLast', level: 0, column: 0 }],
        ['a/#/b', { code: 'hashNotLast', level: 1, column: 2 }],
        ['a#', { code: 'hashNotAlone', level: 0, column: 1 }],
        ['a/b#/c', { code: 'hashNotAlone', level: 1, column: 3 }],
        ['##', { code: 'hashNotAlone', level: 0, column: 0 }],
        ['a+', { code: 'plusNotAlone', level: 0, column: 1 }],
        ['a/+b/#', { code: 'plusNotAlone', level: 1, column: 2 }],
        ['溫度/+度', { code: 'plusNotAlone', level: 1, column: 3 }],
        ['a/b\0/c', { code: 'nul', level: 1, column: 3 }],
        ['$share', { code: 'shareNameMissing', level: 0, column: 6 }],
        ['$share/', { code: 'shareNameMissing', level: 1, column: 7 }],
        ['$share//a', { code: 'shareNameMissing', level: 1, column: 7 }],
        ['$share/g', { code: 'shareFilterMissing', level: 2, column: 8 }],
        ['$share/g/', { code: 'shareFilterMissing', level: 2, column: 9 }],
        ['$share/g+/a', { code: 'shareNameWildcard', level: 1, column: 8 }],
        ['$share/#/a', { code: 'shareNameWildcard', level: 1, column: 7 }],
        ['$share/g/a#', { code: 'hashNotAlone', level: 2, column: 10 }],
        ['a'.repeat(65_535), null],
        ['a'.repeat(65_536), { code: 'tooLong', level: 0, column: 0 }],
        ['度'.repeat(21_845), null],
        ['度'.repeat(21_846), { code: 'tooLong', level: 0, column: 0 }],
      ] satisfies Case[]
    ).map(labelled),
  )('%s', (_label, filter, expected) => {
    expect(topicFilterProblem(filter)).toEqual(expected)
  })

  it('points at a character of the level it blames', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '+', '#', '/', '\0', '度') }), (filter) => {
        const problem = topicFilterProblem(filter)
        fc.pre(problem !== null && problem.code !== 'empty')
        expect(filter.slice(0, problem.column).split('/').length - 1).toBe(problem.level)
        expect('+#\0').toContain(filter[problem.column])
      }),
    )
  })

  it('agrees with the words of §4.7.1 about wildcards', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '+', '#', '/'), minLength: 1 }), (filter) => {
        const levels = filter.split('/')
        const valid = levels.every(
          (level, index) =>
            level === '+' ||
            (level === '#' && index === levels.length - 1) ||
            !(level.includes('+') || level.includes('#')),
        )
        expect(topicFilterProblem(filter) === null).toBe(valid)
      }),
    )
  })
})

describe('what may be published to', () => {
  it.each(
    (
      [
        ['a/b', null],
        ['/', null],
        ['$SYS/x', null],
        ['', { code: 'empty', level: 0, column: 0 }],
        ['a/+', { code: 'wildcardInTopic', level: 1, column: 2 }],
        ['#', { code: 'wildcardInTopic', level: 0, column: 0 }],
        ['a/b#c', { code: 'wildcardInTopic', level: 1, column: 3 }],
        ['a\0', { code: 'nul', level: 0, column: 1 }],
        ['a'.repeat(65_536), { code: 'tooLong', level: 0, column: 0 }],
      ] satisfies Case[]
    ).map(labelled),
  )('%s', (_label, topic, expected) => {
    expect(topicNameProblem(topic)).toEqual(expected)
  })
})

describe('parts', () => {
  it('splits a shared subscription', () => {
    expect(parseFilter('$share/g/a/#')).toEqual({ shareName: 'g', filter: 'a/#', levels: ['a', '#'] })
    expect(parseFilter('a/#')).toEqual({ shareName: null, filter: 'a/#', levels: ['a', '#'] })
  })

  it('counts UTF-8 bytes as the platform encodes them', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: anyCharacter }), fc.string({ unit: fc.constantFrom('\ud83d', '\ude00', 'a') })),
        (text) => {
          expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length)
        },
      ),
    )
  })
})
