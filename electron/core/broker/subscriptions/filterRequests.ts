import type { Qos } from '#shared/model/qos'
import type { ServerLimits } from '#shared/model/session'
import { fail } from '#shared/result'
import { unsubscribeSize } from '../packets/filterPackets'
import {
  createPendingUnsubscribes,
  type PendingUnsubscribes,
  type PendingUnsubscribesOptions,
} from './pendingUnsubscribes'
import { createOneAtATime } from './oneAtATime'
import type { FilterReasonCode, Transport } from '../transport/transport'

/** A SUBSCRIBE or UNSUBSCRIBE that has no answer. */
export interface UnansweredFilter {
  readonly packet: 'SUBSCRIBE' | 'UNSUBSCRIBE'
  readonly filter: string
  readonly qos: Qos | null
  readonly size: number
  /** When it was written, by a monotonic clock. */
  readonly at: number
}

/** §3.2.2.3.6 [MQTT-3.2.2-15]: a larger packet must not be sent, whatever a person wants. */
export const oversize = (size: number, { maximumPacketSize }: ServerLimits) =>
  maximumPacketSize !== null && size > maximumPacketSize ? { size, limit: maximumPacketSize } : null

interface FilterServer {
  readonly isVersion5: boolean
  readonly limits: ServerLimits
}

/** SUBSCRIBE and UNSUBSCRIBE packets, each for one filter, and which of them have no answer. */
export interface FilterRequests {
  readonly pendingUnsubscribes: PendingUnsubscribes
  ask(asked: Omit<UnansweredFilter, 'at'>, send: () => Promise<FilterReasonCode>): Promise<FilterReasonCode>
  /** Answers what the server said; null = nothing, or the UNSUBSCRIBE could not be sent. */
  unsubscribe(opened: Transport, server: FilterServer, filter: string): Promise<FilterReasonCode>
  /** SUBACK or UNSUBACK arrived: it answers the oldest request of its kind, because servers answer in order. */
  noteAnswer(type: 'suback' | 'unsuback'): void
  /** Resolves when a suspect one may be sent. */
  turn(): Promise<void>
  /** Resolves when every request is answered, or takes too long. */
  settled(): Promise<void>
  unanswered(): UnansweredFilter[]
  /** A connection begins. */
  clear(): void
}

export const createFilterRequests = (options: PendingUnsubscribesOptions): FilterRequests => {
  const pendingUnsubscribes = createPendingUnsubscribes(options)
  const turns = createOneAtATime()
  const unanswered = new Map<symbol, UnansweredFilter>()

  const ask = async (asked: Omit<UnansweredFilter, 'at'>, send: () => Promise<FilterReasonCode>) => {
    const key = Symbol(asked.filter)
    unanswered.set(key, { ...asked, at: performance.now() })
    const answer = await turns.follow(send())
    // When the connection ends it stays: the server may have closed because of it.
    if (answer) unanswered.delete(key)
    return answer
  }
  return {
    pendingUnsubscribes,
    ask,
    unsubscribe: async (opened, server, filter) => {
      const size = unsubscribeSize(filter, server.isVersion5)
      const tooLarge = oversize(size, server.limits)
      if (!tooLarge)
        return ask({ packet: 'UNSUBSCRIBE', filter, qos: null, size }, () =>
          pendingUnsubscribes.unsubscribe(opened, filter),
        )
      const { error } = fail('unsubscribeTooLarge', 'UNSUBSCRIBE is too large.', { values: tooLarge })
      pendingUnsubscribes.noteImpossible(filter, error)
      return null
    },
    noteAnswer: (type) => {
      const packet = type === 'suback' ? 'SUBSCRIBE' : 'UNSUBSCRIBE'
      const oldest = [...unanswered].find(([, asked]) => asked.packet === packet)
      if (oldest) unanswered.delete(oldest[0])
    },
    turn: turns.turn,
    settled: turns.settled,
    unanswered: () => [...unanswered.values()],
    clear: () => unanswered.clear(),
  }
}
