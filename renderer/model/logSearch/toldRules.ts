import type { MessageLog } from '../messageLog/messageLog'
import { hasPatterns } from './logChecking'
import type { HeldChecks } from './logChecks'
import { noRules, type LogRules } from './logRules'
import type { ChecksFound, SearchPort } from './searchProtocol'

interface ToldParts {
  readonly id: number
  readonly log: MessageLog
  readonly port: SearchPort
  readonly checks: HeldChecks
}

/** How payloads of the log are read, as the engine was told, and what it has checked by that. */
export const createToldRules = ({ id, log, port, checks }: ToldParts) => {
  let rules = noRules
  /** Of the checks, which begin anew with an engine. */
  let number = 0
  const areThere = () => rules.decoding.length + rules.checks.length > 0
  const tell = (fromRow: number) => {
    number += 1
    port.post({ kind: 'rules', log: id, rules, check: { number, fromRow } })
  }
  return {
    areDecoding: () => rules.decoding.length > 0,
    areChecking: () => rules.checks.length > 0,
    mayGetStuck: () => hasPatterns(rules),
    /** Whether the engine may be at something that finds no end. */
    isAtRisk: () => hasPatterns(rules) && checks.isBusy(),
    /** Answers whether there was something to tell. */
    set: (changed: LogRules): boolean => {
      if (!areThere() && changed.decoding.length + changed.checks.length === 0) return false
      rules = changed
      checks.restart(rules.checks.length > 0, log.firstKeptRow())
      tell(log.firstKeptRow())
      return true
    },
    /** To an engine that knows nothing. */
    tellAgain: () => {
      if (areThere()) tell(checks.resume())
    },
    /**
     * The engine found no end over one message. Whether it was a pattern or a search, nobody can say: where there are patterns, checks are
     * ended first, and the search is found in the engine that has nothing else to do. Answers whether checks were ended.
     */
    endRisk: (): boolean => {
      if (!hasPatterns(rules)) return false
      rules = { ...rules, checks: [] }
      checks.giveUp()
      return true
    },
    receive: (answer: ChecksFound) => {
      if (answer.number === number) checks.receive(answer.part)
    },
  }
}
