import { memberOf, readJsonTree } from '#shared/json/jsonTree'
import { topicNameProblem } from '#shared/mqtt/topicFilter'
import { decodeUtf8, encodeUtf8 } from '#shared/mqtt/utf8'
import { countAt, flagAt, qosAt, topicAt } from '../jsonMembers'
import { itemOf, messageOf, Refusal } from '../recordedMessage'
import { linesOf } from '../recordingLines'
import type { RecordingReader } from '../recordingReader'

/**
 * `mosquitto_sub -v`: topic, a blank, payload. A topic with a blank, a payload with a line feed and the text `(null)` cannot be told
 * from others there, so what stands in a line is said to be ambiguous where it may be.
 */
export const mosquittoVerboseReader: RecordingReader = {
  name: 'mosquitto-v',
  isFor: ({ text }) => {
    const [first = '', ...rest] = text.split('\n').slice(0, -1)
    // A payload may go on over further lines.
    return hasTopic(first) && rest.filter(hasTopic).length >= rest.length / 2
  },
  *read(pieces) {
    for (const { number, bytes: line, isTooLong } of linesOf(pieces)) {
      yield itemOf({ unit: 'line', number }, () => {
        if (isTooLong) throw new Refusal('tooLong')
        const blank = line.indexOf(0x20)
        if (blank <= 0) throw new Refusal('noMessage')
        const written = line.subarray(blank + 1)
        const isEmpty = decodeUtf8(written.subarray(0, 7)) === '(null)' && written.length === 6
        const message = messageOf({
          topic: decodeUtf8(line.subarray(0, blank)),
          payload: isEmpty ? new Uint8Array(0) : written,
          qos: 0,
        })
        return { message, notes: written.includes(0x20) ? ['ambiguous', 'noTime'] : ['noTime'] }
      })
    }
  },
}

/** LazyMQTT: a line of JSON a message, with the milliseconds since the start. Payloads are texts; its empty lines mean nothing. */
export const lazyMqttReader: RecordingReader = {
  name: 'lazymqtt',
  isFor: ({ lines }) => lines.some((line) => line.startsWith('{') && /"offset_ms"\s*:/.test(line)),
  *read(pieces) {
    for (const { number, bytes: line, isTooLong } of linesOf(pieces)) {
      if (!isTooLong && decodeUtf8(line).trim() === '') continue
      yield itemOf({ unit: 'line', number }, () => {
        if (isTooLong) throw new Refusal('tooLong')
        const tree = readJsonTree(decodeUtf8(line))
        if (!tree.ok || tree.root.kind !== 'map') throw new Refusal('notJson')
        const { root } = tree
        const offset = countAt(root, 'offset_ms')
        if (offset === null) throw new Refusal('badTime')
        const payload = memberOf(root, 'payload')
        if (payload?.kind !== 'text') throw new Refusal('noPayload')
        const message = messageOf({
          // From the start, which is not written down: 1970 stands for it.
          time: BigInt(offset) * 1_000_000n,
          topic: topicAt(root),
          payload: encodeUtf8(payload.text),
          qos: qosAt(root),
          retain: flagAt(root, 'retain'),
        })
        return { message, notes: payload.text.includes('\ufffd') ? ['lossy'] : [] }
      })
    }
  },
}

const hasTopic = (line: string): boolean => {
  const topic = line.slice(0, Math.max(line.indexOf(' '), 0))
  return topic.includes('/') && topicNameProblem(topic) === null
}
