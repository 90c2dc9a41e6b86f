import { recordOf, textOf, type Fields } from '../fields'
import type { Dropped, ForeignCertificate, ForeignConnection, ForeignSchema, ImportTool } from '../foreignConnection'
import { oneConnection } from '../oneConnection'
import { connectPropertiesFrom, willPropertiesAmong } from '../packetProperties'
import { certificateFrom, namedScheme, namedVersion, willFrom } from '../settingsReading'

const hasAll = (value: unknown, names: readonly string[]): boolean =>
  names.every((name) => Object.hasOwn(recordOf(value), name))

/** MQTTForge: its one connection, of MQTT 5. */
export const mqttForge: ImportTool = {
  name: 'MQTTForge',
  read: ({ value }) =>
    hasAll(value, ['Host', 'ClientId', 'UseTls'])
      ? {
          format: 'connection-settings.json',
          connections: [
            oneConnection(value, (fields) => ({
              name: '',
              scheme: fields.flag('UseTls') === true ? 'mqtts' : 'mqtt',
              host: fields.text('Host'),
              port: fields.number('Port'),
              protocolVersion: '5',
              clientId: fields.text('ClientId'),
              username: fields.text('Username'),
              password: fields.text('Password'),
            })),
          ],
        }
      : null,
}

/** MQTTForge: colours by topic filter. No setting here is the same, and they name no connection: each is named. */
export const mqttForgeColours: ImportTool = {
  name: 'MQTTForge',
  read: ({ value }) => {
    const isTool = Array.isArray(value) && value.length > 0 && value.every((one) => hasAll(one, ['Filter', 'Colour']))
    if (!isTool) return null
    const dropped = value.map((one): Dropped => {
      const { Filter: filter, Colour: colour } = recordOf(one)
      return { field: ruleName([filter, colour]), why: 'noSetting' }
    })
    return { format: 'colour-rules.json', connections: [], dropped }
  },
}

/** LazyMQTT: `connections.json`. */
export const lazyMqtt: ImportTool = {
  name: 'LazyMQTT',
  read: ({ value }) => {
    const list = recordOf(value)['connections']
    const isTool = Array.isArray(list) && list.some((one) => hasAll(one, ['client_id', 'tls_verify']))
    return isTool ? { format: 'connections.json', connections: list.map(lazyConnection) } : null
  },
}

/** LazyMQTT: a file of schemas with their topics. */
export const lazyMqttSchemas: ImportTool = {
  name: 'LazyMQTT',
  read: ({ value }) => {
    const list = recordOf(value)['mappings']
    const isTool = Array.isArray(list) && list.length > 0 && list.every((one) => hasAll(one, ['topic', 'schema']))
    if (!isTool) return null
    const schemas = list.map((one): ForeignSchema => {
      const { topic, schema } = recordOf(one)
      return { name: textOf(topic), kind: 'jsonSchema', filter: textOf(topic), text: JSON.stringify(schema, null, 2) }
    })
    return { format: 'schemas', connections: [], schemas }
  },
}

/** LazyMQTT: what it tells of values. They name no connection, and filters, which nothing here watches: each is named. */
export const lazyMqttAlerts: ImportTool = {
  name: 'LazyMQTT',
  read: ({ value }) => {
    const list = recordOf(value)['rules']
    const isTool = Array.isArray(list) && list.length > 0 && list.every((one) => hasAll(one, ['topic', 'when']))
    if (!isTool) return null
    const dropped = list.map((one): Dropped => {
      const { topic, field, when, value: limit, seconds: span } = recordOf(one)
      return { field: ruleName([topic, field, when, limit, span]), why: 'noSetting' }
    })
    return { format: 'alerts', connections: [], dropped }
  },
}

const ruleName = (parts: readonly unknown[]): string =>
  parts
    .map(textOf)
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, 300)

const lazyConnection = (value: unknown): ForeignConnection =>
  oneConnection(value, (fields) => ({
    key: fields.text('id'),
    name: fields.text('name'),
    scheme: fields.flag('tls') === true ? 'mqtts' : 'mqtt',
    host: fields.text('host'),
    port: fields.number('port'),
    clientId: fields.text('client_id'),
    username: fields.text('username'),
    password: fields.text('password'),
    tls: { verify: fields.flag('tls_verify') },
    subscriptions: fields
      .children('subscriptions')
      .map((one) => ({ filter: one.text('topic'), qos: one.number('qos') })),
  }))

