import { problemAt, type QueryProblem } from './queryProblem'
import type { Pattern } from './queryTerm'

/** What stands at a place of a query, and where it ends; or why it cannot be read. */
export type Read<Value> =
  | { readonly end: number; readonly value: Value }
  | { readonly end: number; readonly problem: QueryProblem }

export const isProblem = <Value>(read: Read<Value>): read is { readonly end: number; readonly problem: QueryProblem } =>
  'problem' in read

const space = /\s/
const spaces = /\s*/y
const word = /\S*/y

const endOfMatch = (shape: RegExp, text: string, at: number): number => {
  shape.lastIndex = at
  return at + (shape.exec(text)?.[0].length ?? 0)
}

export const afterSpaces = (text: string, at: number): number => endOfMatch(spaces, text, at)

/** Where the next white space is, or the text's end. */
export const wordEnd = (text: string, at: number): number => endOfMatch(word, text, at)

export const isEnd = (text: string, at: number): boolean => at >= text.length || space.test(text.charAt(at))

/** What a sticky expression finds at the place; '' = nothing. */
export const matchAt = (shape: RegExp, text: string, at: number): string => {
  shape.lastIndex = at
  return shape.exec(text)?.[0] ?? ''
}

/** The text in quotes at `at`: `\"` is a quote, `\\` a backslash, and any other backslash is itself. */
export const readQuoted = (text: string, at: number): Read<string> => {
  let value = ''
  for (let index = at + 1; index < text.length; index++) {
    const character = text.charAt(index)
    if (character === '"') return { end: index + 1, value }
    const next = text.charAt(index + 1)
    const escapes = character === '\\' && (next === '"' || next === '\\')
    value += escapes ? next : character
    if (escapes) index++
  }
  const { length } = text
  return { end: length, problem: problemAt('quoteNotClosed', { start: at, end: length, unfinished: true }) }
}

/** As `readQuoted`; behind the closing quote the part must end. */
export const readQuotedPart = (text: string, at: number): Read<string> => {
  const read = readQuoted(text, at)
  if (isProblem(read) || isEnd(text, read.end)) return read
  const end = wordEnd(text, read.end)
  return { end, problem: problemAt('afterQuote', { start: read.end, end }) }
}

/** A text in quotes or up to the next white space; `key` is what it is the value of. */
export const readValue = (text: string, at: number, key: string): Read<string> => {
  if (text.charAt(at) === '"') return readQuotedPart(text, at)
  const end = wordEnd(text, at)
  if (end > at) return { end, value: text.slice(at, end) }
  const problem = problemAt('valueMissing', { start: at - 1, end: at, subject: key, unfinished: true })
  return { end, problem }
}

export const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`

/** As little around the text as `readValue` needs to read it. */
export const printValue = (text: string): string => (/^[^\s"]\S*$/.test(text) ? text : quoted(text))

const anyFlags = /[dgimsuvy]*/y
const foreignFlag = /[^imsu]/

/** Where the slash stands that closes the expression opened at `at`; -1 = none does. */
const closingSlash = (text: string, at: number): number => {
  let inClass = false
  for (let index = at + 1; index < text.length; index++) {
    const character = text.charAt(index)
    if (character === '\\') index++
    else if (character === '[') inClass = true
    else if (character === ']') inClass = false
    else if (character === '/' && !inClass) return index
  }
  return -1
}

/**
 * The expression at `at`; null = what stands there is none. A topic may begin with a slash too, so it is one only if a
 * slash closes it, and nothing but flags stands behind that.
 */
export const readRegex = (text: string, at: number): Read<Pattern> | null => {
  const close = text.charAt(at) === '/' ? closingSlash(text, at) : -1
  if (close <= at + 1) return null
  const flags = matchAt(anyFlags, text, close + 1)
  const end = close + 1 + flags.length
  if (!isEnd(text, end)) return null
  const wrong = flags.search(foreignFlag)
  if (wrong >= 0) {
    const start = close + 1 + wrong
    return { end, problem: problemAt('badFlag', { start, end: start + 1, subject: flags.charAt(wrong) }) }
  }
  const source = text.slice(at + 1, close)
  return isSound(source, flags)
    ? { end, value: { source, flags } }
    : { end, problem: problemAt('badRegex', { start: at, end }) }
}

export const printRegex = ({ source, flags }: Pattern): string => `/${source}/${flags}`

const isSound = (source: string, flags: string): boolean => {
  try {
    return new RegExp(source, flags).source !== ''
  } catch {
    return false
  }
}
