import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import { isTerm, parseQuery, type PlacedTerm } from './parseQuery'
import { printTerm } from './printQuery'
import { queryKeys } from './queryKeys'

/** A word that is looked for as it stands, although its form is that of something else. */
export interface TakenAsText {
  readonly word: string
  /** What was perhaps meant, as it is typed. */
  readonly meant: string
}

/** The first word of a query that perhaps was not meant as a text; null = none. */
export const takenAsText = (query: string): TakenAsText | null => {
  for (const part of parseQuery(query)) {
    const word = isTerm(part) ? plainWord(query, part) : null
    const meant = word === null ? null : (meantByPair(word) ?? meantByWildcard(word))
    if (word !== null && meant !== null) return { word, meant }
  }
  return null
}

/** What a message must not hold hides little, and a word in quotes is meant as a text: neither is asked about. */
const plainWord = (query: string, { start, end, term: { not, test } }: PlacedTerm): string | null => {
  const word = query.slice(start, end)
  return !not && test.kind === 'text' && test.text === word ? word : null
}

/** `name:value`, `name=value`, the value in quotes or not. Behind a colon no `//`: that is an address. */
const pairShape = /^([A-Za-z_][\w-]*)(?::(?!\/\/)|={1,2})("?)([^"]+)\2$/

/** Names under which a person may look for a time, and for the payload. */
const timeNames: readonly string[] = ['at', 'time', 'since', 'from']
const payloadNames: readonly string[] = ['payload', 'text', 'body']

const meantByPair = (word: string): string | null => {
  const [, name = '', , value = ''] = pairShape.exec(word) ?? []
  if (name === '') return null
  const keyed = (key: string) => readable(`${key}:${value}`)
  const lower = name.toLowerCase()
  if (queryKeys.some((key) => key === lower)) return keyed(lower)
  if (payloadNames.includes(lower)) return printTerm({ not: false, test: { kind: 'text', text: value } })
  return (timeNames.includes(lower) ? keyed('after') : null) ?? fieldOf(name, value)
}

/** As `$.name = value` is read: a number is a number. */
const fieldOf = (name: string, value: string): string | null =>
  readable(`$.${name} = ${value}`) ?? readable(`$.${name} = "${value}"`)

/** The text as it is printed, if it is one condition of the language. */
const readable = (text: string): string | null => {
  const [part, ...others] = parseQuery(text)
  return part && isTerm(part) && others.length === 0 ? printTerm(part.term) : null
}

const meantByWildcard = (word: string): string | null =>
  word.includes('/') && /[+#]/.test(word) && topicFilterProblem(word) === null
    ? printTerm({ not: false, test: { kind: 'topic', filter: word } })
    : null
