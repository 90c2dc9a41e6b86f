import fc from 'fast-check'
import { createTranslator } from 'use-intl'
import { describe, expect, it } from 'vitest'
import { languages, type Language } from '#shared/model/settings'
import { explainFilter } from '#shared/mqtt/filterExplanation'
import { filterMatches, levelsOf } from '#shared/mqtt/topicFilter'
import { filterArbitrary, smallAlphabet, topicsUpTo } from '../../../test/support/filterUniverse'
import { catalogues } from '#shared/i18n/catalogues'
import { createFilterSpeaker } from './filterSpeaker'
import { wordsOf, type FilterPiece } from './filterWords'

const topics = topicsUpTo(6, smallAlphabet)

const wordsFor = (filter: string) => {
  const explanation = explainFilter(filter)
  if (explanation.problem) throw new Error(`${filter} is not valid`)
  return wordsOf(explanation.description, '5')
}

/** The filter that a sentence speaks of, made from its pieces alone. */
const levelsSaid = (piece: FilterPiece): readonly string[] => {
  switch (piece.kind) {
    case 'everything':
    case 'rest':
      return ['#']
    case 'underEmpty':
      return ['', '#']
    case 'only':
    case 'then':
      return piece.levels
    case 'under':
      return [...piece.levels, '#']
    case 'freeUnder':
      return [...piece.levels, ...Array.from({ length: piece.last - piece.first + 1 }, () => '+')]
    case 'free':
      return Array.from({ length: piece.last - piece.first + 1 }, () => '+')
    case 'andMore':
    case 'exactly':
    case 'atLeast':
      return []
  }
}

const translatorOf = (language: Language) => {
  const translate = createTranslator({
    locale: language,
    messages: catalogues[language],
    namespace: 'probe',
    onError: (error) => {
      throw error
    },
  })
  return (key: string, values?: object): string => translate(key as never, values as never)
}

const speak = (language: Language, filter: string) => {
  const speaker = createFilterSpeaker(translatorOf(language))
  const { pieces, notes } = wordsFor(filter)
  return { sentence: speaker.sentence(pieces), notes: notes.map((note) => speaker.note(note)) }
}

