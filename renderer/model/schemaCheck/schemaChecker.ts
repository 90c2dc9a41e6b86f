import type { CheckedText, TextToCheck } from './checkText'

/** A thread that checks one text at a time. */
export interface CheckThread {
  check(wanted: TextToCheck, answer: (checked: CheckedText) => void): void
  /** Ends it, whatever it does. */
  end(): void
}

/** Holds texts against schemas, one after the other. */
export interface SchemaChecker {
  /** Null = it was withdrawn before it was begun. */
  check(wanted: TextToCheck, signal: AbortSignal): Promise<CheckedText | null>
}

interface CheckerParts {
  readonly startThread: () => CheckThread
  /** Calls the function after some milliseconds; answers how to call that off. */
  readonly later: (run: () => void, milliseconds: number) => () => void
}

/** Megabytes take a second. Nothing interrupts a pattern, which may take centuries over one text. */
const patienceMs = 10_000

interface Waiting extends TextToCheck {
  readonly signal: AbortSignal
  readonly resolve: (checked: CheckedText | null) => void
}

export const createSchemaChecker = ({ startThread, later }: CheckerParts): SchemaChecker => {
  let thread: CheckThread | null = null
  let isBusy = false
  const waiting: Waiting[] = []

  const next = (): void => {
    if (isBusy) return
    const wanted = waiting.shift()
    if (!wanted) return
    if (wanted.signal.aborted) {
      wanted.resolve(null)
      next()
      return
    }
    isBusy = true
    const done = (checked: CheckedText) => {
      stopWaiting()
      isBusy = false
      wanted.resolve(checked)
      next()
    }
    const stopWaiting = later(() => {
      thread?.end()
      thread = null
      done({ outcome: 'stuck' })
    }, patienceMs)
    thread ??= startThread()
    thread.check({ schema: wanted.schema, text: wanted.text }, done)
  }
  return {
    check: (wanted, signal) =>
      new Promise((resolve) => {
        waiting.push({ ...wanted, signal, resolve })
        next()
      }),
  }
}
