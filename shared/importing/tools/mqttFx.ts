import { createFields, newRemarks, type Fields } from '../fields'
import type { ForeignConnection, ImportTool } from '../foreignConnection'
import { nearestColour } from '../nearestColour'
import { elementAt, elementsOf, xmlValue } from '../readXml'
import { topicNameProblem } from '#shared/mqtt/topicFilter'

/** MQTT.fx 1.x: `mqttfx-config.xml`. Only some of its elements are known for sure; the others are read by their names. */
export const mqttFx: ImportTool = {
  name: 'MQTT.fx',
  read: ({ xml }) => {
    if (xml?.name !== 'configuration' || !elementAt(xml, 'connectionProfiles')) return null
    const profiles = elementsOf(elementAt(xml, 'connectionProfiles'), 'connectionProfile')
    return { format: 'XML', connections: profiles.map((profile) => connectionOf(xmlValue(profile))) }
  },
}

/** As the library has them under it: 0 is 3.1.1, else 3.1. */
const versions = { '0': '3.1.1', '3': '3.1', '4': '3.1.1', '5': '5' } as const

const connectionOf = (value: unknown): ForeignConnection => {
  const remarks = newRemarks()
  const fields = createFields(value, remarks)
  const options = fields.child('connectionOptions')
  const tls = { caFile: options.text('caFile'), ...clientFiles(options) }
  const port = fields.number('brokerPort')
  const said = flagNamed(options, /^(?:use)?(?:ssl|tls)(?:enabled)?$/i)
  const isSecure = said ?? (port === 8883 || Object.values(tls).some((file) => file !== ''))
  const clean = flagNamed(options, /^clean(?:session|start)?$/i)
  const reconnect = flagNamed(options, /^auto(?:matic)?reconnect$/i)
  const version = options.text('mqttVersion')
  const keyPassphrase = textNamed(options, /^clientkeypass(?:word|phrase)$/i)
  const connection: ForeignConnection = {
    key: '',
    name: fields.text('profileName'),
    folder: [],
    scheme: isSecure ? 'mqtts' : 'mqtt',
    host: fields.text('brokerAddress'),
    port,
    protocolVersion: Object.hasOwn(versions, version) ? versions[version as keyof typeof versions] : '3.1.1',
    clientId: options.text('clientId'),
    username: options.text('userName'),
    password: options.text('password'),
    keyPassphrase,
    keepaliveSeconds: options.number('keepAliveInterval'),
    connectTimeoutSeconds: options.number('connectionTimeout'),
    cleanStart: clean,
    reconnect,
    tls,
    will: willOf(options),
    subscriptions: fields
      .child('recentSubscriptionTopics')
      .children('topic')
      .map((topic) => ({ filter: topic.text('name'), colour: nearestColour(topic.text('color')), enabled: false })),
    messages: messagesOf(fields),
    ...remarks,
  }
  // TLS stands in no element that is known.
  remarks.guessed.push('scheme', 'protocolVersion')
  if (clean !== undefined) remarks.guessed.push('cleanStart')
  if (reconnect !== undefined) remarks.guessed.push('reconnect.enabled')
  if (connection.will) remarks.guessed.push('will')
  fields.skip('recentPublishTopics')
  fields.finish()
  return connection
}

const clientFiles = (options: Fields) => {
  const certificateFile = options.text('clientCertificateFile')
  const keyFile = options.text('clientKeyFile')
  return certificateFile !== '' && keyFile !== '' ? { certificateFile, keyFile } : {}
}

const named = (fields: Fields, pattern: RegExp) => fields.names.find((name) => pattern.test(name))
const flagNamed = (fields: Fields, pattern: RegExp) => {
  const name = named(fields, pattern)
  return name === undefined ? undefined : fields.flag(name)
}
const textNamed = (fields: Fields, pattern: RegExp) => {
  const name = named(fields, pattern)
  return name === undefined ? '' : fields.text(name)
}

const willOf = (options: Fields) => {
  const topic = textNamed(options, /^(?:lwt|will|lastwill(?:andtestament)?)topic$/i)
  if (topic === '' || flagNamed(options, /^(?:lwt|will|lastwill)enabled$/i) === false) return null
  const qos = named(options, /^(?:lwt|will|lastwill)qos$/i)
  return {
    topic,
    payload: textNamed(options, /^(?:lwt|will|lastwill)(?:message|payload)$/i),
    qos: qos === undefined ? 0 : options.number(qos),
    retain: flagNamed(options, /^(?:lwt|will|lastwill)retain(?:ed)?$/i),
  }
}

const messagesOf = (fields: Fields) => {
  const predefined = fields
    .child('preDefinedMessages')
    .children('message')
    .flatMap((message) => {
      const topic = message.child('topic').text('name') || message.text('topic')
      const qos = message.number('qos')
      return [
        {
          name: message.text('name'),
          folder: [],
          message: {
            topic,
            payload: message.text('payload'),
            qos,
            retain: message.flag('retained') ?? false,
          },
        },
      ]
    })
  return predefined.filter(({ message }) => topicNameProblem(message.topic) === null)
}
