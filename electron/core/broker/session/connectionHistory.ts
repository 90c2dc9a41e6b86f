// Why it is so: build/docs/decisions/26-details-stay-in-main.md
import { historyLength, type ConnectionEvent, type HistoryEvent, type Returned } from '#shared/model/connectionDetails'
import type { ConnectionFailure } from '#shared/model/failure'
import type { SessionPhase } from '#shared/model/session'

/** Characters of each text that are kept of a failure for later. */
export const keptText = 2_000

export interface ConnectionHistoryParts {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Milliseconds of a monotonic clock. */
  readonly monotonic: () => number
  readonly length?: number
}

type Online = Extract<SessionPhase, { phase: 'online' }>
type Ended = Extract<SessionPhase, { phase: 'waiting' | 'failed' }>
type Drop = Omit<Returned, 'awayMs'> & { readonly since: number }

/**
 * The history of a session's connections, derived from its states: when each came up, when and why it dropped, failed
 * tries, and when the person disconnected. Bounded: the oldest entries are removed. Tries in a row that fail alike are
 * one entry.
 */
export interface ConnectionHistory {
  /** The session went from one state to another. */
  follow(before: SessionPhase, after: SessionPhase): void
  /** How many messages the connection that came up last sends again. */
  noteResent(resentMessages: number): void
  /** For a connection that comes up now: why the one before dropped; null = none did since the person connected. */
  returned(): Returned | null
  entries(): readonly ConnectionEvent[]
  forgotten(): number
}

export const createConnectionHistory = ({
  now,
  monotonic,
  length = historyLength,
}: ConnectionHistoryParts): ConnectionHistory => {
  const entries: ConnectionEvent[] = []
  let lastNumber = 0
  let cameUpAt = 0
  let drop: Drop | null = null

  const note = (event: HistoryEvent) => {
    entries.push({ number: (lastNumber += 1), at: now(), event })
    if (entries.length > length) entries.shift()
  }
  const noteCameUp = ({ address, protocolVersion, clientId, session, returned }: Online) => {
    cameUpAt = monotonic()
    drop = null
    const awayMs = returned?.awayMs ?? null
    note({ kind: 'cameUp', address, protocolVersion, clientId, session, resentMessages: 0, awayMs })
  }
  const noteEnd = (wasOnline: boolean, { phase, reason }: Ended) => {
    const failure = shortenedFailure(reason)
    const triesAgain = phase === 'waiting'
    if (wasOnline) {
      drop = { endedAt: now(), reason: failure, since: monotonic() }
      note({ kind: 'ended', failure, upMs: monotonic() - cameUpAt, triesAgain })
      return
    }
    const latest = entries.at(-1)
    const tries = latest?.event.kind === 'failed' && isSameFailure(latest, failure) ? latest.event.tries + 1 : 1
    if (tries === 1 || !latest) note({ kind: 'failed', failure, tries: 1, lastAt: now(), triesAgain })
    else
      entries[entries.length - 1] = { ...latest, event: { kind: 'failed', failure, tries, lastAt: now(), triesAgain } }
  }

  return {
    follow: (before, after) => {
      const wasOnline = before.phase === 'online'
      if (after.phase === 'online' && !wasOnline) noteCameUp(after)
      if (after.phase === 'waiting' || after.phase === 'failed') noteEnd(wasOnline, after)
      if (after.phase !== 'offline' || before.phase === 'offline') return
      drop = null
      // After a failure there is nothing left to end.
      if (before.phase !== 'failed') note({ kind: 'disconnected', upMs: wasOnline ? monotonic() - cameUpAt : null })
    },
    noteResent: (resentMessages) => {
      const latest = entries.at(-1)
      if (latest?.event.kind === 'cameUp')
        entries[entries.length - 1] = { ...latest, event: { ...latest.event, resentMessages } }
    },
    returned: () => drop && { endedAt: drop.endedAt, reason: drop.reason, awayMs: monotonic() - drop.since },
    entries: () => [...entries],
    forgotten: () => lastNumber - entries.length,
  }
}

/** Whether a failure equals that of the latest entry. */
const isSameFailure = (entry: ConnectionEvent | undefined, failure: ConnectionFailure): boolean =>
  entry?.event.kind === 'failed' &&
  entry.event.failure.code === failure.code &&
  entry.event.failure.stage === failure.stage &&
  entry.event.failure.technical === failure.technical

/** The failure as it is kept for later: a server's texts may have 64 KiB each, and there may be many. */
const shortenedFailure = (failure: ConnectionFailure): ConnectionFailure => ({
  ...failure,
  message: shortened(failure.message),
  technical: shortened(failure.technical),
  values: Object.fromEntries(
    Object.entries(failure.values ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' ? shortened(value) : value,
    ]),
  ),
})

const shortened = (text: string): string =>
  text.length <= keptText ? text : `${text.slice(0, keptText)}… (${text.length} characters)`
