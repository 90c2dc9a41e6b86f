import { payloadRuleLimits, payloadRuleSchema, type PayloadRule } from './payloadRule'

/** The first line of a file of rules says what it is, and in which version of this form. */
const mark = 'topicscopeRules'
const version = 1

/** A rule as a file has it: without an id, its schema by a path from the folder of the file. */
export interface FiledRule {
  readonly rule: Pick<PayloadRule, 'filter' | 'decoder' | 'charset' | 'schema'> & Readonly<Record<string, unknown>>
  /** For all connections, or for the one it is imported to. */
  readonly isForAll: boolean
}

/** Why a rule of a file, or the whole file, is not taken. */
export type RuleFileProblem = 'notJson' | 'notRules' | 'newerVersion' | 'tooMany' | 'notARule' | 'badFilter'

export type ReadRuleFile =
  | { readonly ok: false; readonly problem: RuleFileProblem }
  | {
      readonly ok: true
      readonly rules: readonly FiledRule[]
      readonly refused: readonly { readonly filter: string; readonly problem: RuleFileProblem }[]
    }

/**
 * Rules as a text of JSON, in the order in which they are asked. The same rules make the same text, whoever writes them: `filed` has
 * the paths of schemas as the file is to name them.
 */
export const writeRuleFile = (filed: readonly FiledRule[]): string =>
  `${JSON.stringify({ [mark]: version, rules: filed.map(written) }, null, 2)}\n`

const written = ({ rule, isForAll }: FiledRule): object => {
  const { filter, decoder, charset, schema, ...others } = rule
  return {
    filter,
    for: isForAll ? 'all' : 'connection',
    ...(decoder === undefined ? {} : { decoder }),
    ...(charset === undefined ? {} : { charset }),
    ...(schema === undefined ? {} : { schema: inOrder(schema, ['kind', 'path']) }),
    ...inOrder(others, []),
  }
}

/** With these keys first, the others by name. */
const inOrder = (object: object, first: readonly string[]): object => {
  const entries = Object.entries(object)
  const place = (key: string) => (first.includes(key) ? first.indexOf(key) : first.length)
  return Object.fromEntries(entries.toSorted(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1)))
}

/** What a text says that `writeRuleFile`, or a person, wrote; each rule that cannot be read is named with the reason. */
export const readRuleFile = (text: string): ReadRuleFile => {
  const read = parsed(text)
  if (read === undefined) return { ok: false, problem: 'notJson' }
  if (!isObject(read) || !Array.isArray(read['rules']) || typeof read[mark] !== 'number')
    return { ok: false, problem: 'notRules' }
  if (read[mark] > version) return { ok: false, problem: 'newerVersion' }
  if (read['rules'].length > payloadRuleLimits.rules) return { ok: false, problem: 'tooMany' }
  const all = read['rules'].map(readRule)
  return {
    ok: true,
    rules: all.flatMap((one) => ('rule' in one ? [one] : [])),
    refused: all.flatMap((one) => ('rule' in one ? [] : [one])),
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const readRule = (value: unknown): FiledRule | { readonly filter: string; readonly problem: RuleFileProblem } => {
  const filter = isObject(value) && typeof value['filter'] === 'string' ? value['filter'] : ''
  if (!isObject(value)) return { filter, problem: 'notARule' }
  const { for: reach, ...rule } = value
  const read = payloadRuleSchema.safeParse({ ...rule, id: 'filed', connectionId: null })
  if (!read.success) {
    const isFilter = read.error.issues.some(({ path }) => path[0] === 'filter')
    return { filter, problem: isFilter && filter !== '' ? 'badFilter' : 'notARule' }
  }
  const { id: _id, connectionId: _connectionId, ...own } = read.data
  return { rule: own, isForAll: reach === 'all' }
}
