import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete'

/** What stands before the cursor within one output or tag of a template. */
const begun = /\{[{%](?:(?![}%]\}).)*\benv\.(\w*)$/s

/** So far back an output may have begun. */
const longestOutput = 1_000

/** Offers the variables of the environment where `env.` stands in a template; of secrets only the name is known here. */
export const variablesAt = (
  { pos, state }: Pick<CompletionContext, 'pos' | 'state'>,
  names: readonly string[],
): CompletionResult | null => {
  if (names.length === 0) return null
  const [, typed] = begun.exec(state.sliceDoc(Math.max(0, pos - longestOutput), pos)) ?? []
  if (typed === undefined) return null
  const rest = /^\w*/.exec(state.sliceDoc(pos, pos + longestOutput))?.[0].length ?? 0
  return {
    from: pos - typed.length,
    to: pos + rest,
    options: names.map((name, index) => ({ label: name, boost: -Math.min(99, index) })),
    validFor: /^\w*$/,
  }
}
