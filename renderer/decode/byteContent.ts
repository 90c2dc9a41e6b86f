import type { PayloadContent } from './payloadView'
import { longestLine } from './textLines'

interface ByteLines {
  readonly count: number
  /** One line, made when it is shown, so that a payload of any size is open at once. */
  readonly lineAt: (index: number) => string
  readonly copyText: () => string
}

/** Bytes written in lines of one length, as the content of a view. */
export const byteContent = ({ count, lineAt, copyText }: ByteLines): PayloadContent => ({
  lines: { count, at: (index) => ({ text: lineAt(index), continues: false }) },
  notes: [],
  tokensOf: null,
  fixed: true,
  cutAfter: longestLine,
  copyText,
  comparedText: () => Array.from({ length: count }, (_, index) => lineAt(index)).join('\n'),
})
