import type { IClientOptions } from 'mqtt'
import type { ConnectOptions } from '../connecting/clientOptions'
import type { PacketIds } from '../transport/packetIds'

/** The timeout of mqtt.js for CONNACK is not used: ours includes DNS, TCP and TLS. At 0 its timer would overflow. */
const never = 2 ** 31 - 1

/**
 * What mqtt.js is made with: a fresh object each time, because it writes its defaults into what it is given. Its CONNECT is
 * never sent (`encodeConnect` writes ours), so it gets nothing but what its handshakes need to know, and no secrets.
 */
export const mqttJsOptions = (
  { protocolVersion, protocolId, keepalive }: ConnectOptions,
  packetIds: PacketIds,
): IClientOptions => ({
  protocolVersion,
  protocolId,
  keepalive,
  clientId: '-',
  clean: true,
  manualConnect: true,
  reconnectPeriod: 0,
  connectTimeout: never,
  resubscribe: false,
  queueQoSZero: false,
  messageIdProvider: messageIdProvider(packetIds),
  log: () => undefined,
})

/** Our packet identifiers under the names mqtt.js calls. It clears them when a connection begins. */
const messageIdProvider = (packetIds: PacketIds): NonNullable<IClientOptions['messageIdProvider']> => ({
  allocate: packetIds.allocate,
  getLastAllocated: packetIds.latest,
  register: packetIds.take,
  deallocate: packetIds.free,
  clear: packetIds.freeAllButKept,
})
