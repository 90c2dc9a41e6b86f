import { createFields, newRemarks, recordOf, textOf, type Fields } from '../fields'
import type { ForeignCertificate, ForeignConnection, ImportTool } from '../foreignConnection'
import { certificateFrom, schemeOf } from '../settingsReading'

/** MQTTAnalyzer: `.mqttbroker`, which is meant to be exchanged between tools. */
export const mqttAnalyzer: ImportTool = {
  name: 'MQTTAnalyzer',
  read: ({ value }) => {
    const { version, broker } = recordOf(value)
    if (textOf(version) !== '1' || !Object.hasOwn(recordOf(broker), 'hostname')) return null
    return { format: 'mqttbroker', connections: [connectionOf(broker)] }
  },
}

const connectionOf = (broker: unknown): ForeignConnection => {
  const remarks = newRemarks()
  const fields = createFields(broker, remarks)
  const isWebSocket = fields.text('protocolMethod') === 'websocket'
  const authentication = fields.text('authType')
  const usesPassword = authentication === 'usernamePassword' || authentication === 'both'
  const password = fields.text('password')
  const category = fields.text('category')
  const connection: ForeignConnection = {
    key: '',
    name: fields.text('alias'),
    folder: category === '' ? [] : [category],
    scheme: schemeOf(isWebSocket, fields.flag('ssl') ?? false),
    host: fields.text('hostname'),
    port: fields.number('port'),
    path: isWebSocket ? fields.text('basePath') : undefined,
    protocolVersion: fields.text('protocolVersion') === 'mqtt5' ? '5' : '3.1.1',
    clientId: fields.text('clientID'),
    username: fields.text('username'),
    password,
    asksForPassword: usesPassword,
    keyPassphrase: fields.text('certClientKeyPassword'),
    tls: { alpn: fields.text('alpn'), verify: fields.flag('untrustedSSL') !== true },
    certificates: fields.children('certificates').flatMap(certificateOf),
    subscriptions: fields
      .children('subscriptions')
      .map((one) => ({ filter: one.text('topic'), qos: one.number('qos') })),
    messages: [],
    ...remarks,
  }
  fields.finish()
  return connection
}

const places: Readonly<Record<string, ForeignCertificate['field']>> = {
  serverCA: 'caFile',
  client: 'certificateFile',
  clientKey: 'keyFile',
  p12: 'pkcs12File',
}

const certificateOf = (fields: Fields): readonly ForeignCertificate[] => {
  const type = fields.text('type')
  const field = Object.hasOwn(places, type) ? places[type] : undefined
  const data = fields.text('data')
  const certificate = field && certificateFrom(field, fields.text('name') || field, data)
  if (!certificate) fields.drop('name', data === '' ? 'typeAgain' : 'invalid')
  return certificate ? [certificate] : []
}
