import type { Finder, FindQuery } from './find/finder'
import { findInLines } from './find/findInLines'
import type { Lines } from './lines'
import type { PayloadContent } from './payloadView'
import { longestLine } from './textLines'

interface ByteLines {
  readonly count: number
  /** One line, made when it is shown, so that a payload of any size is open at once. */
  readonly lineAt: (index: number) => string
  readonly copyText: () => string
  /** Absent = what is looked for is looked for in the lines. */
  readonly find?: (query: FindQuery) => Finder
}

/** Bytes written in lines of one length, as the content of a view. */
export const byteContent = ({ count, lineAt, copyText, find }: ByteLines): PayloadContent => {
  const lines: Lines = { count, at: (index) => ({ text: lineAt(index), continues: false }) }
  return {
    lines,
    notes: [],
    tokensOf: null,
    outline: null,
    isText: false,
    fixed: true,
    cutAfter: longestLine,
    find: find ?? ((query) => findInLines(lines, query)),
    copyText,
    comparedText: () => Array.from({ length: count }, (_, index) => lineAt(index)).join('\n'),
  }
}
