import type { WatchRule } from '#shared/model/watch'

/** One reading of a watched value. */
export interface Reading {
  /** NaN where the value is no number. */
  readonly number: number
  readonly text: string
  /** Whether the message passes the query of the rule; of rules that have one. */
  readonly passes?: (query: string) => boolean
}

export interface Verdict {
  /** The rule holds from now on, and until the value is normal again. */
  readonly holds: boolean
  /** It did not hold before: this is to be told, once. */
  readonly rings: boolean
}

/**
 * How far back a value must go before it is normal again, as a part of the limit: one that jitters at the limit rings once, and
 * not with each message.
 */
const margin = 0.01

/** What a rule says of one more reading. Those of silence and schemas are decided elsewhere, and stay as they are. */
export const judge = (rule: WatchRule, held: boolean, { reading, before }: Readings): Verdict => {
  if (rule.kind === 'changed') return { holds: false, rings: before !== null && before.text !== reading.text }
  const holds = holdsNow(rule, held, reading)
  return { holds, rings: holds && !held }
}

export interface Readings {
  readonly reading: Reading
  /** The one before it; null = it is the first. */
  readonly before: Reading | null
}

const holdsNow = (rule: Exclude<WatchRule, { kind: 'changed' }>, held: boolean, reading: Reading): boolean => {
  const { number } = reading
  switch (rule.kind) {
    case 'above':
      return Number.isNaN(number) ? held : number > rule.limit - (held ? Math.abs(rule.limit) * margin : 0)
    case 'below':
      return Number.isNaN(number) ? held : number < rule.limit + (held ? Math.abs(rule.limit) * margin : 0)
    case 'outside': {
      if (Number.isNaN(number)) return held
      const back = held ? Math.abs(rule.high - rule.low) * margin : 0
      return number < rule.low + back || number > rule.high - back
    }
    case 'query':
      return reading.passes?.(rule.query) ?? held
    case 'silent':
    case 'schema':
      return held
  }
}

/** When something was heard last, and since when the connection is online, in steady milliseconds. */
export interface Heard {
  /** Null = nothing was. */
  readonly at: number | null
  /** Null = it is not online: then nothing can be heard, and nobody is silent. */
  readonly onlineSince: number | null
}

export const isSilent = (rule: WatchRule, { at, onlineSince }: Heard, now: number): boolean =>
  rule.kind === 'silent' && onlineSince !== null && now - Math.max(at ?? -Infinity, onlineSince) > rule.seconds * 1_000
