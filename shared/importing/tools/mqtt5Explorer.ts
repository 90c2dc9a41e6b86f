import { recordOf, textOf } from '../fields'
import type { ForeignConnection, ImportTool } from '../foreignConnection'
import { oneConnection } from '../oneConnection'
import { namedScheme, namedVersion } from '../settingsReading'

const store = 'saved_mqtt_connections'

/** MQTT5 Explorer: its export, and its `config.json`, in which the same list stands as a text. */
export const mqtt5Explorer: ImportTool = {
  name: 'MQTT5 Explorer',
  read: ({ value }) => {
    const settings = recordOf(value)
    const list: unknown = Object.hasOwn(settings, store) ? listIn(settings[store]) : value
    if (!Array.isArray(list) || list.length === 0) return null
    if (!list.every((one) => ['validateCertificate', 'topics'].every((name) => Object.hasOwn(recordOf(one), name))))
      return null
    const keepalive = Number(recordOf(settings['saved_app_settings'])['keepalive'])
    const connections = list.map(connectionOf)
    return {
      format: Object.hasOwn(settings, store) ? 'config.json' : 'JSON',
      connections: Number.isFinite(keepalive)
        ? connections.map((one) => ({ ...one, keepaliveSeconds: keepalive }))
        : connections,
    }
  },
}

const listIn = (value: unknown): unknown => {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return null
  }
}

const connectionOf = (value: unknown): ForeignConnection =>
  oneConnection(value, (fields) => {
    fields.skip('saved', 'tls', 'caCert', 'clientCert', 'clientKey')
    return {
      key: fields.text('id'),
      name: fields.text('name'),
      scheme: namedScheme(fields.text('protocol')),
      host: fields.text('host'),
      port: fields.number('port'),
      protocolVersion: namedVersion(fields.text('version')),
      clientId: fields.text('clientId'),
      username: fields.text('username'),
      password: fields.text('password'),
      tls: {
        caFile: fields.text('caCertPath'),
        certificateFile: fields.text('clientCertPath'),
        keyFile: fields.text('clientKeyPath'),
        verify: fields.flag('validateCertificate'),
      },
      subscriptions: fields.list('topics').map((topic) => ({ filter: textOf(topic) })),
    }
  })
