import { encodeUtf8 } from '#shared/mqtt/utf8'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'

/** For tests: a message as the log shows it. */
export const messageOf = (payload: Uint8Array | string, change: Partial<MessageView> = {}): MessageView => {
  const bytes = typeof payload === 'string' ? encodeUtf8(payload) : payload
  return {
    sequence: 7,
    time: Date.UTC(2026, 10, 30, 12, 0, 0, 5),
    arrivedAt: 0,
    topic: 'plant/a',
    qos: 1,
    retain: true,
    dup: false,
    repeat: false,
    copy: false,
    stored: false,
    outgoing: false,
    packetId: 1,
    payload: bytes,
    payloadBytes: bytes.length,
    properties: new Uint8Array(),
    subscriptionIds: [],
    delivery: null,
    ...change,
  }
}
