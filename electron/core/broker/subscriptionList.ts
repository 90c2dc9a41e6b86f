import type { Qos } from '#shared/model/qos'
import type { ServerLimits } from '#shared/model/session'
import type { Subscription, SubscriptionState, SubscriptionStatus } from '#shared/model/subscription'
import { reasonName } from '#shared/mqtt/reasonCode'
import { parseFilter } from '#shared/mqtt/topicFilter'
import { fail } from '#shared/result'
import type { FilterAnswer, Transport } from './transport'

/** One filter as the server knows it. Several subscriptions may share it; the highest QoS among them is asked for. */
interface SentFilter {
  readonly qos: Qos
  state: SubscriptionState
}

const wantedFilters = (list: readonly Subscription[]): Map<string, Qos> => {
  const wanted = new Map<string, Qos>()
  for (const { filter, qos, enabled } of list) {
    const known = wanted.get(filter)
    if (enabled) wanted.set(filter, known !== undefined && known > qos ? known : qos)
  }
  return wanted
}

const inactive: SubscriptionState = { phase: 'inactive' }

const stateAfter = (answer: FilterAnswer, isVersion5: boolean): SubscriptionState => {
  if (!answer) return inactive
  const { reasonCode, reasonString } = answer
  if (reasonCode === 0 || reasonCode === 1 || reasonCode === 2) return { phase: 'granted', qos: reasonCode }
  const name = reasonName(isVersion5 ? 'suback' : 'suback3', reasonCode)
  const reason = reasonString ? `${name} "${reasonString}"` : name
  return { phase: 'refused', error: fail('subscribeRefused', reason, { reasonCode, values: { reason } }).error }
}

/**
 * MQTT 5 §3.2.2.3.11 and .13: such a filter would make the server end the connection, so it is refused here, with the
 * code the server would have given.
 */
const refusalBefore = (filter: string, limits: ServerLimits): FilterAnswer => {
  const { shareName, levels } = parseFilter(filter)
  const hasWildcard = levels.some((level) => level === '#' || level === '+')
  if (shareName !== null && !limits.sharedSubscriptionAvailable) return { reasonCode: 0x9e, reasonString: null }
  if (hasWildcard && !limits.wildcardSubscriptionAvailable) return { reasonCode: 0xa2, reasonString: null }
  return null
}

export interface SubscriptionServer {
  readonly sessionPresent: boolean
  readonly isVersion5: boolean
  readonly limits: ServerLimits
}

/**
 * The filters a connection wants, and where each stands with the server. The session's list is the truth: it is sent
 * whole on every connect, and a change sends the difference. Each filter goes in a packet of its own, so that one the
 * server refuses does not stand in another's way.
 */
export const createSubscriptionList = ({ onChange }: { readonly onChange: () => void }) => {
  let list: readonly Subscription[] = []
  let transport: Transport | null = null
  let server: SubscriptionServer | null = null
  const sent = new Map<string, SentFilter>()
  /** Filters the server may still hold for a session that outlives the connection. */
  const known = new Set<string>()
  /** Numbers for the filters, so that a message can say which brought it (MQTT 5 §3.8.2.1.2). */
  const identifiers = new Map<string, number>()
  /** Filters on their way out: UNSUBSCRIBE was sent, UNSUBACK has not come. */
  const leaving = new Set<string>()

  const identifierOf = (filter: string): number | null => {
    if (!server?.isVersion5 || !server.limits.subscriptionIdentifiersAvailable) return null
    const identifier = identifiers.get(filter) ?? identifiers.size + 1
    identifiers.set(filter, identifier)
    return identifier
  }

  const subscribe = async (opened: Transport, filter: string, qos: Qos): Promise<void> => {
    const entry: SentFilter = { qos, state: { phase: 'requested' } }
    sent.set(filter, entry)
    const refusal = server ? refusalBefore(filter, server.limits) : null
    if (!refusal) known.add(filter)
    const answer = refusal ?? (await opened.subscribe({ filter, qos, identifier: identifierOf(filter) }))
    // Meanwhile it was sent with another QoS, or taken back, or the connection is another one.
    if (sent.get(filter) !== entry || transport !== opened) return
    entry.state = stateAfter(answer, server?.isVersion5 === true)
    onChange()
  }

  const unsubscribe = async (opened: Transport, filter: string): Promise<void> => {
    sent.delete(filter)
    known.delete(filter)
    leaving.add(filter)
    if (await opened.unsubscribe(filter)) leaving.delete(filter)
  }

  const sendDifference = () => {
    const opened = transport
    if (!opened) return
    const wanted = wantedFilters(list)
    for (const filter of [...known]) if (!wanted.has(filter)) void unsubscribe(opened, filter)
    for (const filter of [...sent.keys()]) if (!wanted.has(filter)) sent.delete(filter)
    for (const [filter, qos] of wanted) if (sent.get(filter)?.qos !== qos) void subscribe(opened, filter, qos)
  }

  return {
    apply: (wanted: readonly Subscription[]) => {
      list = wanted
      sendDifference()
    },
    begin: (opened: Transport, found: SubscriptionServer) => {
      transport = opened
      server = found
      if (!found.sessionPresent) known.clear()
      sendDifference()
    },
    end: () => {
      transport = null
      sent.clear()
      for (const filter of leaving) known.add(filter)
      leaving.clear()
    },
    /** Whether messages may come in copies that say which filter each is for: two filters or more have been numbered. */
    mayOverlap: () => identifiers.size > 1,
    /** Filters the server does not take: no message comes for them. */
    refused: (): string[] => [...sent].flatMap(([filter, { state }]) => (state.phase === 'refused' ? [filter] : [])),
    statuses: (): SubscriptionStatus[] =>
      list.map((subscription) => ({
        subscription,
        state: subscription.enabled ? (sent.get(subscription.filter)?.state ?? inactive) : inactive,
      })),
  }
}
