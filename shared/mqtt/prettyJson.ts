/**
 * JSON (RFC 8259) read token by token, so that laying it out anew changes white space only: numbers keep every digit,
 * keys their order and duplicates, strings their escapes. Works without recursion, since depth comes from strangers.
 */

type JsonProblemCode =
  | 'unexpectedEnd'
  | 'valueExpected'
  | 'keyExpected'
  | 'colonExpected'
  | 'commaExpected'
  | 'textAfterEnd'
  | 'badNumber'
  | 'badEscape'
  | 'controlCharacter'
  | 'stringNotClosed'

/** `position` is the UTF-16 offset to blame. */
export interface JsonProblem {
  readonly position: number
  readonly detail: JsonProblemCode
}

export type PrettyJson = { readonly ok: true; readonly text: string } | ({ readonly ok: false } & JsonProblem)

/** What may come next. */
type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd' | 'nothing'

const numberShape = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const words = ['true', 'false', 'null']
const fourHex = /[0-9a-fA-F]{4}/y

interface Scan {
  readonly text: string
  /** `{` or `[` of every container that is open. */
  readonly open: string[]
  expected: Expected
  position: number
  readonly take: (token: string, depth: number, position: number) => void
}

const complaints: Readonly<Record<Expected, JsonProblemCode>> = {
  value: 'valueExpected',
  valueOrEnd: 'valueExpected',
  key: 'keyExpected',
  keyOrEnd: 'keyExpected',
  colon: 'colonExpected',
  commaOrEnd: 'commaExpected',
  nothing: 'textAfterEnd',
}

/** What keeps a text from being JSON, or null. */
export const jsonProblem = (text: string): JsonProblem | null => readJson(text, () => undefined)

/** Deeper levels are not indented further: a thousand brackets in a row would otherwise fill megabytes with blanks. */
const deepestIndent = 40

/** JSON with one member a line, two blanks a level; only white space differs from what was given. */
export const prettyJson = (text: string): PrettyJson => {
  const pieces: string[] = []
  let previous = ''
  const problem = readJson(text, (token, depth) => {
    const emptyContainer = (token === '}' && previous === '{') || (token === ']' && previous === '[')
    const opensLine = previous === '{' || previous === '[' || previous === ',' || token === '}' || token === ']'
    if (previous === ':') pieces.push(' ')
    else if (opensLine && !emptyContainer) pieces.push(lineBreakAt(depth))
    pieces.push(token)
    previous = token
  })
  return problem ? { ok: false, ...problem } : { ok: true, text: pieces.join('') }
}

/** Line and column, both counted from one, of a UTF-16 offset. */
export const lineAndColumn = (text: string, position: number): { readonly line: number; readonly column: number } => {
  let line = 1
  let lineStart = 0
  for (let end = text.indexOf('\n'); end >= 0 && end < position; end = text.indexOf('\n', lineStart)) {
    line += 1
    lineStart = end + 1
  }
  return { line, column: position - lineStart + 1 }
}

const isWhite = (unit: number) => unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09

const isNumberPart = (character: string) => /[\w.+-]/.test(character)

const matchAt = (shape: RegExp, text: string, position: number): number => {
  shape.lastIndex = position
  return shape.exec(text)?.[0].length ?? 0
}

const escapeProblem = (text: string, backslash: number): JsonProblem | null => {
  const letter = text.charAt(backslash + 1)
  if (letter === '') return { position: backslash, detail: 'stringNotClosed' }
  if (letter === 'u') {
    return matchAt(fourHex, text, backslash + 2) === 4 ? null : { position: backslash, detail: 'badEscape' }
  }
  return '"\\/bfnrt'.includes(letter) ? null : { position: backslash, detail: 'badEscape' }
}

/** End of the string that opens at `start`, or what is wrong with it. */
const stringEnd = (text: string, start: number): number | JsonProblem => {
  for (let index = start + 1; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit === 0x22) return index + 1
    if (unit < 0x20) return { position: index, detail: 'controlCharacter' }
    if (unit !== 0x5c) continue
    const problem = escapeProblem(text, index)
    if (problem) return problem
    index++
  }
  return { position: start, detail: 'stringNotClosed' }
}

const numberEnd = (text: string, start: number): number | JsonProblem => {
  const end = start + matchAt(numberShape, text, start)
  const whole = end > start && !isNumberPart(text.charAt(end))
  return whole ? end : { position: start, detail: 'badNumber' }
}

