import { Worker } from 'node:worker_threads'
import type { AppError } from '#shared/result'
import type { SandboxInput, SandboxOutcome } from './sandbox/sandbox'
import type { ThreadAnswer } from './sandbox/sandboxThread'
import { scriptFailed } from './scriptFailed'

/** What a call came to: what it made is checked by nobody yet. */
export type CallOutcome = Omit<SandboxOutcome, 'fault'> & { readonly error: AppError | null }

/** A script in a thread of its own: whatever it does, this thread goes on. */
export interface ScriptThread {
  /** Null = it began; else why the text is no script. */
  readonly begun: Promise<AppError | null>
  /** Calls are carried out in their order. Always resolves. */
  call(input: SandboxInput): Promise<CallOutcome>
  close(): void
}

/** Milliseconds after which a thread that answers nothing is ended: many times what the engine ends a call after. */
const stuckAfterMs = { beginning: 30_000, calling: 10_000 }

const limits = {
  /** What the engine holds is counted apart; this is for what crosses. */
  maxOldGenerationSizeMb: 128,
  /** The engine goes down into the thread's stack by more than it counts: JSON of 100,000 levels took 2 MB. */
  stackSizeMb: 16,
}

export const openScriptThread = async (text: string): Promise<ScriptThread> => {
  // Read when the first script runs: the application starts without it.
  const { default: code } = await import('./sandbox/sandboxThread?thread')
  const worker = new Worker(code, { eval: true, workerData: text, resourceLimits: limits, env: {}, execArgv: [] })
  worker.unref()
  const waiting: ((outcome: CallOutcome) => void)[] = []
  let ended: AppError | null = null
  let isBegun = false
  let watch: NodeJS.Timeout | null = null
  let tellBegun: (error: AppError | null) => void = () => undefined
  const begun = new Promise<AppError | null>((resolve) => (tellBegun = resolve))

  const end = (error: AppError) => {
    if (ended) return
    ended = error
    if (watch) clearTimeout(watch)
    tellBegun(error)
    for (const answer of waiting.splice(0)) answer(nothingBut(error))
    void worker.terminate()
  }
  const watchAgain = () => {
    if (watch) clearTimeout(watch)
    watch = setTimeout(() => end(stuck), isBegun ? stuckAfterMs.calling : stuckAfterMs.beginning)
    watch.unref()
  }
  const rest = () => {
    if (watch) clearTimeout(watch)
    watch = null
  }
  worker.on('message', (answer: ThreadAnswer) => {
    if (answer.kind === 'begun') {
      isBegun = true
      if (answer.fault) end(scriptFailed(answer.fault).error)
      else tellBegun(null)
    } else {
      const { fault, ...outcome } = answer.outcome
      waiting.shift()?.({ ...outcome, error: fault && scriptFailed(fault).error })
    }
    if (waiting.length > 0) watchAgain()
    else rest()
  })
  worker.on('error', (error) => end(isOutOfMemory(error) ? tooMuchMemory : stackOver))
  worker.on('exit', () => end(stuck))
  watchAgain()

  return {
    begun,
    call: (input) => {
      if (ended) return Promise.resolve(nothingBut(ended))
      return new Promise((resolve) => {
        waiting.push(resolve)
        if (waiting.length === 1) watchAgain()
        worker.postMessage(input)
      })
    },
    close: () => end(stuck),
  }
}

const nothingBut = (error: AppError): CallOutcome => ({ made: [], lines: [], milliseconds: 0, error })

const beginning = { line: 1, column: 1, detail: '' }
const stuck = scriptFailed({ problem: 'tooLong', ...beginning }).error
const tooMuchMemory = scriptFailed({ problem: 'memory', ...beginning }).error
const stackOver = scriptFailed({ problem: 'stack', ...beginning }).error

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
