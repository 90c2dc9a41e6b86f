import { recordOf, textOf, type Fields } from '../fields'
import type { ForeignConnection, ImportTool } from '../foreignConnection'
import { oneConnection } from '../oneConnection'
import { connectPropertiesFrom, willPropertiesFrom } from '../packetProperties'
import { namedFormat, namedVersion, schemeOf, willFrom } from '../settingsReading'

interface Placed {
  readonly value: unknown
  readonly folder: readonly string[]
}

/** MqttInsight: `config.json`, a tree of groups and connections. */
export const mqttInsight: ImportTool = {
  name: 'MqttInsight',
  read: ({ value }) => {
    const nodes = recordOf(value)['connections']
    if (!Array.isArray(nodes) || nodes.length === 0) return null
    if (!nodes.some((node) => isNode(recordOf(node)))) return null
    return { format: 'config.json', connections: placedIn(nodes, []).map(connectionOf) }
  },
}

type Node = Readonly<Record<string, unknown>>

const isGroup = ({ group, children }: Node): boolean =>
  textOf(group) === 'true' || (group === undefined && Array.isArray(children))

const isNode = (node: Node): boolean =>
  Object.hasOwn(recordOf(node['properties']), 'transport') || (isGroup(node) && Array.isArray(node['children']))

const placedIn = (nodes: readonly unknown[], folder: readonly string[]): readonly Placed[] =>
  nodes.flatMap((one) => {
    const node = recordOf(one)
    const children = node['children']
    if (!isGroup(node)) return [{ value: node['properties'], folder }]
    return Array.isArray(children) && folder.length < 20 ? placedIn(children, [...folder, textOf(node['name'])]) : []
  })

const connectionOf = ({ value, folder }: Placed): ForeignConnection =>
  oneConnection(value, (fields) => {
    const isWebSocket = fields.text('transport') === 'WEB_SOCKET'
    const secure = fields.child('secure')
    const isSecure = secure.flag('enable') ?? false
    const clientId = fields.text('clientId')
    const version = namedVersion(fields.text('version'))
    const clean = fields.flag('cleanSession')
    const cleanStart = fields.flag('cleanStart')
    const reconnection = fields.child('reconnection')
    const interval = reconnection.number('reconnectInterval')
    const will = fields.child('lastWill')
    const isWilled = will.flag('enable') === true
    const readWill = willFrom(will, { topic: 'topic', payload: 'payload', qos: 'qos', retain: 'retained' })
    const format = namedFormat(will.text('payloadFormat'))
    if (!isWilled) will.skip(...will.names)
    reconnection.skip('autoResubscribe')
    if (fields.list('publishedHistory').length > 0) fields.drop('publishedHistory', 'messages')
    return {
      key: fields.text('id'),
      name: fields.text('name'),
      folder,
      scheme: schemeOf(isWebSocket, isSecure),
      host: fields.text('host'),
      port: fields.number('port'),
      path: isWebSocket ? fields.text('path') : undefined,
      protocolVersion: version,
      clientId: fields.flag('randomClientId') === true ? '' : clientId,
      username: fields.text('username'),
      password: fields.text('password'),
      keyPassphrase: secure.text('clientKeyPassword'),
      keepaliveSeconds: fields.number('keepAliveInterval'),
      connectTimeoutSeconds: fields.number('connectionTimeout'),
      cleanStart: version === '5' ? (cleanStart ?? clean) : clean,
      sessionExpirySeconds: fields.number('sessionExpiryInterval'),
      reconnect: reconnection.flag('enable'),
      connectProperties: connectPropertiesFrom(fields),
      reconnectSeconds: interval === undefined ? undefined : interval / 1000,
      tls: isSecure ? tlsOf(secure) : {},
      will:
        isWilled && readWill
          ? { ...readWill, properties: { ...willPropertiesFrom(will), payloadFormat: format } }
          : null,
      subscriptions: fields
        .children('favoriteSubscriptions')
        .map((one) => ({ filter: one.text('topic'), qos: one.number('qos') })),
    }
  })

const tlsOf = (secure: Fields) => {
  secure.skip('clientKeyPEM', 'mode')
  const caFile = secure.text('serverCertificateFile')
  const certificateFile = secure.text('clientCertificateFile')
  const keyFile = secure.text('clientKeyFile')
  for (const name of ['serverKeyStoreFile', 'clientKeyStoreFile']) secure.drop(name, 'unreadableFile')
  return { caFile, certificateFile, keyFile }
}
