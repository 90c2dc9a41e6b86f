import type { KeyIn } from '#shared/i18n/words'
import type { WatchRule } from '#shared/model/watch'

type Say = (key: KeyIn<'watch'>, values?: Record<string, string | number>) => string

/** A rule as a person reads it: `above 30`. */
export const ruleWords = (rule: WatchRule, t: Say): string => {
  switch (rule.kind) {
    case 'above':
    case 'below':
      return t(`said.${rule.kind}`, { limit: String(rule.limit) })
    case 'outside':
      return t('said.outside', { low: String(rule.low), high: String(rule.high) })
    case 'silent':
      return t('said.silent', { seconds: String(rule.seconds) })
    case 'query':
      return t('said.query', { query: rule.query })
    case 'changed':
    case 'schema':
      return t(`said.${rule.kind}`)
  }
}
