import type { ProfileId } from '#shared/model/profile'
import type { PublishReceipt, PublishRequest } from '#shared/model/publish'
import type { SenderEnd, SenderKey, SenderRequest, SenderStatus } from '#shared/model/sender'
import type { SessionStatus } from '#shared/model/session'
import { fail, ok, type Result } from '#shared/result'
import type { FollowedPayloads } from '../broker/inbox/latestPayloads'
import type { PayloadFiles } from '../payloads/payloadFiles'
import type { SenderClock } from './schedule'
import { openMessageSource } from './messageSource'
import { startSender, type Sender } from './sender'

/** What sender need of the sessions. */
export interface SenderSessions {
  /** Gives a message to its session at once; resolves when its delivery is known. */
  readonly publish: (request: PublishRequest) => Promise<Result<PublishReceipt>>
  readonly get: (id: ProfileId) => { online(): unknown; followLatest(): FollowedPayloads } | undefined
}

export interface SenderRegistryParts {
  readonly sessions: SenderSessions
  readonly payloadFiles: Pick<PayloadFiles, 'read'>
  /** Called with what became of a sender: at its start and its end, and between them at most some times a second. */
  readonly onChange: (status: SenderStatus) => void
  readonly onRemoved: (key: SenderKey) => void
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Default: the computer's steady clock. */
  readonly clock?: SenderClock
}

/** The senders of all connections, at most one for each plan on each of them. */
export interface SenderRegistry {
  /**
   * Starts one in the place of an earlier one. Fails with `notConnected`, and as reading its file or rendering its template does;
   * then the earlier one goes on.
   */
  start(request: SenderRequest): Promise<Result<null>>
  /** Fails with `notFound` where none runs. */
  stop(key: SenderKey): Result<null>
  /** Stops all that run. */
  stopAll(): void
  /** Ends it and forgets what became of it. Fails with `notFound`. */
  remove(key: SenderKey): Result<null>
  /** A sender ends with its connection, and does not begin again with the next one. */
  sessionChanged(status: SessionStatus): void
  sessionRemoved(id: ProfileId): void
  statuses(): SenderStatus[]
  /** Ends all and tells nothing more. */
  close(): void
}

const tellEveryMs = 250

export const createSenderRegistry = (parts: SenderRegistryParts): SenderRegistry => {
  const { sessions, payloadFiles, now, onChange, onRemoved, clock = computerClock } = parts
  const all = new Map<string, Told>()

  const sourceParts = { payloadFiles, now, followLatest: (id: ProfileId) => sessions.get(id)?.followLatest() }
  const endThoseOf = (id: ProfileId, why: SenderEnd) => {
    for (const { sender } of all.values()) if (sender.status().connectionId === id) sender.end(why)
  }

  return {
    start: async (wanted) => {
      const source = await openMessageSource(wanted, sourceParts)
      if (!source.ok) return source
      const { connectionId, plan } = wanted
      if (!sessions.get(connectionId)?.online()) {
        source.value.close()
        return fail('notConnected', 'Connect before publishing.')
      }
      const key = keyOf({ connectionId, senderId: plan.id })
      all.get(key)?.forget()
      all.set(
        key,
        toldSometimes(onChange, (tell) =>
          startSender({
            request: wanted,
            startedAt: now(),
            source: source.value,
            publish: sessions.publish,
            clock,
            onChange: tell,
          }),
        ),
      )
      return ok(null)
    },
    stop: (key) => {
      const sender = all.get(keyOf(key))?.sender
      if (!sender || sender.status().end) return fail('notFound', 'No message is repeated here.')
      sender.end({ kind: 'stopped' })
      return ok(null)
    },
    stopAll: () => {
      for (const { sender } of all.values()) sender.end({ kind: 'stopped' })
    },
    remove: ({ connectionId, senderId }) => {
      const key = { connectionId, senderId }
      const told = all.get(keyOf(key))
      if (!told) return fail('notFound', 'Nothing is sent by this plan.')
      told.forget()
      all.delete(keyOf(key))
      onRemoved(key)
      return ok(null)
    },
    sessionChanged: ({ connectionId, state }) => {
      if (state.phase === 'online') return
      const error = 'reason' in state ? state.reason : null
      endThoseOf(connectionId, { kind: 'connectionEnded', error })
    },
    sessionRemoved: (id) => {
      for (const [key, told] of all) {
        if (told.sender.status().connectionId !== id) continue
        told.forget()
        all.delete(key)
      }
    },
    statuses: () => [...all.values()].map(({ sender }) => sender.status()),
    close: () => {
      for (const told of all.values()) told.forget()
      all.clear()
    },
  }
}

const keyOf = ({ connectionId, senderId }: SenderKey): string => `${connectionId} ${senderId}`

const computerClock: SenderClock = {
  now: () => performance.now(),
  after: (milliseconds, act) => {
    const timer = setTimeout(act, Math.ceil(milliseconds))
    return () => clearTimeout(timer)
  },
}

interface Told {
  readonly sender: Sender
  /** Ends it, and nothing more is told of it. */
  forget(): void
}

/** Tells of a sender at its start and its end, and between them and after them once in a while. */
const toldSometimes = (onChange: (status: SenderStatus) => void, start: (tell: () => void) => Sender): Told => {
  let sender: Sender | null = null
  let timer: NodeJS.Timeout | null = null
  let isForgotten = false
  let wasRunning = true
  const tell = () => {
    timer = null
    if (isForgotten || !sender) return
    const status = sender.status()
    wasRunning = status.end === null
    onChange(status)
  }
  const changed = () => {
    if (isForgotten || !sender) return
    const hasEnded = wasRunning && sender.status().end !== null
    if (!hasEnded) {
      timer ??= setTimeout(tell, tellEveryMs)
      return
    }
    if (timer) clearTimeout(timer)
    tell()
  }
  const started = start(changed)
  sender = started
  tell()
  return {
    sender: started,
    forget: () => {
      isForgotten = true
      if (timer) clearTimeout(timer)
      started.end({ kind: 'stopped' })
    },
  }
}
