import { SaxesParser } from 'saxes'
import { parseBase64 } from '#shared/mqtt/payloadText'
import { decodeUtf8, encodeUtf8 } from '#shared/mqtt/utf8'
import { itemOf, messageOf, Refusal, type RecordedMessage } from '../recordedMessage'
import { readUnixTime } from '../recordedTime'
import { linesOf } from '../recordingLines'
import type { RecordingReader } from '../recordingReader'

/**
 * mqtt-spy's log: an element `MqttMessage` a message, its payload as text, CDATA or (`encoded`) Base64, the time in milliseconds.
 * A payload with line feeds goes over several lines.
 */
export const mqttSpyReader: RecordingReader = {
  name: 'mqtt-spy',
  isFor: ({ lines }) => lines.some((line) => line.trimStart().startsWith('<MqttMessage')),
  *read(pieces) {
    let started: { readonly number: number; text: string } | null = null
    for (const { number, bytes: line, isTooLong } of linesOf(pieces)) {
      if (isTooLong) {
        started = null
        yield { kind: 'refused', place: { unit: 'line', number }, reason: 'tooLong' }
        continue
      }
      const text = decodeUtf8(line)
      if (started) started.text += `\n${text}`
      else if (text.trim() === '') continue
      else started = { number, text }
      if (!isWhole(started.text)) continue
      const { number: first, text: whole } = started
      started = null
      yield itemOf({ unit: 'line', number: first }, () => ({ message: readElement(whole) }))
    }
    if (started) yield { kind: 'refused', place: { unit: 'line', number: started.number }, reason: 'cutShort' }
  },
}

/** Lines of other programs between them are a message of their own, which is refused. */
const isWhole = (text: string): boolean =>
  !text.trimStart().startsWith('<MqttMessage') || /(?:<\/MqttMessage>|\/>)\s*$/.test(text)

const readElement = (source: string): RecordedMessage => {
  const parser = new SaxesParser({ xmlns: false })
  const found = new Map<string, string>()
  let isOpen = false
  let content = ''
  parser.on('opentag', ({ name, attributes }) => {
    if (isOpen || name !== 'MqttMessage') throw new Refusal('notXml', name)
    isOpen = true
    for (const [key, value] of Object.entries(attributes)) found.set(key, value)
  })
  parser.on('text', (text) => (content += text))
  parser.on('cdata', (text) => (content += text))
  parser.on('error', () => {
    throw new Refusal('notXml')
  })
  parser.write(source.trim()).close()
  const topic = found.get('topic')
  if (topic === undefined) throw new Refusal('noMessage', 'topic')
  const time = readUnixTime(found.get('timestamp') ?? '', 'ms')
  if (time === null) throw new Refusal('badTime', found.get('timestamp'))
  return messageOf({
    time,
    topic,
    payload: found.get('encoded') === 'true' ? bytesOf(content) : encodeUtf8(content),
    qos: Number(found.get('qos') ?? 0),
    retain: found.get('retained') === 'true',
  })
}

const bytesOf = (text: string): Uint8Array => {
  const parsed = parseBase64(text)
  if (!parsed.ok) throw new Refusal('badPayload', 'Base64')
  return parsed.bytes
}
