import { correlationText } from '#shared/model/composedBytes'
import type { UserProperties } from '#shared/model/fieldSchemas'
import { topicNameProblem } from '#shared/mqtt/topicFilter'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import type { ReadSettings } from './connectionReading'
import type { MosquittoArgument } from './mosquittoArguments'
import type { Drop } from './mosquittoSaid'

/** The packet that a property belongs to, as `-D PACKET name value` says it. */
export const packetOf = ({ words: [packet = ''] }: Pick<MosquittoArgument, 'words'>): string => packet.toLowerCase()

const nameOf = ({ words: [, name = ''] }: MosquittoArgument): string => name.toLowerCase()

/** What one property says by its value; null = its value is none. */
type Reader = (value: string) => ReadSettings | null

const whole =
  (lowest: number, highest: number, settings: (value: number) => ReadSettings): Reader =>
  (text) => {
    const number = /^\d{1,10}$/.test(text) ? Number(text) : -1
    return number >= lowest && number <= highest ? settings(number) : null
  }

const longest = 4_294_967_295

/** Beside the session expiry (MQTT 5 §3.1.2.11), as libmosquitto names them. */
const ofConnect: Readonly<Record<string, Reader>> = {
  'receive-maximum': whole(1, 65_535, (value) => ({ 'connectProperties.receiveMaximum': value })),
  'maximum-packet-size': whole(1, longest, (value) => ({ 'connectProperties.maximumPacketSize': value })),
  'topic-alias-maximum': whole(0, 65_535, (value) => ({ 'connectProperties.topicAliasMaximum': value })),
  'request-response-information': whole(0, 1, (value) => ({
    'connectProperties.requestResponseInformation': value === 1,
  })),
  'request-problem-information': whole(0, 1, (value) => ({
    'connectProperties.requestProblemInformation': value === 1,
  })),
}

/** MQTT 5 §3.1.3.2. */
const ofWill: Readonly<Record<string, Reader>> = {
  'will-delay-interval': whole(0, longest, (value) => ({ 'will.delaySeconds': value })),
  'message-expiry-interval': whole(0, longest, (value) => ({ 'will.expirySeconds': value })),
  'payload-format-indicator': whole(0, 1, (value) => ({ 'will.payloadIndicator': value === 1 ? '1' : '0' })),
  'content-type': (value) => ({ 'will.contentType': value }),
  'response-topic': (value) => (topicNameProblem(value) ? null : { 'will.responseTopic': value }),
  'correlation-data': (value) => ({ 'will.correlationData': correlationText(encodeUtf8(value)) }),
}

interface Kind {
  readonly readers: Readonly<Record<string, Reader>>
  readonly userProperties: 'connectProperties.userProperties' | 'will.userProperties'
}

const kinds: Readonly<Record<string, Kind>> = {
  connect: { readers: ofConnect, userProperties: 'connectProperties.userProperties' },
  will: { readers: ofWill, userProperties: 'will.userProperties' },
}

export interface PropertyParts {
  readonly isVersion5: boolean
  readonly hasWill: boolean
  readonly drop: Drop
}

/** What the properties of CONNECT and of the will say, of each the last; of other packets nothing has a setting. */
export const propertySettings = (
  properties: readonly MosquittoArgument[],
  { isVersion5, hasWill, drop }: PropertyParts,
): ReadSettings => {
  const last = new Map(properties.map((property) => [`${packetOf(property)} ${nameOf(property)}`, property]))
  const users: Partial<Record<Kind['userProperties'], UserProperties>> = {}
  let settings: ReadSettings = {}
  for (const property of properties) {
    const packet = packetOf(property)
    const name = nameOf(property)
    const kind = Object.hasOwn(kinds, packet) ? kinds[packet] : undefined
    const read = kind && Object.hasOwn(kind.readers, name) ? kind.readers[name] : undefined
    const [, , value = '', second = ''] = property.words
    if (!kind || (!read && name !== 'user-property')) drop(property, 'noSetting')
    else if (!isVersion5) drop(property, 'needsVersion5')
    else if (packet === 'will' && !hasWill) drop(property, 'needsWillTopic')
    else if (!read) users[kind.userProperties] = [...(users[kind.userProperties] ?? []), [value, second]]
    else if (last.get(`${packet} ${name}`) !== property) drop(property, 'repeated')
    else {
      const found = read(value)
      if (!found) drop(property, 'invalid')
      settings = { ...settings, ...found }
    }
  }
  return { ...settings, ...users }
}
