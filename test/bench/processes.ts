import type { ElectronApplication } from '@playwright/test'
import { readFileSync } from 'node:fs'

/** Of a kind of process each; threads count with their process. */
interface ByProcess {
  readonly main: number
  readonly window: number
  readonly graphics: number
  /** With those that the three leave out, such as Chromium's network process. */
  readonly all: number
}

export interface Use {
  /** Cores that were busy. */
  readonly cores: ByProcess
  /** Processor time, in microseconds. */
  readonly microseconds: ByProcess
  /** Resident bytes of all processes together. */
  readonly bytes: number
}

interface Running {
  readonly pid: number
  readonly type: string
  readonly bytes: number
}

/** Linux counts processor time in hundredths of a second. */
const tickMicroseconds = 10_000

const kinds = { main: 'Browser', window: 'Tab', graphics: 'GPU' } as const

/** Processor time of a process since it began, in microseconds (proc(5): utime and stime). */
const processorTime = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  // The name, in brackets, may contain spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * tickMicroseconds
}

const runningIn = (app: ElectronApplication): Promise<readonly Running[]> =>
  app.evaluate(({ app: running }) =>
    running.getAppMetrics().map(({ pid, type, memory }) => ({ pid, type, bytes: memory.workingSetSize * 1_024 })),
  )

const summed = (running: readonly Running[], value: (one: Running) => number): ByProcess => {
  const of = (kind: string | null) =>
    running.filter(({ type }) => kind === null || type === kind).reduce((sum, one) => sum + value(one), 0)
  return { main: of(kinds.main), window: of(kinds.window), graphics: of(kinds.graphics), all: of(null) }
}

const mapped = (given: ByProcess, change: (value: number) => number): ByProcess => ({
  main: change(given.main),
  window: change(given.window),
  graphics: change(given.graphics),
  all: change(given.all),
})

interface Reading {
  readonly at: number
  readonly times: ReadonlyMap<number, number>
}
const latest = new WeakMap<ElectronApplication, Reading>()

/**
 * What the processes used since the call before, and memory now; the first call tells of the time since they began. Linux only,
 * because Chromium's own figures are a mean over a time of its choice.
 */
export const readUse = async (app: ElectronApplication): Promise<Use> => {
  const running = await runningIn(app)
  const { at: before, times: timesBefore } = latest.get(app) ?? { at: NaN, times: new Map<number, number>() }
  const at = performance.now()
  const times = new Map(running.map(({ pid }) => [pid, processorTime(pid)]))
  latest.set(app, { at, times })
  const microseconds = summed(running, ({ pid }) => (times.get(pid) ?? 0) - (timesBefore.get(pid) ?? 0))
  return {
    microseconds,
    cores: mapped(microseconds, (value) => value / ((at - before) * 1_000)),
    bytes: summed(running, ({ bytes }) => bytes).all,
  }
}

/** 'main 1.2, window 3.4, graphics 0.1' of what each process used a message. */
export const aMessage = ({ microseconds }: Use, messages: number): string => {
  const of = (value: number) => (value / messages).toFixed(1)
  return `main ${of(microseconds.main)}, window ${of(microseconds.window)}, graphics ${of(microseconds.graphics)}`
}
