import type { IClientOptions } from 'mqtt'
import type { ConnectOptions } from '../connecting/clientOptions'
import type { PacketIds } from '../transport/packetIds'
import { placeholderId, withoutClientId, withoutUsername } from './connectPacket'

/** The timeout of mqtt.js for CONNACK is not used: ours includes DNS, TCP and TLS. At 0 its timer would overflow. */
const never = 2 ** 31 - 1

/** What mqtt.js is made with: a fresh object each time, because it writes its defaults into what it is given. */
export const mqttJsOptions = (options: ConnectOptions, packetIds: PacketIds): IClientOptions => {
  const { will, properties, ...rest } = options
  return {
    ...rest,
    clientId: hidesId(options) ? placeholderId : options.clientId,
    ...(isPasswordAlone(options) && { username: '' }),
    ...(will && { will: { ...will } }),
    ...(properties && { properties: { ...properties } }),
    manualConnect: true,
    reconnectPeriod: 0,
    connectTimeout: never,
    resubscribe: false,
    queueQoSZero: false,
    messageIdProvider: messageIdProvider(packetIds),
    log: () => undefined,
  }
}

/** Removes from the CONNECT of mqtt.js the placeholders without which mqtt.js would not have written it. */
export const connectReviser =
  (options: ConnectOptions) =>
  (given: Buffer): Buffer => {
    const { password } = options
    const connect = hidesId(options) ? withoutClientId(given) : given
    return password && isPasswordAlone(options) ? withoutUsername(connect, password.length) : connect
  }

/**
 * mqtt.js refuses an empty client id with MQTT 3.1 or without a clean start. It is sent all the same, because the
 * server decides whether it takes it.
 */
const hidesId = ({ clientId, clean, protocolVersion }: ConnectOptions): boolean =>
  clientId === '' && (!clean || protocolVersion === 3)

/** MQTT 5 allows a password without a user name (§3.1.2.9), mqtt.js does not: it gets an empty name, removed later. */
const isPasswordAlone = ({ protocolVersion, username, password }: ConnectOptions): boolean =>
  protocolVersion === 5 && username === undefined && password !== undefined

/** Our packet identifiers under the names mqtt.js calls. It clears them when a connection begins. */
const messageIdProvider = (packetIds: PacketIds): NonNullable<IClientOptions['messageIdProvider']> => ({
  allocate: packetIds.allocate,
  getLastAllocated: packetIds.latest,
  register: packetIds.take,
  deallocate: packetIds.free,
  clear: packetIds.freeAllButKept,
})
