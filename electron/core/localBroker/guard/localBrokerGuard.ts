// Why it is so: build/docs/decisions/80-aedes-runs-behind-a-guard.md
import type { Aedes, PublishPacket } from 'aedes'
import type { Socket } from 'node:net'
import type { LocalBrokerRefusal } from '#shared/model/localBroker'
import { deliverOnce, type DeliveringClient } from './localBrokerDelivery'
import { createGate, type Gate, type IncomingPacket } from './localBrokerGate'
import { bytesOfMessage, type Ledger, type LedgerAccount } from '../localBrokerLedger'
import type { LocalBrokerLimits } from '../localBrokerLimits'
import type { LocalBrokerStore } from '../store/localBrokerStore'
import { createSubscriptionTable } from './localBrokerTable'

/**
 * aedes 2.0.0-beta.1 lets some packets escape as uncaught exceptions or rejections, where they would be errors of the
 * whole application (found by sending it 78,000 broken conversations), and takes whatever it is sent. What is here
 * keeps errors those of one client, and everything within the limits.
 */

/** The parts of aedes that its typings leave out. */
interface AedesInside {
  clients: Record<string, unknown>
  connectedClients: number
  publish(packet: PublishPacket, ...others: readonly unknown[]): void
}
interface ClientInside extends DeliveringClient {
  subscriptions: object
  duplicates: object
  readonly _parser: {
    /** Bytes of a packet that has not come whole. */
    readonly _list?: { readonly length: number }
    parse(bytes: Buffer): number
    emit(event: string, ...parts: unknown[]): boolean
  }
  once(event: 'connected', listener: () => void): void
}

export interface GuardParts {
  readonly aedes: Aedes
  readonly store: LocalBrokerStore
  readonly ledger: Ledger
  readonly limits: LocalBrokerLimits
  readonly onRefused: (kind: LocalBrokerRefusal) => void
}

/** Room that is kept for messages on their way through aedes. */
const reservations = new WeakMap<object, () => void>()

/** Prepares the broker, before its first client: a message is on the ledger until the last client has it. */
export const guardBroker = ({ aedes, ledger }: Pick<GuardParts, 'aedes' | 'ledger'>): void => {
  const inside = aedes as unknown as AedesInside
  inside.clients = emptyTable()
  const publish = inside.publish.bind(aedes)
  const account = ledger.open()
  inside.publish = (packet, ...others) => {
    const bytes = bytesOfMessage(packet)
    const isNoted = account.take(bytes)
    const done = others.find(isCallback)
    // aedes keeps a retained message at once.
    releaseRoom(packet)
    const client = others.find((part) => !isCallback(part)) ?? null
    publish(packet, client, (...answer: unknown[]) => {
      if (isNoted) account.give(bytes)
      done?.(...answer)
    })
  }
}

/**
 * Packets that came before the CONNACK went out: a client need not wait for it (§3.1.4), and they are judged behind it.
 */
const createWaitingPackets = (account: LedgerAccount, limit: number) => {
  const packets: IncomingPacket[] = []
  const bytesOf = (packet: IncomingPacket) => bytesOfMessage({ ...(packet.payload && { payload: packet.payload }) })
  return {
    /** False = there is no room. */
    add: (packet: IncomingPacket): boolean =>
      packets.length < limit && account.take(bytesOf(packet)) && packets.push(packet) > 0,
    take: (): IncomingPacket[] => {
      const taken = packets.splice(0)
      for (const packet of taken) account.give(bytesOf(packet))
      return taken
    },
  }
}

/** Notes on the ledger what a parser holds of a packet that has not come whole; false = there is no room. */
const createPartialNote = (account: LedgerAccount, parser: ClientInside['_parser']) => {
  let noted = 0
  return (): boolean => {
    const held = parser._list?.length ?? 0
    if (held > noted && !account.take(held - noted)) return false
    if (held < noted) account.give(noted - held)
    noted = held
    return true
  }
}

interface ParserParts {
  readonly client: ClientInside
  readonly socket: Socket
  readonly gate: Gate
  readonly account: LedgerAccount
}

/** So many packets may wait for the CONNACK. */
const waitingPackets = 1_000

const guardParser = ({ client, socket, gate, account }: ParserParts): void => {
  const parser = client._parser
  const parse = parser.parse.bind(parser)
  const emit = parser.emit.bind(parser)
  const waiting = createWaitingPackets(account, waitingPackets)
  const notePartial = createPartialNote(account, parser)
  let sentConnect = false

  const pass = (packet: IncomingPacket): boolean => {
    if (gate.hasEnded() || !gate.judge(packet)) return true
    return emit('packet', packet)
  }
  client.once('connected', () => {
    for (const packet of waiting.take()) pass(packet)
  })
  const hold = (packet: IncomingPacket): boolean => {
    if (!waiting.add(packet)) gate.refuse('memory')
    return true
  }
  parser.parse = (bytes) => {
    if (gate.hasEnded()) return 0
    try {
      const rest = parse(bytes)
      if (!gate.hasEnded() && !notePartial()) gate.refuse('memory')
      return rest
    } catch (error) {
      socket.destroy(error instanceof Error ? error : undefined)
      return 0
    }
  }
  parser.emit = (event, ...parts) => {
    if (event !== 'packet') return emit(event, ...parts)
    const packet = parts[0] as IncomingPacket
    if (gate.hasEnded()) return true
    if (sentConnect && !client.connected && !client.closed) return hold(packet)
    sentConnect ||= packet.cmd === 'connect'
    return pass(packet)
  }
}

/** Errors that a client's bytes cause in the parser or the broker close only its own socket. */
export const guardClient = (given: object, socket: Socket, parts: GuardParts): void => {
  const client = given as ClientInside
  const { aedes, store, ledger, limits, onRefused } = parts
  const inside = aedes as unknown as AedesInside
  const account = ledger.open()
  const subscriptions = createSubscriptionTable(account)
  client.subscriptions = subscriptions.table
  client.duplicates = emptyTable()
  const reserved = new Set<object>()
  socket.once('close', () => {
    account.close()
    reserved.forEach(releaseRoom)
    store.incoming.expectNothing(client.id)
  })
  const gate = createGate({
    client,
    socket,
    subscriptions,
    store,
    ledger,
    limits,
    onRefused,
    connectedClients: () => inside.connectedClients,
    isConnected: (clientId) => inside.clients[clientId] !== undefined,
    onReserved: (packet, release) => {
      reserved.add(packet)
      reservations.set(packet, () => {
        reserved.delete(packet)
        release()
      })
    },
  })
  deliverOnce({ client, socket, subscriptions, store })
  guardParser({ client, socket, gate, account })
}

/** Without a prototype, so that names from the wire do not find the properties of every object. */
const emptyTable = () => Object.create(null) as Record<string, unknown>

const isCallback = (part: unknown): part is (...parts: unknown[]) => void => typeof part === 'function'

const releaseRoom = (packet: object): void => {
  reservations.get(packet)?.()
  reservations.delete(packet)
}