/** Transmitron: the `broker-options.json` of a profile, of MQTT 3.1.1. */
export const transmitron: ImportTool = {
  name: 'Transmitron',
  read: ({ value }) =>
    hasAll(value, ['hostname', 'maxInFlight', 'disconnectTimeout'])
      ? {
          format: 'broker-options.json',
          connections: [
            oneConnection(value, (fields) => ({
              name: '',
              scheme: fields.flag('ssl') === true ? 'mqtts' : 'mqtt',
              host: fields.text('hostname'),
              port: fields.number('port'),
              protocolVersion: '3.1.1',
              clientId: fields.text('clientId'),
              username: fields.text('username'),
              password: fields.text('password'),
              keepaliveSeconds: fields.number('keepAliveInterval'),
              connectTimeoutSeconds: fields.number('connectTimeout'),
              reconnect: fields.flag('autoReconnect'),
              reconnectAttempts: fields.number('maxReconnectRetries'),
            })),
          ],
        }
      : null,
}

/** MQTTLooter: what it keeps in the browser's storage, of profiles and of connections. */
export const mqttLooter: ImportTool = {
  name: 'MQTTLooter',
  read: ({ value }) => {
    if (Array.isArray(value)) {
      const isTool = value.length > 0 && value.every((one) => hasAll(recordOf(one)['config'], ['hostname', 'wsPath']))
      return isTool ? { format: 'connections', connections: value.map(looterConnection) } : null
    }
    const profiles = Object.values(recordOf(value))
    const isTool = profiles.length > 0 && profiles.every((one) => hasAll(one, ['brokerUrl', 'protocolVersion']))
    return isTool ? { format: 'profiles', connections: profiles.map(looterProfile) } : null
  },
}

const seconds = (milliseconds: number | undefined) => (milliseconds === undefined ? undefined : milliseconds / 1000)

const looterProfile = (value: unknown): ForeignConnection =>
  oneConnection(value, (fields) => ({
    key: fields.text('id'),
    name: fields.text('name'),
    host: fields.text('brokerUrl'),
    ...looterCommon(fields),
  }))

const looterCommon = (fields: Fields) => ({
  protocolVersion: namedVersion(fields.text('protocolVersion')),
  clientId: fields.text('clientId'),
  username: fields.text('username'),
  password: fields.text('password'),
  cleanStart: fields.flag('clean'),
  keepaliveSeconds: fields.number('keepalive'),
  connectTimeoutSeconds: seconds(fields.number('connectTimeout')),
  reconnectSeconds: seconds(fields.number('reconnectPeriod')),
})

const looterConnection = (value: unknown): ForeignConnection =>
  oneConnection(value, (outer) => {
    const fields = outer.child('config')
    const tls = fields.child('tls')
    const isWilled = fields.flag('willEnabled') === true
    const will = willFrom(fields, { topic: 'willTopic', payload: 'willMessage', qos: 'willQos', retain: 'willRetain' })
    const properties = willPropertiesAmong(fields)
    tls.skip('enabled')
    return {
      key: outer.text('id'),
      name: fields.text('name'),
      scheme: namedScheme(fields.text('protocol')),
      host: fields.text('hostname'),
      port: fields.number('port'),
      path: fields.text('wsPath'),
      ...looterCommon(fields),
      sessionExpirySeconds: fields.number('sessionExpiryInterval'),
      keyPassphrase: tls.text('passphrase'),
      tls: {
        verify: tls.flag('rejectUnauthorized'),
        serverName: tls.text('servername'),
        alpn: tls.list('alpnProtocols').map(String).join(','),
      },
      certificates: looterFiles(tls),
      connectProperties: connectPropertiesFrom(fields),
      will: isWilled && will ? { ...will, properties } : null,
      subscriptions: fields
        .children('subscriptions')
        .map((one) => ({ filter: one.text('topic'), qos: one.number('qos') })),
    }
  })

const looterFiles = (tls: Fields): readonly ForeignCertificate[] =>
  (
    [
      ['ca', 'caFile'],
      ['cert', 'certificateFile'],
      ['key', 'keyFile'],
    ] as const
  ).flatMap(([name, field]) => {
    const file = tls.child(name)
    file.skip('size', 'lastModified')
    const certificate = certificateFrom(field, file.text('name') || `${name}.pem`, file.text('content'))
    return certificate ? [certificate] : []
  })
