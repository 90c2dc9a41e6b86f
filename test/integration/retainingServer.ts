import type { Packet } from 'mqtt-packet'
import { filterMatches } from '../../shared/mqtt/topicFilter'
import { politely, startFakeServer, type FakeConnection } from './sessionFakeServer'

/** Whether the server passes a packet over in silence. */
export type Ignores = (packet: Packet, connection: FakeConnection) => boolean

/** A fake server that keeps what is retained, applies No Local to it as EMQX does, and does as `ignores` says. */
export const startRetainingServer = async (topics: readonly string[], ignores: Ignores = () => false) => {
  const kept = new Map(topics.map((topic) => [topic, 'v']))
  const keptFrom = new Map<string, FakeConnection>()
  const polite = politely((packet, connection) => {
    if (packet.cmd === 'publish') {
      keptFrom.set(packet.topic, connection)
      if (packet.payload.length > 0) kept.set(packet.topic, packet.payload.toString())
      else kept.delete(packet.topic)
    }
    const [asked] = packet.cmd === 'subscribe' ? packet.subscriptions : []
    if (!asked) return
    const isOwn = (topic: string) => asked.nl === true && keptFrom.get(topic) === connection
    for (const [topic, payload] of kept)
      if (filterMatches(asked.topic, topic) && !isOwn(topic))
        connection.send({ cmd: 'publish', topic, payload, qos: 0, retain: true, dup: false })
  })
  const server = await startFakeServer((packet, connection) => {
    if (!ignores(packet, connection)) polite(packet, connection)
  })
  return { ...server, kept }
}
