import { hexDigits } from '#shared/mqtt/payloadText'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { readPacketId } from './readAcknowledgement'
import { broken, type FieldReader } from './fieldReader'
import { readProperties, type PropertyValues } from './readProperties'

const topicAlias = 0x23
const payloadFormat = 0x01

/** MQTT 5 §3.3. */
export const readPublish = (reader: FieldReader, qos: number): void => {
  const { context } = reader
  const { bytes, version } = context
  const topic = reader.text('mqtt.topic_len', (name) => ({
    field: 'mqtt.topic',
    term: 'topicName',
    problems: /[+#]/.test(name) ? broken(context, 'topicWildcard') : [],
  }))
  const topicAt = reader.fields.length - 1
  if (qos > 0) readPacketId(reader)
  const properties: PropertyValues = version === '5' ? readProperties(reader, 'PUBLISH') : new Map()
  if (topic === '' && !properties.has(topicAlias)) {
    const field = reader.fields[topicAt]
    if (field) reader.fields[topicAt] = { ...field, problems: [...field.problems, ...broken(context, 'topicEmpty')] }
  }
  const payload = bytes.subarray(reader.at(), reader.at() + reader.left())
  if (reader.isBroken()) return
  const isText = isUtf8(payload)
  const isSaidText = properties.get(payloadFormat) === 1
  reader.rest({
    field: 'mqtt.msg',
    term: 'payload',
    value: hexDigits(payload),
    text: isText ? decodeUtf8(payload.subarray(0, shownBytes)) : hexDigits(payload.subarray(0, shownBytes)),
    problems: isSaidText && !isText ? broken(context, 'payloadNotUtf8') : [],
  })
}

/** A row has room for no more of it. */
const shownBytes = 500
