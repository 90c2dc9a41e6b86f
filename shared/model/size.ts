/** For `refine`: whether a value that is written to disk is of a size that a person could have made. */
export const isWithinBytes =
  (limit: number) =>
  (value: unknown): boolean =>
    sizeUpTo(value, limit) <= limit
/**
 * About how many bytes a value takes as JSON: characters of texts and names, and a few for everything else. Stops counting
 * beyond `limit`, so that a huge value costs no more than a large one.
 */
const sizeUpTo = (value: unknown, limit: number): number => {
  const waiting: unknown[] = [value]
  let size = 0
  while (waiting.length > 0 && size <= limit) {
    const next = waiting.pop()
    size += typeof next === 'string' ? next.length + 2 : 8
    if (typeof next !== 'object' || next === null) continue
    for (const [name, part] of Object.entries(next)) {
      size += Array.isArray(next) ? 0 : name.length
      waiting.push(part)
    }
  }
  return size
}
