import { createTextSearch } from '../logSearch/textSearch'
import { isTerm, type QueryPart } from './parseQuery'
import type { FieldName, Pattern, TermTest } from './queryTerm'

/** UTF-16 offsets in a text: `from` included, `to` not. */
export interface TextRange {
  readonly from: number
  readonly to: number
}

/** Finds in a text what the terms of a query look for there: sorted, and none overlaps another. */
export type HitFinder = (text: string) => readonly TextRange[]

export interface Hits {
  /** Null = the query looks for nothing in topics, or in payloads. */
  readonly inTopic: HitFinder | null
  readonly inPayload: HitFinder | null
  /** The first byte in a payload of a text that is looked for; -1 = there is none. Null = no text is looked for. */
  readonly placeIn: ((payload: Uint8Array) => number) | null
}

export const noHits: Hits = { inTopic: null, inPayload: null, placeIn: null }

/** What of texts and payloads the query has found: words, expressions, and the names of payload fields. */
export const hitsOf = (parts: readonly QueryPart[]): Hits => {
  const tests = parts.flatMap((part) => (isTerm(part) && !part.term.not ? [part.term.test] : []))
  const anywhere = tests.flatMap(findersOf)
  const fields = tests.flatMap((test) => (test.kind === 'field' ? fieldFinders(test.field) : []))
  return {
    inTopic: together(anywhere),
    inPayload: together([...anywhere, ...fields]),
    placeIn: firstPlace(tests.flatMap((test) => (test.kind === 'text' ? [test.text] : []))),
  }
}

/** Finds in one part of a text what was found in the whole, also where a hit goes on beyond the part. */
export const finderInPart = (find: HitFinder | null, whole: string, part: TextRange): HitFinder | null => {
  if (!find) return null
  const length = part.to - part.from
  const written = whole.slice(part.from, part.to)
  const ranges = find(whole).flatMap(({ from, to }) => {
    const [start, end] = [Math.max(from - part.from, 0), Math.min(to - part.from, length)]
    return start < end ? [{ from: start, to: end }] : []
  })
  return (text) => (text === written ? ranges : find(text))
}

const firstPlace = (texts: readonly string[]): Hits['placeIn'] => {
  const probes = texts.flatMap((text) => {
    const { probes: plain, beyondAscii } = createTextSearch(text)
    return [...plain, ...beyondAscii].filter(({ exact }) => exact)
  })
  if (probes.length === 0) return null
  return (payload) => {
    const places = probes.map(({ find }) => find(payload, 0, payload.length)).filter((place) => place >= 0)
    return places.length === 0 ? -1 : Math.min(...places)
  }
}

const findersOf = (test: TermTest): HitFinder[] => {
  if (test.kind === 'text') return [textFinder(test.text)]
  return test.kind === 'regex' && isQuick(test.pattern) ? [patternFinder(test.pattern)] : []
}

const fieldFinders = (field: FieldName): HitFinder[] => {
  const key = field.source === 'payload' ? field.path.findLast((step) => typeof step === 'string') : undefined
  return typeof key === 'string' ? [exactFinder(`"${key}"`)] : []
}

const together = (finders: readonly HitFinder[]): HitFinder | null =>
  finders.length === 0 ? null : (text) => merged(finders.flatMap((find) => find(text)))

const merged = (ranges: readonly TextRange[]): readonly TextRange[] => {
  const result: TextRange[] = []
  for (const range of [...ranges].sort((one, other) => one.from - other.from)) {
    const last = result.at(-1)
    if (last && range.from <= last.to) result[result.length - 1] = { from: last.from, to: Math.max(last.to, range.to) }
    else result.push(range)
  }
  return result
}

/** More on one line or in one view nobody counts. */
const mostHits = 1_000

const exactFinder =
  (needle: string): HitFinder =>
  (text) => {
    const found: TextRange[] = []
    for (
      let at = text.indexOf(needle);
      at >= 0 && found.length < mostHits;
      at = text.indexOf(needle, at + needle.length)
    )
      found.push({ from: at, to: at + needle.length })
    return found
  }

const textFinder = (wanted: string): HitFinder => {
  const find = exactFinder(wanted.toLowerCase())
  return (text) => {
    const lower = text.toLowerCase()
    const found = find(lower)
    if (found.length === 0 || lower.length === text.length) return found
    const offsets = offsetsOf(text)
    return found.map(({ from, to }) => ({ from: offsets[from] ?? 0, to: offsets[to] ?? text.length }))
  }
}

/** Some characters are longer in lower case: where each unit of the lower text stands in the text. */
const offsetsOf = (text: string): number[] => {
  const offsets: number[] = []
  let at = 0
  for (const character of text) {
    for (let unit = 0; unit < character.toLowerCase().length; unit++) offsets.push(at)
    at += character.length
  }
  offsets.push(text.length)
  return offsets
}

const patternFinder =
  ({ source, flags }: Pattern): HitFinder =>
  (text) => {
    const found: TextRange[] = []
    for (const match of text.matchAll(new RegExp(source, `${flags}g`))) {
      if (match[0] !== '') found.push({ from: match.index, to: match.index + match[0].length })
      if (found.length >= mostHits) break
    }
    return found
  }

const mostQuantifiers = 2

/**
 * Whether an expression may run in the page, which stands still meanwhile. One that repeats a group, refers back or repeats
 * many times may take for ever over a line of text: it finds its messages on the search's thread, and its hits are not marked.
 */
const isQuick = ({ source }: Pattern): boolean => {
  const bare = source.replace(/\\[^\dk]/g, 'x').replace(/\[[^\]]*\]/g, 'x')
  return !/\)[*+{?]|\\[\dk]/.test(bare) && (bare.match(/[*+{]/g) ?? []).length <= mostQuantifiers
}
