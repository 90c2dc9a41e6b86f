import type { PayloadNode } from '#shared/encoding/payloadNode'
import type { NodeWay } from '../tree/nodeChildren'

/** What is looked for in a payload. */
export interface FindQuery {
  readonly text: string
  readonly matchCase: boolean
}

/** A part of one line that belongs to a hit; a hit may go on in the lines below. */
export interface FoundSpan {
  readonly from: number
  readonly to: number
  readonly hit: number
}

/** Looks for a text in a payload, over as many frames as it takes. Hits are numbered in their order. */
export interface Finder {
  /** Looks on for about so many milliseconds; answers whether it is done. */
  advance(milliseconds: number): boolean
  /** Hits so far. */
  count(): number
  /** There are more hits than are kept. */
  isCut(): boolean
  /** The line that a hit begins in. */
  lineOf(hit: number): number
  /** In the order of a line's text. */
  spansIn(line: number): readonly FoundSpan[]
  /** In a tree a line is a node that has a hit: which one it is. */
  readonly inTree?: FoundNodes
}

export interface FoundNodes {
  wayOf(line: number): NodeWay
  /** -1 = nothing was found in the node. */
  lineOf(node: PayloadNode): number
}

/** Nobody goes through more of them, and each takes memory. */
const mostHits = 100_000

interface Hits extends Pick<Finder, 'count' | 'isCut' | 'lineOf' | 'spansIn'> {
  /** Parts of one hit, by line. Hits are added in their order. */
  add(parts: readonly { readonly line: number; readonly from: number; readonly to: number }[]): void
}

export const createHits = (): Hits => {
  const lines: number[] = []
  const spans: FoundSpan[] = []
  const firstLines: number[] = []
  let isCut = false
  const firstAt = (line: number) => {
    let [from, to] = [0, lines.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if ((lines[middle] ?? 0) < line) from = middle + 1
      else to = middle
    }
    return from
  }
  return {
    add: (parts) => {
      isCut = firstLines.length === mostHits
      const first = parts[0]
      if (isCut || !first) return
      for (const { line, from, to } of parts) {
        lines.push(line)
        spans.push({ from, to, hit: firstLines.length })
      }
      firstLines.push(first.line)
    },
    count: () => firstLines.length,
    isCut: () => isCut,
    lineOf: (hit) => firstLines[hit] ?? 0,
    spansIn: (line) => spans.slice(firstAt(line), firstAt(line + 1)).toSorted((one, other) => one.from - other.from),
  }
}
