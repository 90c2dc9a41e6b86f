import { parseQuery } from './parseQuery'
import { queryKeys, type QueryKey } from './queryKeys'
import { propertyNames, schemaStates } from './queryTerm'
import { printField } from './readField'
import { printValue } from './readText'

/** What a person may mean by the beginning of a term. */
export interface Completion {
  /** The whole term; a `-` in front of it stays. */
  readonly text: string
  /** Nothing is to be added to it. */
  readonly isWhole: boolean
}

export interface CompletionPlace {
  /** UTF-16 offsets of what a completion replaces. */
  readonly start: number
  readonly end: number
  readonly completions: readonly Completion[]
}

/** What is known of a connection. Asked for only where it is wanted. */
export interface CompletionSources {
  /** Names of one topic level under a parent, each with what is below it; parent null = the first level. */
  levelsBelow(parent: string | null, start: string): readonly { readonly name: string; readonly hasMore: boolean }[]
  subscriptions(): readonly string[]
  /** Paths of JSON values as they are typed: `$.a.b`. */
  jsonPaths(): readonly string[]
  userProperties(): readonly string[]
  /** Today's date and the time of the day, as the query reads them. */
  moments(): readonly string[]
}

const mostCompletions = 50

const flagWords = ['in', 'out', 'retained', 'dup', 'repeated', 'copies'] as const
const openers = [...queryKeys.map((key) => `${key}:`), 'prop.', 'user.', '$.']

/** How the term at the caret may go on. */
export const completionsAt = (query: string, caret: number, sources: CompletionSources): CompletionPlace => {
  const part = parseQuery(query).find(({ start, end }) => start <= caret && caret <= end)
  const from = part?.start ?? caret
  const start = query.charAt(from) === '-' && from < caret ? from + 1 : from
  const end = part?.end ?? caret
  const typed = query.slice(start, caret)
  const fitting = offered(typed, sources).filter(({ text }) => text !== query.slice(start, end))
  return { start, end, completions: fitting.slice(0, mostCompletions) }
}

const offered = (typed: string, sources: CompletionSources): readonly Completion[] => {
  const colon = typed.indexOf(':')
  const key = queryKeys.find((one) => one === typed.slice(0, colon))
  if (key) return valuesOf(key, typed.slice(colon + 1), sources)
  if (typed.startsWith('prop.'))
    return startingWith(
      typed,
      propertyNames.map((name) => `prop.${name}`),
    )
  if (typed.startsWith('user.')) return startingWith(typed, sources.userProperties().map(userProperty))
  if (typed.startsWith('$')) return startingWith(typed, sources.jsonPaths())
  return [...startingWith(typed, openers), ...startingWith(typed, flagWords, true)]
}

const userProperty = (name: string) => printField({ source: 'user', name }, { op: 'exists' })

const startingWith = (typed: string, texts: readonly string[], isWhole = false): Completion[] => {
  const lower = typed.toLowerCase()
  return texts.filter((text) => text.toLowerCase().startsWith(lower)).map((text) => ({ text, isWhole }))
}

const examples: Readonly<Record<'qos' | 'size' | 'last' | 'schema', readonly string[]>> = {
  qos: ['0', '1', '2'],
  size: ['>1k', '>64k', '>1m', '<100', '0'],
  last: ['1m', '5m', '15m', '1h', '24h'],
  schema: schemaStates,
}

const valuesOf = (key: QueryKey, typed: string, sources: CompletionSources): readonly Completion[] => {
  switch (key) {
    case 'topic':
    case 'below':
      return topicsOf(key, typed, sources)
    case 'sub':
      return named(key, unquoted(typed), sources.subscriptions())
    case 'after':
    case 'before':
      return named(key, unquoted(typed), sources.moments())
    default:
      return named(key, typed, examples[key])
  }
}

const unquoted = (typed: string): string => (typed.startsWith('"') ? typed.slice(1).replace(/\\(["\\])/g, '$1') : typed)

const named = (key: QueryKey, typed: string, names: readonly string[]): Completion[] => {
  const lower = typed.toLowerCase()
  return names
    .filter((name) => name.toLowerCase().includes(lower))
    .map((name) => ({ text: `${key}:${printValue(name)}`, isWhole: true }))
}

/** One level at a time: a connection has more topics than a list can hold. */
const topicsOf = (key: 'topic' | 'below', typed: string, sources: CompletionSources): Completion[] => {
  const topic = unquoted(typed)
  const slash = topic.lastIndexOf('/')
  const parent = slash < 0 ? null : topic.slice(0, slash)
  const levels = sources.levelsBelow(parent, topic.slice(slash + 1))
  return levels.flatMap(({ name, hasMore }) => {
    const whole = parent === null ? name : `${parent}/${name}`
    const itself = { text: `${key}:${printValue(whole)}`, isWhole: !hasMore || key === 'below' }
    return hasMore && key === 'topic'
      ? [{ text: `topic:${printValue(`${whole}/#`)}`, isWhole: true }, itself]
      : [itself]
  })
}
