import { cborDecoder } from '#shared/decoding/cborDecoder'
import { DecodingFault } from '#shared/encoding/decodingFault'
import { nodeJson } from '#shared/encoding/nodeJson'
import type { ComposedMessage } from '#shared/model/publish'
import { parseBase64 } from '#shared/mqtt/payloadText'
import { createFields, newRemarks, recordOf, textOf, type Fields } from '../fields'
import type { ForeignCertificate, ForeignConnection, ForeignMessage, ImportTool } from '../foreignConnection'
import { nearestColour } from '../nearestColour'
import { connectPropertiesFrom, willPropertiesFrom } from '../packetProperties'
import { certificateFrom, namedFormat, namedVersion, schemeOf, willFrom } from '../settingsReading'

/** MQTT Plus: its export, schema versions 2 and 3. Its drafts belong to no session. */
export const mqttPlus: ImportTool = {
  name: 'MQTT Plus',
  read: ({ value }) => {
    const file = recordOf(value)
    if (file['format'] !== 'mqtt-plus-config' || !Array.isArray(file['sessions'])) return null
    const drafts = createFields(file, newRemarks()).children('drafts').map(messageOf)
    const sessions = file['sessions'].map((session: unknown) => connectionOf(session))
    // They can be sent on any connection: those of the first one are at hand.
    const connections = sessions.map((one, index) => (index === 0 ? { ...one, messages: drafts } : one))
    return { format: `JSON, version ${textOf(file['version']) || textOf(file['schemaVersion'])}`, connections }
  },
}

const connectionOf = (session: unknown): ForeignConnection => {
  const remarks = newRemarks()
  const fields = createFields(session, remarks)
  const transport = fields.text('transport')
  const isWebSocket = transport === 'ws' || transport === 'wss'
  const will = fields.child('lastWill')
  const isWilled = will.flag('enabled') === true
  const readWill = willFrom(will, { topic: 'topic', payload: 'payload', qos: 'qos', retain: 'retain' })
  const properties = { ...willPropertiesFrom(will), payloadFormat: namedFormat(will.text('payloadFormat')) }
  if (!isWilled) will.skip(...will.names)
  const connection: ForeignConnection = {
    key: fields.text('id'),
    name: fields.text('name'),
    folder: [],
    scheme: schemeOf(isWebSocket, transport === 'tls' || transport === 'wss'),
    host: fields.text('host'),
    port: fields.number('port'),
    path: isWebSocket ? fields.text('webSocketPath') : undefined,
    protocolVersion: namedVersion(fields.text('protocolVersion')),
    clientId: fields.text('clientId'),
    username: fields.text('username'),
    password: fields.text('password'),
    keepaliveSeconds: fields.number('keepAliveSeconds'),
    connectTimeoutSeconds: fields.number('connectTimeoutSeconds'),
    cleanStart: fields.flag('cleanSession'),
    sessionExpirySeconds: fields.number('sessionExpiryInterval'),
    tls: { alpn: fields.text('alpn'), verify: fields.flag('sslSecure') },
    certificates: certificatesOf(fields.child('tlsAssets')),
    connectProperties: connectPropertiesFrom(fields),
    will: isWilled && readWill ? { ...readWill, properties } : null,
    subscriptions: fields.children('subscriptions').map((one) => ({
      filter: one.text('topic'),
      qos: one.number('qos'),
      alias: one.text('alias'),
      colour: nearestColour(one.text('color')),
      enabled: one.flag('paused') !== true,
      options: { ...(one.flag('noLocal') === true && { noLocal: true }) },
    })),
    messages: [],
    ...remarks,
  }
  fields.skip('webSocketPath', 'certificateType', 'captureIncoming', 'captureOutgoing', 'outputPaused')
  fields.finish()
  return connection
}

const assets = [
  ['caCertificate', 'caFile', 'ca.crt'],
  ['clientCertificate', 'certificateFile', 'client.crt'],
  ['clientKey', 'keyFile', 'client.key'],
] as const

const certificatesOf = (fields: Fields): readonly ForeignCertificate[] =>
  assets.flatMap(([name, field, fileName]) => {
    const data = fields.text(name)
    const certificate = certificateFrom(field, fileName, data)
    if (!certificate && data !== '') fields.drop(name, 'invalid')
    return certificate ? [certificate] : []
  })

const messageOf = (fields: Fields): ForeignMessage => {
  const format = fields.text('format')
  const qos = fields.number('qos')
  return {
    name: fields.text('name'),
    folder: [],
    message: {
      topic: fields.text('defaultTopic'),
      payload: fields.text('payload'),
      format: namedFormat(format) ?? 'text',
      qos,
      retain: fields.flag('retain') ?? false,
      ...propertiesOf(fields.text('propertiesCborBase64')),
    },
  }
}

const nothingCompressed = (): never => {
  throw new DecodingFault('badCompression', 0)
}

/** A map of CBOR; bytes in it stand as `{"$hex"}`. */
const propertiesOf = (text: string): Partial<ComposedMessage> => {
  const parsed = parseBase64(text)
  const decoded =
    parsed.ok && parsed.bytes.length > 0 ? cborDecoder.decode(parsed.bytes, { decompress: nothingCompressed }) : null
  const [node] = decoded?.ok ? decoded.nodes : []
  const json = node ? nodeJson(node) : null
  const properties = recordOf(json ?? '')
  const data = textOf(recordOf(properties['correlationData'])['$hex'])
  const pairs = Array.isArray(properties['userProperties']) ? (properties['userProperties'] as readonly unknown[]) : []
  return {
    contentType: textOf(properties['contentType']),
    responseTopic: textOf(properties['responseTopic']),
    correlationData: data === '' ? '' : `0x${data}`,
    messageExpiry: textOf(properties['messageExpiryInterval']),
    userProperties: pairs.flatMap((pair): [string, string][] =>
      Array.isArray(pair) ? [[textOf(pair[0]), textOf(pair[1])]] : [],
    ),
  }
}
