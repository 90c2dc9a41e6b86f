/** A step into JSON: the key of a member, or a place in an array. */
export type PathStep = string | number

/** The way to one value in a JSON text. */
export type JsonPath = readonly PathStep[]

/** `end` is behind what was read. Otherwise the step at `badAt` cannot be read, perhaps since its quotes are not closed. */
type PathRead =
  | { readonly path: JsonPath; readonly end: number }
  | { readonly badAt: number; readonly isQuoteOpen: boolean }

/** A key that needs no quotes: nothing in it could be something else where a path stands in a query. */
const plainKey = String.raw`[^\s.[\]"=<>!:~]+`
const quotedKey = String.raw`"(?:[^"\\]|\\[^])*"`
const step = new RegExp(String.raw`\.(${plainKey})|\[(?:(\d{1,15})|(${quotedKey}))\]`, 'y')
const quotes = new RegExp(quotedKey, 'y')
const onlyPlainKey = new RegExp(`^${plainKey}$`)

/**
 * Reads a path such as `$.celsius`, `$.axes[0]` or `$["any name"]` that begins with the `$` at `start`, as far as it goes.
 * In quotes escapes are those of JSON; a backslash that begins none is itself.
 */
export const readJsonPath = (text: string, start: number): PathRead => {
  const path: PathStep[] = []
  let end = start + 1
  for (;;) {
    step.lastIndex = end
    const [whole, key, place, quoted] = step.exec(text) ?? []
    if (whole === undefined) break
    path.push(key ?? (place === undefined ? unquoted(quoted ?? '') : Number(place)))
    end += whole.length
  }
  const next = text.charAt(end)
  return next === '.' || next === '[' ? { badAt: end, isQuoteOpen: isQuoteOpen(text, end + 1) } : { path, end }
}

/** The text as a path; null = it is none. `$` alone is the whole of a JSON text. */
export const jsonPathOf = (text: string): JsonPath | null => {
  const read = text.startsWith('$') ? readJsonPath(text, 0) : null
  return read && 'path' in read && read.end === text.length ? read.path : null
}

export const printJsonPath = (path: JsonPath): string => `$${path.map(printStep).join('')}`

const printStep = (one: PathStep): string => {
  if (typeof one === 'number') return `[${one}]`
  return onlyPlainKey.test(one) ? `.${one}` : `[${JSON.stringify(one)}]`
}

const isQuoteOpen = (text: string, at: number): boolean => {
  quotes.lastIndex = at
  return text.charAt(at) === '"' && !quotes.test(text)
}

const controls: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

const unquoted = (quoted: string): string =>
  quoted.slice(1, -1).replace(/\\(?:u([0-9a-fA-F]{4})|([^]))/g, (escape: string, hex?: string, character = '') => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
    return controls[character] ?? ('"\\/'.includes(character) ? character : escape)
  })
