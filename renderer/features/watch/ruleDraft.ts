import { watchRuleKinds, type WatchRule } from '#shared/model/watch'
import { isTerm, parseQuery } from '../../model/query/parseQuery'
import { readMeasure } from '../../model/watch/measure'

/** A rule as it is typed. */
export interface RuleDraft {
  readonly kind: WatchRule['kind']
  /** The limit, the lower end, the seconds or the query. */
  readonly first: string
  /** The upper end. */
  readonly second: string
}

export const ruleKinds = watchRuleKinds

export const draftOf = (rule: WatchRule): RuleDraft => {
  switch (rule.kind) {
    case 'above':
    case 'below':
      return { kind: rule.kind, first: String(rule.limit), second: '' }
    case 'outside':
      return { kind: rule.kind, first: String(rule.low), second: String(rule.high) }
    case 'silent':
      return { kind: rule.kind, first: String(rule.seconds), second: '' }
    case 'query':
      return { kind: rule.kind, first: rule.query, second: '' }
    case 'changed':
    case 'schema':
      return { kind: rule.kind, first: '', second: '' }
  }
}

/** Which field is wrong, and how. */
export interface RuleProblem {
  readonly field: 'first' | 'second'
  readonly problem: 'notANumber' | 'badQuery'
}

/** The rule, or what of the draft is wrong. */
export const ruleOf = ({ kind, first, second }: RuleDraft): WatchRule | RuleProblem => {
  const [one, other] = [readMeasure(first)?.number, readMeasure(second)?.number]
  const wrong = (field: RuleProblem['field']): RuleProblem => ({ field, problem: 'notANumber' })
  switch (kind) {
    case 'above':
    case 'below':
      return one === undefined ? wrong('first') : { kind, limit: one }
    case 'outside':
      if (one === undefined) return wrong('first')
      return other === undefined ? wrong('second') : { kind, low: Math.min(one, other), high: Math.max(one, other) }
    case 'silent':
      return one === undefined || one < 1 || one > 31_536_000 ? wrong('first') : { kind, seconds: one }
    case 'query':
      return isQuery(first) ? { kind, query: first } : { field: 'first', problem: 'badQuery' }
    case 'changed':
    case 'schema':
      return { kind }
  }
}

export const isProblem = (read: WatchRule | RuleProblem): read is RuleProblem => 'problem' in read

/** What holds messages against schemas may take long, and not on the page's thread: a watch has a rule of its own for that. */
const isQuery = (text: string): boolean => {
  const parts = parseQuery(text)
  return parts.length > 0 && parts.every((part) => isTerm(part) && part.term.test.kind !== 'schema')
}
