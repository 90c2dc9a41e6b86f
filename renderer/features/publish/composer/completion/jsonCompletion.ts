import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { WrittenValue } from '#shared/encoding/writtenValue'
import { keysDescribed, valuesDescribed } from '#shared/jsonSchema/describedAt'
import type { SchemaDocument } from '#shared/jsonSchema/schemaDocument'
import { visibleText } from '#shared/text/visibleText'
import { jsonPlaceAt, type JsonPlace } from './jsonPlace'
import { keysAt, scalarsAt } from './seenValues'

/** Longer texts are not read from the start with every key. */
const longestRead = 256 * 2 ** 10

type Schema = () => SchemaDocument | null
const noSchema: Schema = () => null

/**
 * Offers keys and values that the schema names or that other messages have in the same place, while one of them is typed or when it is
 * asked for; without being asked only where something of it stands: Enter behind a brace breaks the line.
 */
export const completionsFor = (
  { pos, explicit, state }: Pick<CompletionContext, 'pos' | 'explicit' | 'state'>,
  seen: () => readonly WrittenValue[],
  schema: Schema = noSchema,
): CompletionResult | null => {
  if (pos > longestRead) return null
  const place = jsonPlaceAt(state.sliceDoc(0, pos))
  if (!place || (place.from === pos && !explicit)) return null
  const after = state.sliceDoc(pos, pos + 200)
  const known = { seen: seen(), document: schema() }
  const options = place.kind === 'key' ? keyOptions(place, known, after) : valueOptions(place, known)
  if (options.length === 0) return null
  return { from: place.from, to: pos + restOf(after), options, validFor: /^"?[^"\\\n]*$/ }
}

interface Known {
  readonly seen: readonly WrittenValue[]
  readonly document: SchemaDocument | null
}

/** Those of the schema first, and of them the required ones. */
const keyOptions = (place: JsonPlace, { seen, document }: Known, after: string): Completion[] => {
  const hasColon = /^[^"\n,:{}[\]]*"?\s*:/.test(after)
  const named = document ? keysDescribed(document, place.path) : []
  const described = new Map(
    named.toSorted((a, b) => Number(b.isRequired) - Number(a.isRequired)).map((one) => [one.key, one]),
  )
  const keys = new Set([...described.keys(), ...keysAt(seen, place.path)])
  return [...keys].map((key, index) => {
    const written = JSON.stringify(key)
    const { type = '', description = '', isRequired = false } = described.get(key) ?? {}
    const detail = `${visibleText(type)}${isRequired ? ' *' : ''}`
    return {
      label: written,
      displayLabel: key,
      apply: hasColon ? written : `${written}: `,
      ...ranked(index),
      ...(detail === '' ? {} : { detail }),
      ...(description === '' ? {} : { info: visibleText(description) }),
    }
  })
}

const valueOptions = (place: JsonPlace, { seen, document }: Known): Completion[] => {
  const named = document ? valuesDescribed(document, place.path) : []
  const described = new Map(named.map(({ text, description }) => [text, description]))
  return [...new Set([...described.keys(), ...scalarsAt(seen, place.path)])].map((text, index) => {
    const description = described.get(text) ?? ''
    return { label: text, ...ranked(index), ...(description === '' ? {} : { info: visibleText(description) }) }
  })
}

/** Those of the newest messages first, where they fit equally well. */
const ranked = (index: number): Pick<Completion, 'boost'> => ({ boost: -Math.min(99, index) })

/** What of the same string stands behind the cursor: it is replaced, with its closing quote. */
const restOf = (after: string): number => /^[^"\\\n,:{}[\]]*"(?=\s*(?:[:,}\]]|$))/.exec(after)?.[0].length ?? 0
