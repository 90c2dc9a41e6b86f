const patterns = new Map<string, RegExp | null>()
/** Schemas have few; of those that change while somebody writes one, the oldest go. */
const mostKept = 1_000

/** A pattern of a schema (ECMA-262, not anchored), or null where it is none. */
export const patternOf = (written: string): RegExp | null => {
  const known = patterns.get(written)
  if (known !== undefined) return known
  const made = compiled(written, 'u') ?? compiled(written, '')
  for (const oldest of patterns.keys()) {
    if (patterns.size < mostKept) break
    patterns.delete(oldest)
  }
  patterns.set(written, made)
  return made
}

/** Many schemas escape what needs no escape, which the Unicode mode refuses. */
const compiled = (written: string, flags: string): RegExp | null => {
  try {
    return new RegExp(written, flags)
  } catch {
    return null
  }
}
