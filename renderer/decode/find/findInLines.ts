import type { Lines } from '../lines'
import { createHits, type Finder, type FindQuery } from './finder'

/** Lines looked through before the clock is read again. */
const linesPerLook = 128

/** Finds a text in the lines of a view, also where a line was cut for display: there it is one with the next. */
export const findInLines = (lines: Lines, query: FindQuery): Finder => {
  const hits = createHits()
  const cutLine = createCutLine()
  const pattern = patternOf(query)
  const kept = query.text.length - 1
  let at = 0

  const lookAt = (line: number) => {
    const { text, continues } = lines.at(line)
    cutLine.push(line, text)
    pattern.lastIndex = cutLine.searchFrom()
    for (let found = pattern.exec(cutLine.text()); found; found = pattern.exec(cutLine.text()))
      hits.add(cutLine.take(found.index, pattern.lastIndex))
    if (continues) cutLine.keepEnd(kept)
    else cutLine.clear()
  }
  const isDone = () => query.text === '' || at >= lines.count || hits.isCut()
  return {
    ...hits,
    advance: (milliseconds) => {
      const until = performance.now() + milliseconds
      while (!isDone() && performance.now() < until)
        for (const end = Math.min(at + linesPerLook, lines.count); at < end; at += 1) lookAt(at)
      return isDone()
    },
  }
}

export const patternOf = ({ text, matchCase }: FindQuery): RegExp =>
  new RegExp(text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'), matchCase ? 'g' : 'gi')

interface Piece {
  readonly line: number
  /** Where the line begins in the joined text; negative where its beginning was let go. */
  readonly start: number
}

/** The pieces of a line that was cut, joined again as far as a hit may reach. */
const createCutLine = () => {
  let text = ''
  let pieces: readonly Piece[] = []
  let searchFrom = 0
  return {
    text: () => text,
    searchFrom: () => searchFrom,
    push: (line: number, more: string) => {
      pieces = [...pieces, { line, start: text.length }]
      text += more
    },
    /** Where a hit stands, by line. What is behind it is looked through next. */
    take: (from: number, to: number) => {
      searchFrom = to
      return pieces.flatMap(({ line, start }, index) => {
        const end = pieces[index + 1]?.start ?? text.length
        const [first, last] = [Math.max(from, start), Math.min(to, end)]
        return first < last ? [{ line, from: first - start, to: last - start }] : []
      })
    },
    keepEnd: (length: number) => {
      const cut = Math.max(0, text.length - Math.max(0, length), Math.min(searchFrom, text.length))
      text = text.slice(cut)
      searchFrom = 0
      const moved = pieces.map(({ line, start }) => ({ line, start: start - cut }))
      pieces = moved.filter((_, index) => (moved[index + 1]?.start ?? text.length) > 0)
    },
    clear: () => {
      text = ''
      pieces = []
      searchFrom = 0
    },
  }
}
