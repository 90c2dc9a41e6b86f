import type { RecordedMessage } from '#shared/recording/recordedMessage'

/** A message comes back soon, or it is no echo. */
const longestWay = 10_000_000_000n
/** What a client sent and has not come back. */
const mostSent = 10_000

/**
 * Tells what came back of what the client sent itself, because it subscribes to it: the same topic and payload, received within ten
 * seconds on the same connection, once for each that was sent.
 */
export const createEchoes = (): ((message: RecordedMessage) => boolean) => {
  const sent = new Map<string, RecordedMessage[]>()
  let count = 0
  const keyOf = ({ connection, topic, payload }: RecordedMessage) => `${connection ?? ''}\n${topic}\n${payload.length}`
  const note = (message: RecordedMessage) => {
    const key = keyOf(message)
    const same = sent.get(key)
    if (same) same.push(message)
    else sent.set(key, [message])
    count += 1
    for (const [oldest, { length }] of sent) {
      if (count <= mostSent) break
      sent.delete(oldest)
      count -= length
    }
  }
  return (message) => {
    if (message.direction === 'out') note(message)
    if (message.direction !== 'in') return false
    const key = keyOf(message)
    const waiting = sent.get(key) ?? []
    const at = waiting.findIndex((one) => isSoon(one, message) && isSamePayload(one, message))
    if (at < 0) return false
    waiting.splice(at, 1)
    count -= 1
    if (waiting.length === 0) sent.delete(key)
    return true
  }
}

/** Of the same length. */
const isSamePayload = ({ payload }: RecordedMessage, other: RecordedMessage): boolean =>
  payload.every((byte, index) => byte === other.payload[index])

const isSoon = (sent: RecordedMessage, received: RecordedMessage): boolean =>
  sent.time === null || received.time === null || received.time - sent.time <= longestWay
