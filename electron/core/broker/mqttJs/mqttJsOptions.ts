import type { IClientOptions } from 'mqtt'
import type { ConnectOptions } from '../connecting/clientOptions'
import type { PacketIds } from '../transport/packetIds'
import { placeholderId, withoutClientId, withoutUsername } from './connectPacket'

/** mqtt.js' own clock for CONNACK would overflow at 0; ours runs from the first look-up of the name. */
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

/** Takes out of the CONNECT of mqtt.js what only stood there because it would not have written one without. */
export const connectReviser =
  (options: ConnectOptions) =>
  (given: Buffer): Buffer => {
    const { password } = options
    const connect = hidesId(options) ? withoutClientId(given) : given
    return password && isPasswordAlone(options) ? withoutUsername(connect, password.length) : connect
  }

/** 3.1 has no empty client ids, and later versions have them with a clean start; whether a server minds is its matter. */
const hidesId = ({ clientId, clean, protocolVersion }: ConnectOptions): boolean =>
  clientId === '' && (!clean || protocolVersion === 3)

/** MQTT 5 allows a password alone (§3.1.2.9), mqtt.js does not: it is given an empty name, which is taken out again. */
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