describe('the words for a filter', () => {
  it('name every level of it in its order, and so mean this filter and no other', () => {
    fc.assert(
      fc.property(filterArbitrary, (filter) => {
        const { pieces, notes } = wordsFor(filter)
        const shared = notes.flatMap((note) => (note.kind === 'shared' ? [`$share/${note.name}/`] : []))
        expect(shared.join('') + pieces.flatMap(levelsSaid).join('/')).toBe(filter)
      }),
    )
  })

  it('number the levels as they stand in the filter', () => {
    fc.assert(
      fc.property(filterArbitrary, (filter) => {
        const { pieces } = wordsFor(filter)
        let level = 1
        for (const piece of pieces) {
          if ('first' in piece) expect(piece.first).toBe(piece.kind === 'freeUnder' ? piece.levels.length + 1 : level)
          level += levelsSaid(piece).length
          if ('last' in piece) expect(piece.last).toBe(level - 1)
        }
      }),
    )
  })

  it('say of the depth what holds for every topic that matches, and is reached by one', () => {
    fc.assert(
      fc.property(filterArbitrary, (filter) => {
        const depth = wordsFor(filter).pieces.find(({ kind }) => kind === 'exactly' || kind === 'atLeast')
        if (!depth || !('count' in depth)) return
        const depths = topics.filter((topic) => filterMatches(filter, topic)).map((topic) => levelsOf(topic).length)
        expect(Math.min(...depths)).toBe(depth.count)
        if (depth.kind === 'exactly') expect(new Set(depths).size).toBe(1)
        else expect(Math.max(...depths)).toBeGreaterThan(depth.count)
      }),
    )
  })

  it('say that topics with $ are left out exactly where they are', () => {
    fc.assert(
      fc.property(filterArbitrary, (filter) => {
        const kinds = wordsFor(filter).notes.map(({ kind }) => kind)
        const [first = ''] = levelsOf(filter.replace(/^\$share\/[^/]*\//, ''))
        expect(kinds.includes('leavesOutDollar')).toBe(first === '+' || first === '#')
        expect(kinds.includes('namesDollar')).toBe(first.startsWith('$'))
      }),
    )
  })

  it('stay few for a filter of very many levels, and keep what they say of its depth', () => {
    const { pieces } = wordsFor(`${'+/a/'.repeat(5_000)}#`)
    expect(pieces.length).toBeLessThan(12)
    expect(pieces.slice(-3)).toEqual([{ kind: 'andMore' }, { kind: 'rest' }, { kind: 'atLeast', count: 10_000 }])
  })
})

describe.each(languages)('the sentences in %s', (language) => {
  const isSound = (text: string) => {
    expect(text).not.toMatch(/probe\.|\{|\}|undefined/)
    expect(text).toMatch(/[.。]$/)
  }

  it('are there for every filter, with its levels as written', () => {
    fc.assert(
      fc.property(filterArbitrary, (filter) => {
        const { sentence, notes } = speak(language, filter)
        for (const text of [sentence, ...notes]) isSound(text)
        if (filter.startsWith('$share/')) expect(notes.join('')).toContain(levelsOf(filter)[1])
      }),
      { numRuns: 300 },
    )
  })

  it('have a case for each kind of piece and note, and name the level of each', () => {
    const filters = ['#', 'a/b', 'a/#', '/#', 'a/+/+/b/+/+/+/#', `${'+/a/'.repeat(6)}+`, '$share/g/$SYS//+']
    const kinds = filters.flatMap((filter) => {
      const { pieces, notes } = wordsFor(filter)
      return [...pieces, ...notes].map(({ kind }) => kind)
    })
    expect(new Set(kinds).size).toBe(14)
    for (const filter of filters) for (const text of Object.values(speak(language, filter)).flat()) isSound(text)
    const { sentence } = speak(language, 'a/+/+/b/+/#')
    const numbers =
      language === 'en' ? ['second and third', 'fifth', '5 levels or more'] : ['第 2 至 3 ', '第 5 ', ' 5 ']
    for (const number of numbers) expect(sentence).toContain(number)
  })

  it('tell each way in which a topic fails, with the level and both names', () => {
    const t = translatorOf(language)
    for (const word of ['mismatch', 'missingInTopic', 'extraInTopic', 'dollar']) {
      const text = t(`fails.${word}`, {
        level: 7,
        topicLevel: 'of-topic',
        filterLevel: 'of-filter',
        clause: 'MQTT 5 §4.7.2',
      })
      isSound(text)
      expect(text.includes('7')).toBe(true)
      expect(text.includes('of-topic')).toBe(word === 'mismatch' || word === 'extraInTopic')
      expect(text.includes('of-filter')).toBe(word === 'mismatch' || word === 'missingInTopic')
      expect(t(`verdicts.${word}`)).not.toContain('probe.')
    }
  })
})

describe('the sentences', () => {
  it.each([
    ['#', 'Every topic.'],
    ['a/b', 'Only the topic a/b.'],
    ['/', 'Only the topic /.'],
    ['factory/#', 'Everything under factory, factory itself included.'],
    ['/#', 'Everything under an empty first level: the topics that begin with a slash.'],
    ['//#', 'Everything under (empty)/(empty), (empty)/(empty) itself included.'],
    ['factory/+/temperature', 'Any second level under factory, then temperature: exactly 3 levels.'],
    ['+', 'Any first level: exactly 1 level.'],
    ['+/#', 'Any first level, then anything deeper or nothing more: 1 level or more.'],
    ['a/+/+/b/c/+', 'Any second and third level under a, then b/c, any sixth level: exactly 6 levels.'],
    ['+/+/+/#', 'Any first to third level, then anything deeper or nothing more: 3 levels or more.'],
    ['a//+/', 'Any third level under a/(empty), then (empty): exactly 4 levels.'],
    ['a/b/c/d/e/f/+', 'Any 7th level under a/b/c/d/e/f: exactly 7 levels.'],
  ])('read in English: %s', (filter, sentence) => {
    expect(speak('en', filter).sentence).toBe(sentence)
  })

  it.each([
    ['#', '所有主题。'],
    ['factory/#', 'factory 之下的所有主题，包括 factory 本身。'],
    ['factory/+/temperature', '在 factory 之下，第 2 层任意，接着是 temperature：恰好 3 层。'],
    ['+/+/+/#', '第 1 至 3 层任意，其下任意深度，也可到此为止：至少 3 层。'],
  ])('read in Chinese: %s', (filter, sentence) => {
    expect(speak('zh-CN', filter).sentence).toBe(sentence)
  })

  it('show hidden characters of a level as escapes', () => {
    expect(speak('en', 'a\u202eb/#').sentence).toBe('Everything under a\\u202eb, a\\u202eb itself included.')
  })
})
