import { characterStart } from './characters'
import { hiddenRanges } from './hiddenCharacters'

/** Texts beyond this are not looked through with every key. */
const lookedThrough = 100_000
const before = 20

export interface HiddenExcerpt {
  /** From shortly before the first hidden character on. */
  readonly text: string
  readonly startsLater: boolean
}

/**
 * What a field does not show of its text: the part from the first hidden character on, or null where none is. `keeps`
 * are characters that the field shows well enough.
 */
export const hiddenExcerpt = (text: string, isName: boolean, keeps = ''): HiddenExcerpt | null => {
  for (const { from } of hiddenRanges(text.slice(0, lookedThrough), isName)) {
    if (keeps.includes(text.charAt(from))) continue
    let start = characterStart(text, Math.max(0, from - before))
    // A space at the start of the excerpt would pass for one at the start of the name.
    while (start < from && text[start] === ' ') start += 1
    return { text: text.slice(start), startsLater: start > 0 }
  }
  return null
}
