import type { UserProperties } from '#shared/model/fieldSchemas'
import { hexDigits, parseBase64 } from '#shared/mqtt/payloadText'
import { recordOf, textOf, type Fields } from './fields'
import type { ForeignConnectProperties, ForeignWillProperties } from './foreignConnection'

/** What CONNECT of MQTT 5 says beside the session, by the names that tools have for it; 0 and nothing are not sent. */
export const connectPropertiesFrom = (
  fields: Fields,
  userPropertyNames: Names = ['userProperties', 'userProps'],
): ForeignConnectProperties => ({
  receiveMaximum: numberNamed(fields, ['receiveMaximum', 'receiveMax', 'rxMax']),
  maximumPacketSize: numberNamed(fields, ['maximumPacketSize', 'maxPacketSize', 'maximumPacket']),
  topicAliasMaximum: numberNamed(fields, ['topicAliasMaximum', 'topicAliasMax']),
  requestResponseInformation: flagNamed(fields, [
    'requestResponseInformation',
    'requestResponseInfo',
    'reqResponseInfo',
  ]),
  requestProblemInformation: flagNamed(fields, ['requestProblemInformation', 'requestProblemInfo', 'reqProblemInfo']),
  userProperties: userPropertiesNamed(fields, userPropertyNames),
})

/** The properties of a will that is a record of its own. */
export const willPropertiesFrom = (fields: Fields): ForeignWillProperties => ({
  delaySeconds: numberNamed(fields, ['willDelayInterval', 'delayInterval', 'delay']),
  expirySeconds: expiryOf(fields, ['messageExpiryInterval', 'expiry']),
  payloadIndicator: indicatorOf(fields, ['payloadFormatIndicator']),
  contentType: textNamed(fields, ['contentType']),
  responseTopic: textNamed(fields, ['responseTopic', 'respTopic']),
  correlationData: correlationOf(fields),
  userProperties: userPropertiesNamed(fields, ['userProperties', 'userProps']),
})

/** The same where they stand among the settings of the connection, with `will` in front of their names. */
export const willPropertiesAmong = (fields: Fields): ForeignWillProperties => ({
  delaySeconds: numberNamed(fields, ['willDelayInterval']),
  expirySeconds: numberNamed(fields, ['willMessageExpiryInterval']),
  payloadIndicator: indicatorOf(fields, ['willPayloadFormatIndicator']),
  contentType: textNamed(fields, ['willContentType']),
  responseTopic: textNamed(fields, ['willResponseTopic']),
  correlationData: textNamed(fields, ['willCorrelationData']),
  userProperties: userPropertiesNamed(fields, ['willUserProperties']),
})

/** Those that are said first count; the others fill what they leave open. */
export const joinedProperties = <Properties extends object>(first: Properties, second: Properties): Properties => ({
  ...second,
  ...Object.fromEntries(Object.entries(first).filter(([, value]) => value !== undefined)),
})

/** `k: v` of MQTTX CLI, `k=v` of mqtt-cli, as the words of a command have them. */
export const userPropertyOf = (pair: string): [string, string] => {
  const [, name = pair, value = ''] = /^([^:=]*)\s*[:=]\s*(.*)$/s.exec(pair) ?? []
  return [name.trim(), value]
}

/**
 * A record (`{k: v}`, `{k: [v, w]}`), or a list of pairs, of records or of texts, also as a JSON text; undefined = there is none.
 * What is none of these is passed over.
 */
export const userPropertiesOf = (value: unknown): UserProperties | undefined => {
  const given = typeof value === 'string' ? jsonOf(value) : value
  const pairs = Array.isArray(given)
    ? given.flatMap(pairIn)
    : Object.entries(recordOf(given)).flatMap(([name, one]) =>
        (Array.isArray(one) ? one : [one]).map((each): [string, string] => [name, textOf(each)]),
      )
  return pairs.length === 0 ? undefined : pairs
}

const pairIn = (value: unknown): [string, string][] => {
  if (Array.isArray(value)) return value.length === 2 ? [[textOf(value[0]), textOf(value[1])]] : []
  if (typeof value === 'string') return value.trim() === '' ? [] : [userPropertyOf(value)]
  const { key, name, value: said } = recordOf(value)
  const plain = textOf(key) || textOf(name)
  return plain === '' ? [] : [[plain, textOf(said)]]
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

type Names = readonly string[]

const numberNamed = (fields: Fields, names: Names): number | undefined =>
  names.map((name) => fields.number(name)).find((value) => value !== undefined && value !== 0)

const flagNamed = (fields: Fields, names: Names): boolean | undefined =>
  names.map((name) => fields.flag(name)).find((value) => value !== undefined)

const textNamed = (fields: Fields, names: Names): string | undefined =>
  names.map((name) => fields.text(name)).find((value) => value !== '')

/** What cannot be read as such is left to be named and kept. */
const userPropertiesNamed = (fields: Fields, names: Names): UserProperties | undefined => {
  const found = names.find((name) => fields.has(name))
  return found === undefined ? undefined : fields.parsed(found, userPropertiesOf)
}

/** Of MQTT Plus, whether it is said at all stands beside it: 0 is a time, too. */
const expiryOf = (fields: Fields, names: Names): number | undefined =>
  fields.has('messageExpiryInterval') && fields.flag('messageExpiryIntervalSet') === false
    ? void fields.number('messageExpiryInterval')
    : fields.flag('messageExpiryIntervalSet') === true
      ? fields.number('messageExpiryInterval')
      : numberNamed(fields, names)

const indicatorOf = (fields: Fields, names: Names): ForeignWillProperties['payloadIndicator'] => {
  const isUtf8 = fields.flag('payloadFormatUtf8')
  if (fields.flag('payloadFormatIndicatorSet') === true) return isUtf8 === true ? '1' : '0'
  return flagNamed(fields, names) === true ? '1' : undefined
}

/** Text, or Base64 in a field that says so; a Buffer of Node as JSON has it. */
const correlationOf = (fields: Fields): string | undefined => {
  const parsed = parseBase64(fields.text('correlationDataBase64'))
  if (parsed.ok && parsed.bytes.length > 0) return `0x${hexDigits(parsed.bytes)}`
  const text = textNamed(fields, ['correlationData', 'correl'])
  // As text, `0x` in front would be hex.
  return text?.startsWith('0x') ? `0x${hexDigits(new TextEncoder().encode(text))}` : text
}
