import type { SearchTerm } from '../query/resolveQuery'

/** Calls the function after some milliseconds; answers how to call that off. */
export type Later = (run: () => void, milliseconds: number) => () => void

/** While there is something to look at, the engine is asked so long after its last answer whether it still goes on. */
const pauseMs = 1_000
/** Between two slices of a search the engine answers. One that is silent twice so long, one time after the other, is stuck. */
const silenceMs = 5_000

interface StuckWatchParts {
  readonly later: Later
  /** Asks the engine for an answer; answers with the ticket of that. */
  readonly ping: () => number
  /** Whether the engine may have more to look at. */
  readonly isSearching: () => boolean
  readonly onStuck: () => void
}

/** Tells when a search is stuck: nothing interrupts a regular expression, which may take centuries over one payload. */
export interface StuckWatch {
  /** The engine was given something to look at. */
  begin(): void
  answered(ticket: number): void
  end(): void
}

export const createStuckWatch = ({ later, ping, isSearching, onStuck }: StuckWatchParts): StuckWatch => {
  let stop: (() => void) | null = null
  let newestAnswer = 0
  /** Null = the engine owes no answer. */
  let owed: number | null = null
  const end = () => {
    stop?.()
    stop = null
    owed = null
  }
  // A timer may be late, as after a sleep of the computer: what was answered meanwhile comes before the second one.
  const waitOnceMore = () => {
    stop = later(() => {
      end()
      onStuck()
    }, silenceMs)
  }
  const begin = () => {
    stop ??= later(() => {
      stop = later(waitOnceMore, silenceMs)
      owed = ping()
      settle()
    }, pauseMs)
  }
  const settle = () => {
    if (owed === null || newestAnswer < owed) return
    end()
    if (isSearching()) begin()
  }
  return {
    begin,
    answered: (ticket) => {
      newestAnswer = Math.max(newestAnswer, ticket)
      settle()
    },
    end,
  }
}

/** Only a regular expression, and what decodes payloads, may take for ever over one message. */
export const mayGetStuck = (terms: readonly SearchTerm[], isDecoding: boolean): boolean =>
  (isDecoding && asksFields(terms)) ||
  terms.some(
    ({ test }) =>
      test.kind === 'regex' || test.kind === 'schema' || (test.kind === 'field' && test.test.op === 'matches'),
  )

/** Whether what a term asks for depends on how payloads are read. */
export const readsByRule = (terms: readonly SearchTerm[]): boolean =>
  asksFields(terms) || terms.some(({ test }) => test.kind === 'schema')

/** Whether a term asks for a field of payloads. */
const asksFields = (terms: readonly SearchTerm[]): boolean =>
  terms.some(({ test }) => test.kind === 'field' && test.field.source === 'payload')
