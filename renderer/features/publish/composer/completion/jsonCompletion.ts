import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { WrittenValue } from '#shared/encoding/writtenValue'
import { jsonPlaceAt, type JsonPlace } from './jsonPlace'
import { keysAt, scalarsAt } from './seenValues'

/** Longer texts are not read from the start with every key. */
const longestRead = 256 * 2 ** 10

/**
 * Offers keys and values that other messages have in the same place, while one of them is typed or when it is asked for; without
 * being asked only where something of it stands: Enter behind a brace breaks the line.
 */
export const completionsFor = (
  { pos, explicit, state }: Pick<CompletionContext, 'pos' | 'explicit' | 'state'>,
  seen: () => readonly WrittenValue[],
): CompletionResult | null => {
  if (pos > longestRead) return null
  const place = jsonPlaceAt(state.sliceDoc(0, pos))
  if (!place || (place.from === pos && !explicit)) return null
  const after = state.sliceDoc(pos, pos + 200)
  const options = place.kind === 'key' ? keyOptions(place, seen(), after) : valueOptions(place, seen())
  if (options.length === 0) return null
  return { from: place.from, to: pos + restOf(after), options, validFor: /^"?[^"\\\n]*$/ }
}

const keyOptions = (place: JsonPlace, seen: readonly WrittenValue[], after: string): Completion[] => {
  const hasColon = /^[^"\n,:{}[\]]*"?\s*:/.test(after)
  return keysAt(seen, place.path).map((key, index) => {
    const written = JSON.stringify(key)
    return { label: written, displayLabel: key, apply: hasColon ? written : `${written}: `, ...ranked(index) }
  })
}

const valueOptions = (place: JsonPlace, seen: readonly WrittenValue[]): Completion[] =>
  scalarsAt(seen, place.path).map((text, index) => ({ label: text, ...ranked(index) }))

/** Those of the newest messages first, where they fit equally well. */
const ranked = (index: number): Pick<Completion, 'boost'> => ({ boost: -Math.min(99, index) })

/** What of the same string stands behind the cursor: it is replaced, with its closing quote. */
const restOf = (after: string): number => /^[^"\\\n,:{}[\]]*"(?=\s*(?:[:,}\]]|$))/.exec(after)?.[0].length ?? 0
