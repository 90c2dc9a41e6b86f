import type { StampPlace } from '#shared/model/meter'
import type { MadeMessage } from '#shared/model/publish'
import { longestStamp, readStamp, stampText, type Stamp } from '#shared/model/stamp'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import { maximumTopicBytes, utf8Length } from '#shared/mqtt/topicFilter'
import { fail, ok, type Result } from '#shared/result'
import type { WireMessage } from '../broker/message/wireMessage'

/** The message with its stamp. Fails with `stampNeedsObject` and `topicInvalid` where there is no place for it. */
export const withStamp = (message: MadeMessage, stamp: Stamp, place: StampPlace): Result<MadeMessage> => {
  const text = stampText(stamp)
  switch (place.carrier) {
    case 'payload':
      return ok({ ...message, payload: Buffer.concat([Buffer.from(text), message.payload]) })
    case 'jsonField':
      return inJsonField(message, text, place.name)
    case 'userProperty':
      return ok({ ...message, properties: withProperty(message.properties, [place.name, text]) })
    case 'topicLevel': {
      const topic = `${message.topic}/${text}`
      if (utf8Length(topic) > maximumTopicBytes) return fail('topicInvalid', 'The topic has no room for a stamp.')
      return ok({ ...message, topic })
    }
  }
}

const withProperty = (
  properties: MadeMessage['properties'],
  property: [string, string],
): MadeMessage['properties'] => ({
  ...properties,
  userProperties: [...(properties.userProperties ?? []), property],
})

/** As its first field; the rest of the payload stays as it is, byte for byte. */
const inJsonField = (message: MadeMessage, text: string, name: string): Result<MadeMessage> => {
  const payload = Buffer.from(message.payload)
  const found = /^\s*\{\s*(.)/su.exec(payload.subarray(0, mostSpace).toString('latin1'))
  if (!found)
    return fail('stampNeedsObject', 'The payload is no JSON object.', { field: 'plan.source.message.payload' })
  const field = `{${JSON.stringify(name)}:"${text}"${found[1] === '}' ? '' : ','}`
  const rest = payload.subarray(found[0].length - 1)
  return ok({ ...message, payload: Buffer.concat([Buffer.from(field), rest]) })
}

/** So much white space may stand in front of the first field. */
const mostSpace = 1_024

/** How to read the stamps of one place. */
export const createStampReader = (place: StampPlace): ((message: WireMessage) => Stamp | null) => {
  switch (place.carrier) {
    case 'payload':
      return ({ source, payloadStart, end }) =>
        readStamp(source.toString('latin1', payloadStart, Math.min(end, payloadStart + longestStamp)))
    case 'jsonField':
      return fieldReader(place.name)
    case 'userProperty':
      return (message) => readStamp(propertyOf(message, place.name))
    case 'topicLevel':
      return ({ topic }) => readStamp(topic.text.slice(topic.text.lastIndexOf('/') + 1))
  }
}

/** So much of a payload is looked through for its field. */
const mostSearched = 64 * 2 ** 10

const fieldReader = (name: string) => {
  // As Latin-1, in which every byte is a character: a stamp has only such of ASCII.
  const key = Buffer.from(JSON.stringify(name)).toString('latin1')
  const field = new RegExp(`${key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*:\\s*"(ts1:[^"]*)"`)
  return ({ source, payloadStart, end }: WireMessage): Stamp | null => {
    const text = source.toString('latin1', payloadStart, Math.min(end, payloadStart + mostSearched))
    return readStamp(field.exec(text)?.[1] ?? '')
  }
}

const propertyOf = ({ source, start, payloadStart }: WireMessage, name: string): string => {
  if (payloadStart === start) return ''
  const { userProperties = [] } = decodePublishProperties(source.subarray(start, payloadStart)) ?? {}
  return userProperties.findLast(([one]) => one === name)?.[1] ?? ''
}

/** The topic of a message without the level that its stamp made. */
export const topicWithoutStamp = (topic: string, { carrier }: StampPlace): string =>
  carrier === 'topicLevel' ? topic.slice(0, Math.max(0, topic.lastIndexOf('/'))) : topic
