import type { DecodingRule } from '../decoding/ruleDecoder'
import type { CheckRule } from '../schemaCheck/checkRule'

/** How payloads of a log are read, in the order in which rules are asked. */
export interface LogRules {
  readonly decoding: readonly DecodingRule[]
  readonly checks: readonly CheckRule[]
}

export const noRules: LogRules = { decoding: [], checks: [] }
