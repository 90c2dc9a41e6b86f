import type { LeftoverReason } from './connectionReading'
import type { MosquittoArgument } from './mosquittoArguments'
import type { MosquittoValue } from './mosquittoOptions'

export type Program = 'sub' | 'pub' | 'rr'
/** The clients of mosquitto, by the end of their names. */
export const programPattern = /(?:^|[/\\])mosquitto_(sub|pub|rr)(?:\.exe)?$/i

/** The options that say something, the last of each kind. */
export interface Said {
  readonly of: (value: MosquittoValue) => MosquittoArgument | undefined
  readonly topics: readonly MosquittoArgument[]
  readonly properties: readonly MosquittoArgument[]
  /** As they may be shown. */
  readonly repeated: readonly string[]
}

export const saidBy = (given: readonly MosquittoArgument[]): Said => {
  const many = new Set<MosquittoValue>(['topic', 'property'])
  const single = given.filter(({ says }) => !many.has(says))
  const last = new Map(single.map((argument) => [argument.says, argument]))
  return {
    of: (value) => last.get(value),
    topics: given.filter(({ says }) => says === 'topic'),
    properties: given.filter(({ says }) => says === 'property'),
    repeated: single.filter((argument) => last.get(argument.says) !== argument).map(({ shown }) => shown),
  }
}

/** Names an argument that nothing came of. */
export type Drop = (argument: MosquittoArgument, why: LeftoverReason) => void

/** A whole number in its range; what is none is dropped. */
export const numberOf = (
  given: MosquittoArgument | undefined,
  [lowest, highest]: readonly [number, number],
  drop: Drop,
) => {
  if (!given) return undefined
  const text = given.words[0] ?? ''
  const number = /^\d{1,10}$/.test(text) ? Number(text) : -1
  if (number >= lowest && number <= highest) return number
  drop(given, 'invalid')
  return undefined
}
