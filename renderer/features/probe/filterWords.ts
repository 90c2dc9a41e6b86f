import type { ProtocolVersion } from '#shared/model/qos'
import { clauseOf } from '#shared/mqtt/clauses'
import type { FilterDescription } from '#shared/mqtt/filterExplanation'

/**
 * A filter in words, as data: the pieces of its first sentence in their order, and notes that are true of it besides.
 * Levels are counted from one here, as the sentences count them; `levels` are texts of neighbouring levels.
 */
export interface FilterWords {
  readonly pieces: readonly FilterPiece[]
  readonly notes: readonly FilterNote[]
}

export type FilterPiece =
  | { readonly kind: 'everything' }
  /** No wildcard: one topic. */
  | { readonly kind: 'only'; readonly levels: readonly string[] }
  /** The levels and everything below them; they are a topic themselves. */
  | { readonly kind: 'under'; readonly levels: readonly string[] }
  /** As `under` for an empty first level, which alone would be no topic (§4.7.3). */
  | { readonly kind: 'underEmpty' }
  /** Levels at which any text will do, the first of the sentence behind the prefix. */
  | { readonly kind: 'freeUnder'; readonly levels: readonly string[]; readonly first: number; readonly last: number }
  | { readonly kind: 'free'; readonly first: number; readonly last: number }
  | { readonly kind: 'then'; readonly levels: readonly string[]; readonly first: number }
  /** Other levels, too many for a sentence. */
  | { readonly kind: 'andMore' }
  /** A # at the end. */
  | { readonly kind: 'rest' }
  | { readonly kind: 'exactly' | 'atLeast'; readonly count: number }

export type FilterNote =
  /** `clause` = where the version in use says so. */
  | { readonly kind: 'leavesOutDollar'; readonly clause: string }
  | { readonly kind: 'namesDollar'; readonly name: string; readonly clause: string }
  | { readonly kind: 'shared'; readonly name: string }
  /** Versions before 5 know no share groups (there $share is a level like any other). */
  | { readonly kind: 'sharedByExtension'; readonly version: ProtocolVersion }

/** Pieces behind the prefix that a sentence can hold. */
const mostPieces = 8

/** `version` is that of the connection. */
export const wordsOf = (description: FilterDescription, version: ProtocolVersion): FilterWords => ({
  pieces: piecesOf(description),
  notes: notesOf(description, version),
})

const wildcardPieces = ({ prefix, freeLevels, laterLevels }: FilterDescription): FilterPiece[] => {
  const later = new Map(laterLevels.map(({ level, text }) => [level, text]))
  const named = prefix.length + freeLevels.length + laterLevels.length
  const pieces: FilterPiece[] = []
  for (let level = prefix.length; level < named;) {
    const first = level
    const levels: string[] = []
    const isFree = !later.has(first)
    for (; level < named && !later.has(level) === isFree; level++) levels.push(later.get(level) ?? '+')
    if (!isFree) pieces.push({ kind: 'then', levels, first: first + 1 })
    else if (first === prefix.length) pieces.push({ kind: 'freeUnder', levels: prefix, first: first + 1, last: level })
    else pieces.push({ kind: 'free', first: first + 1, last: level })
  }
  return pieces
}

const piecesOf = (description: FilterDescription): FilterPiece[] => {
  const { prefix, freeLevels, depth, leastLevels } = description
  if (freeLevels.length === 0) {
    if (depth === 'exact') return [{ kind: 'only', levels: prefix }]
    if (prefix.length === 0) return [{ kind: 'everything' }]
    return prefix.join('/') === '' ? [{ kind: 'underEmpty' }] : [{ kind: 'under', levels: prefix }]
  }
  const pieces = wildcardPieces(description)
  const isLong = pieces.length > mostPieces
  return [
    ...pieces.slice(0, mostPieces),
    ...(isLong ? [{ kind: 'andMore' } as const] : []),
    ...(depth === 'open' ? [{ kind: 'rest' } as const] : []),
    { kind: depth === 'open' ? 'atLeast' : 'exactly', count: leastLevels },
  ]
}

const sharedNotes = (name: string | null, version: ProtocolVersion): FilterNote[] => {
  if (name === null) return []
  return [{ kind: 'shared', name }, ...(version === '5' ? [] : [{ kind: 'sharedByExtension', version } as const])]
}

const notesOf = (description: FilterDescription, version: ProtocolVersion): FilterNote[] => {
  const { shareName, prefix, leavesOutDollarTopics } = description
  const [first] = prefix
  return [
    ...sharedNotes(shareName, version),
    ...(leavesOutDollarTopics ? [{ kind: 'leavesOutDollar', clause: clauseOf('dollarTopics', version) } as const] : []),
    ...(first?.startsWith('$')
      ? [{ kind: 'namesDollar', name: first, clause: clauseOf('dollarTopics', version) } as const]
      : []),
  ]
}
