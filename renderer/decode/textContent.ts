import { findInLines } from './find/findInLines'
import { createJsonOutline, type JsonOutline } from './json/jsonOutline'
import type { PayloadContent, PayloadNote } from './payloadView'
import { longestLine, textLines } from './textLines'

interface TextFacts {
  /** False: U+FFFD stands for bytes that are not UTF-8. */
  readonly validUtf8: boolean
  /** What else there is to say of it. */
  readonly notes?: readonly PayloadNote[]
  readonly tokensOf?: PayloadContent['tokensOf']
  /** It is JSON, one value a line. */
  readonly isJson?: boolean
}

/** A text as the content of a view; its lines break at the pane's width. */
export const textContent = (
  text: string,
  { validUtf8, notes = [], tokensOf = null, isJson = false }: TextFacts,
): PayloadContent => {
  const lines = textLines(text)
  let outline: JsonOutline | null = null
  return {
    lines,
    notes: [...notesOnUtf8(validUtf8), ...notes],
    tokensOf,
    outline: isJson ? () => (outline ??= createJsonOutline(lines)) : null,
    isText: true,
    fixed: false,
    cutAfter: longestLine,
    find: (query) => findInLines(lines, query),
    copyText: () => text,
    comparedText: () => text,
  }
}

export const notesOnUtf8 = (validUtf8: boolean): readonly PayloadNote[] => (validUtf8 ? [] : [{ key: 'notUtf8' }])
