import type { PayloadContent, PayloadNote } from './payloadView'
import { longestLine, textLines } from './textLines'

interface TextFacts {
  /** False: U+FFFD stands for bytes that are not UTF-8. */
  readonly validUtf8: boolean
  /** What else there is to say of it. */
  readonly notes?: readonly PayloadNote[]
  readonly tokensOf?: PayloadContent['tokensOf']
}

/** A text as the content of a view; its lines break at the pane's width. */
export const textContent = (text: string, { validUtf8, notes = [], tokensOf = null }: TextFacts): PayloadContent => ({
  lines: textLines(text),
  notes: [...notesOnUtf8(validUtf8), ...notes],
  tokensOf,
  fixed: false,
  cutAfter: longestLine,
  copyText: () => text,
  comparedText: () => text,
})

export const notesOnUtf8 = (validUtf8: boolean): readonly PayloadNote[] => (validUtf8 ? [] : [{ key: 'notUtf8' }])
