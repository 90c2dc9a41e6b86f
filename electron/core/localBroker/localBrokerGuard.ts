import type { Aedes } from 'aedes'
import type { Socket } from 'node:net'

/**
 * aedes 2.0.0-beta.1 lets some packets escape as uncaught exceptions or rejections, where they would be errors of the
 * whole application (found by sending it 78,000 broken conversations). What is here keeps them errors of one client.
 */

interface IncomingPacket {
  readonly cmd?: string
  readonly topic?: unknown
  readonly subscriptions?: readonly { readonly topic?: unknown }[]
  readonly unsubscriptions?: readonly unknown[]
}

/** The parts of aedes that its typings leave out. */
interface AedesInside {
  clients: Record<string, unknown>
  persistence: { incomingDelPacket(...parts: unknown[]): Promise<unknown> }
}
interface ClientInside {
  subscriptions: Record<string, unknown>
  duplicates: Record<string, unknown>
  readonly _parser: {
    parse(bytes: Buffer): number
    emit(event: string, ...parts: unknown[]): boolean
  }
}

/** What came over the wire must not find the properties every plain object has. */
const emptyTable = () => Object.create(null) as Record<string, unknown>

const noop = () => undefined

/** Prepares the broker, before its first client. */
export const guardBroker = (aedes: Aedes): void => {
  const inside = aedes as unknown as AedesInside
  inside.clients = emptyTable()
  // A PUBREL that comes twice deletes a packet that is gone; nobody waits for that answer.
  const { persistence } = inside
  const incomingDelPacket = persistence.incomingDelPacket.bind(persistence)
  persistence.incomingDelPacket = (...parts) => incomingDelPacket(...parts).catch(noop)
}

const isUsableName = (name: unknown) => typeof name === 'string' && name !== '__proto__'

/** False for packets whose names aedes would look up although they are missing, or in tables that are plain objects. */
const isHarmless = ({ cmd, topic, subscriptions, unsubscriptions }: IncomingPacket): boolean => {
  if (cmd === 'publish') return isUsableName(topic)
  if (cmd === 'subscribe') return (subscriptions ?? []).every((wanted) => isUsableName(wanted.topic))
  return cmd !== 'unsubscribe' || (unsubscriptions ?? []).every(isUsableName)
}

/** Whatever this client's bytes do to the parser or the broker, only its own socket is closed. */
export const guardClient = (client: object, socket: Socket): void => {
  const inside = client as ClientInside
  inside.subscriptions = emptyTable()
  inside.duplicates = emptyTable()
  const parser = inside._parser
  const parse = parser.parse.bind(parser)
  const emit = parser.emit.bind(parser)
  parser.parse = (bytes) => {
    try {
      return parse(bytes)
    } catch (error) {
      socket.destroy(error instanceof Error ? error : undefined)
      return 0
    }
  }
  parser.emit = (event, ...parts) => {
    if (event !== 'packet' || isHarmless(parts[0] as IncomingPacket)) return emit(event, ...parts)
    socket.destroy()
    return true
  }
}
