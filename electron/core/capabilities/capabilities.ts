import type { CapabilityReport, TrialId, TrialResult } from '#shared/model/capabilities'
import type { ProfileId } from '#shared/model/profile'
import { fail, ok, type Result } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import type { MadeWith } from '../broker/session/shortConnection'
import { openTrialClient, type TrialClient, type TrialClientParts } from './trialClient'
import { trials, type Outcome, type TrialBench } from './trials'

export interface CapabilityParts {
  /** How the connection is made that is online now; null = it is not. */
  readonly connectedWith: (id: ProfileId) => MadeWith | null
  readonly maximumPacketBytes: () => number
  /** The steady time. */
  readonly now: () => number
  readonly debug: ((line: string) => void) | null
  readonly onChange: (report: CapabilityReport) => void
}

interface CapabilityWish {
  readonly prefix: string
  readonly trials: readonly TrialId[]
}

/** Finds out by trying what servers can do, over connections beside the sessions. */
export interface Capabilities {
  /** Fails with `notConnected`. */
  try(id: ProfileId, wish: CapabilityWish): Promise<Result<CapabilityReport>>
  cancel(id: ProfileId): void
  cancelAll(): void
}

const waiting = (trial: TrialId): TrialResult => ({
  trial,
  finding: null,
  isRunning: false,
  value: null,
  taken: [],
  refused: [],
  words: '',
  tries: 0,
})

export const createCapabilities = (parts: CapabilityParts): Capabilities => {
  const running = new Map<ProfileId, AbortController>()
  const cancel = (id: ProfileId) => {
    running.get(id)?.abort()
    running.delete(id)
  }
  return {
    cancel,
    cancelAll: () => {
      for (const id of running.keys()) cancel(id)
    },
    try: async (id, { prefix, trials: wanted }) => {
      const madeWith = parts.connectedWith(id)
      if (!madeWith) return fail('notConnected', 'Connect before trying.')
      cancel(id)
      const abort = new AbortController()
      running.set(id, abort)
      const wasCancelled = () => abort.signal.aborted
      const results = wanted.map(waiting)
      const report = (phase: CapabilityReport['phase']): CapabilityReport => ({
        connectionId: id,
        phase,
        prefix,
        results: [...results],
      })
      const tell = (place: number, change: Partial<TrialResult>) => {
        const before = results[place]
        if (before) results[place] = { ...before, ...change }
        if (running.get(id) === abort) parts.onChange(report('running'))
      }
      const bench = createBench(
        {
          madeWith,
          signal: abort.signal,
          maximumPacketSize: parts.maximumPacketBytes(),
          now: parts.now,
          debug: parts.debug && ((line) => parts.debug?.(`Trial on ${id}: ${line}`)),
        },
        prefix,
      )
      for (const [place, trial] of wanted.entries()) {
        if (wasCancelled()) break
        tell(place, { isRunning: true })
        const { tries, outcome } = await bench.run(trial, (count) => tell(place, { tries: count }))
        tell(place, { isRunning: false, tries, ...(wasCancelled() ? {} : outcome) })
      }
      await bench.close()
      if (running.get(id) === abort) running.delete(id)
      return ok(report(wasCancelled() ? 'cancelled' : 'ended'))
    },
  }
}

const createBench = (parts: TrialClientParts, prefix: string) => {
  let held: TrialClient | null = null
  let tries = 0
  let onTry: (count: number) => void = () => undefined
  const countTry = () => {
    tries += 1
    onTry(tries)
  }
  const client: TrialBench['client'] = async () => {
    if (held && !held.isLost()) return ok(held)
    const opened = await openTrialClient(parts)
    held = opened.ok ? opened.value : null
    return opened
  }
  return {
    run: async (trial: TrialId, onCount: (count: number) => void): Promise<{ tries: number; outcome: Outcome }> => {
      tries = 0
      onTry = onCount
      const opened = await client()
      if (!opened.ok) return { tries, outcome: { finding: 'unclear', words: opened.error.message } }
      const bench: TrialBench = {
        prefix,
        maximumPacketSize: parts.maximumPacketSize,
        online: opened.value.online,
        isCancelled: () => parts.signal.aborted,
        open: (wish) => {
          countTry()
          return openTrialClient(parts, wish)
        },
        client,
        countTry,
      }
      try {
        return { outcome: await trials[trial](bench), tries }
      } catch (error) {
        return { tries, outcome: { finding: 'unclear', words: messageOf(error) } }
      }
    },
    close: async () => held?.close(),
  }
}
