import type { CheckScan } from './checkScan'
import type { SearchAnswer } from './searchProtocol'

/** A log as far as its messages are held against schemas. */
export interface CheckedEntry {
  /** Null = no schema is bound. */
  checks: { readonly number: number; readonly scan: CheckScan } | null
  /** When something was told of them last. */
  checksToldAt: number
}

interface CheckWorkParts {
  /** By the numbers of the logs. */
  readonly entries: ReadonlyMap<number, CheckedEntry>
  answer(answer: SearchAnswer): void
  later(run: () => void, milliseconds: number): void
  readonly now: () => number
}

/** Nobody waits for checks as for an answer: at most a third of the time is theirs, so that a flood is slowed by no schema. */
const checkMilliseconds = 4
const pauseMilliseconds = 8
/** More answers would only make the page draw more often. */
const answerMilliseconds = 80

/** Goes on with the checks of all logs, a slice at a time, whenever there is more to look at and it is woken. */
export const createCheckWork = ({ entries, answer, later, now }: CheckWorkParts) => {
  let isPausing = false

  const tell = (log: number, entry: CheckedEntry) => {
    const { checks } = entry
    if (!checks || (!checks.scan.isDone() && now() - entry.checksToldAt < answerMilliseconds)) return
    entry.checksToldAt = now()
    const part = checks.scan.take()
    if (part) answer({ kind: 'checked', log, number: checks.number, part })
  }
  const work = () => {
    isPausing = true
    const deadline = now() + checkMilliseconds
    for (const [log, entry] of entries) {
      const scan = entry.checks?.scan
      if (!scan || scan.isDone()) continue
      while (!scan.isDone() && now() < deadline) scan.step()
      tell(log, entry)
    }
    later(() => {
      isPausing = false
      wake()
    }, pauseMilliseconds)
  }
  const wake = () => {
    if (!isPausing && [...entries.values()].some(hasMore)) work()
  }
  return { wake }
}

const hasMore = ({ checks }: CheckedEntry): boolean => checks !== null && !checks.scan.isDone()
