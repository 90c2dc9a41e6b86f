import { shortVisible } from '#shared/text/visibleText'
import type { FilterNote, FilterPiece } from './filterWords'

/** Looks a message of the catalogue `probe` up. */
export type Speak = (key: SentenceKey, values?: Readonly<Record<string, string | number>>) => string

type SentenceKey = `words.${FilterPiece['kind'] | 'freeAtTop'}` | `notes.${FilterNote['kind']}` | 'emptyLevel'

/** Characters of a text that a sentence shows: a level may have 65,535 bytes. */
const longestText = 120

/** Makes the sentences of `FilterWords` in the language of the catalogue. */
export const createFilterSpeaker = (speak: Speak) => {
  /** Empty levels are named: beside slashes they are easily overlooked. */
  const path = (levels: readonly string[]) => short(levels.map((level) => level || speak('emptyLevel')).join('/'))
  const piece = (spoken: FilterPiece): string => {
    switch (spoken.kind) {
      case 'only':
        return speak('words.only', { topic: short(spoken.levels.join('/')) })
      case 'under':
        return speak('words.under', { path: path(spoken.levels) })
      case 'freeUnder': {
        const { first, last, levels } = spoken
        const span = { first, last, count: last - first + 1 }
        return levels.length === 0
          ? speak('words.freeAtTop', span)
          : speak('words.freeUnder', { ...span, path: path(levels) })
      }
      case 'free':
        return speak('words.free', { first: spoken.first, last: spoken.last, count: spoken.last - spoken.first + 1 })
      case 'then':
        return speak('words.then', { path: path(spoken.levels) })
      case 'exactly':
      case 'atLeast':
        return speak(`words.${spoken.kind}`, { count: spoken.count })
      case 'everything':
      case 'underEmpty':
      case 'andMore':
      case 'rest':
        return speak(`words.${spoken.kind}`)
    }
  }
  return {
    sentence: (pieces: readonly FilterPiece[]) => pieces.map(piece).join(''),
    note: (note: FilterNote) => {
      const { kind, ...values } = note
      return speak(`notes.${kind}`, 'name' in values ? { ...values, name: short(values.name) } : values)
    },
  }
}

const short = (text: string) => shortVisible(text, longestText)
