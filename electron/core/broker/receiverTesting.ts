import { createDelivery } from './delivery/delivery'
import type { ConnectionInbox } from './inbox/connectionInbox'
import { createServerAnswers } from './mqttJs/serverAnswers'
import { createServerPackets, type ServerPackets, type ServerPacketsParts } from './mqttJs/serverPackets'
import type { Receiver } from './transport/transport'

/** For tests: what a session without subscription identifiers does with messages. */
export const plainReceiver = (inbox: ConnectionInbox): Receiver => {
  const server = { filterOf: () => undefined, bringsAll: () => true, isSettled: () => true }
  const delivery = createDelivery({ matching: inbox.matching, ...server })
  const { redeliveries } = delivery
  return {
    topics: inbox.topics,
    receive: (message) => void inbox.add(message, delivery.judge(message)),
    skip: (skipped, time) => {
      const { topic, bytes, cause } = skipped
      if (redeliveries.isRedelivery(skipped)) inbox.countRedelivery()
      else inbox.skip({ time, topic, bytes, cause })
    },
    control: (packet) => {
      if (packet.type === 'pubrel') redeliveries.release(packet.packetId)
    },
    countBytes: inbox.countBytes,
  }
}

interface GivenPackets extends Partial<ServerPacketsParts> {
  /** Protocol Level; default: 5. */
  readonly level?: 3 | 4 | 5
}

/** For tests: the packets of a server to which CONNECT was sent. */
export const packetsFrom = (receiver: Receiver, { level = 5, ...given }: GivenPackets = {}): ServerPackets =>
  createServerPackets({
    receiver,
    maximumPacketSize: 2 ** 28,
    isLenient: false,
    authenticator: null,
    options: {
      protocolVersion: level,
      protocolId: 'MQTT',
      clientId: 'test',
      clean: true,
      keepalive: 60,
    },
    clock: {
      wall: () => 17e11,
      shiftOf: () => 0,
    },
    answers: createServerAnswers(() => undefined),
    toMqttJs: () => undefined,
    trace: null,
    ...given,
  })

/** For tests: the packets of a server that has accepted. */
export const acceptedPackets = (receiver: Receiver, given: GivenPackets = {}): ServerPackets => {
  const packets = packetsFrom(receiver, given)
  packets.read(Buffer.from(given.level === 4 ? [0x20, 2, 0, 0] : [0x20, 3, 0, 0, 0]))
  packets.goOn()
  return packets
}