/** End of the string, number or word at `start`. */
const scalarEnd = (text: string, start: number): number | JsonProblem => {
  const first = text.charAt(start)
  if (first === '"') return stringEnd(text, start)
  if (/[-\d]/.test(first)) return numberEnd(text, start)
  const word = words.find((one) => text.startsWith(one, start))
  return word === undefined ? { position: start, detail: 'valueExpected' } : start + word.length
}

/** Past the white space at `position`. */
const afterWhite = (text: string, position: number): number => {
  let index = position
  while (isWhite(text.charCodeAt(index))) index++
  return index
}

const closes = (scan: Scan, token: string): boolean => {
  const container = scan.open.at(-1)
  if (token === ']') return container === '[' && (scan.expected === 'valueOrEnd' || scan.expected === 'commaOrEnd')
  return container === '{' && (scan.expected === 'keyOrEnd' || scan.expected === 'commaOrEnd')
}

const afterValue = (scan: Scan): Expected => (scan.open.length === 0 ? 'nothing' : 'commaOrEnd')

const takeToken = (scan: Scan, token: string): void => {
  scan.take(token, scan.open.length, scan.position)
  scan.position += token.length
}

/** Takes `{ } [ ] : ,` where it may stand; false where it may not. */
const takePunctuation = (scan: Scan, token: string): boolean => {
  const wantsValue = scan.expected === 'value' || scan.expected === 'valueOrEnd'
  if ((token === '{' || token === '[') && wantsValue) {
    takeToken(scan, token)
    scan.open.push(token)
    scan.expected = token === '{' ? 'keyOrEnd' : 'valueOrEnd'
  } else if ((token === '}' || token === ']') && closes(scan, token)) {
    scan.open.pop()
    takeToken(scan, token)
    scan.expected = afterValue(scan)
  } else if (token === ':' && scan.expected === 'colon') {
    takeToken(scan, token)
    scan.expected = 'value'
  } else if (token === ',' && scan.expected === 'commaOrEnd') {
    takeToken(scan, token)
    scan.expected = scan.open.at(-1) === '{' ? 'key' : 'value'
  } else return false
  return true
}

const takeNext = (scan: Scan): JsonProblem | null => {
  const { text, position, expected } = scan
  const first = text.charAt(position)
  const wantsKey = expected === 'key' || expected === 'keyOrEnd'
  if ('{}[]:,'.includes(first)) {
    return takePunctuation(scan, first) ? null : { position, detail: complaints[expected] }
  }
  if (expected === 'colon' || expected === 'commaOrEnd' || expected === 'nothing' || (wantsKey && first !== '"')) {
    return { position, detail: complaints[expected] }
  }
  const end = scalarEnd(text, position)
  if (typeof end !== 'number') return end
  takeToken(scan, text.slice(position, end))
  scan.expected = wantsKey ? 'colon' : afterValue(scan)
  return null
}

/** Hands every token to `take` with the depth and the offset it stands at; answers what is wrong, or null. */
export const readJson = (text: string, take: Scan['take']): JsonProblem | null => {
  const read = advance(beginScan(text, take), Infinity)
  return read === 'more' ? null : read
}

/** Looks for what keeps a long text from being JSON, a part at a time. */
export interface JsonCheck {
  /** Reads so many tokens more; answers what is wrong, or null, once that is known. */
  advance(tokens: number): JsonProblem | null | 'more'
}

export const beginJson = (text: string): JsonCheck => {
  const scan = beginScan(text, () => undefined)
  return { advance: (tokens) => advance(scan, tokens) }
}

const beginScan = (text: string, take: Scan['take']): Scan => ({
  text,
  open: [],
  expected: 'value',
  position: afterWhite(text, 0),
  take,
})

const advance = (scan: Scan, tokens: number): JsonProblem | null | 'more' => {
  const { text } = scan
  for (let count = 0; scan.position < text.length; count++) {
    if (count >= tokens) return 'more'
    const problem = takeNext(scan)
    if (problem) return problem
    scan.position = afterWhite(text, scan.position)
  }
  return scan.expected === 'nothing' ? null : { position: text.length, detail: 'unexpectedEnd' }
}

const lineBreakAt = (depth: number) => `\n${'  '.repeat(Math.min(depth, deepestIndent))}`
