import { recordOf, type Fields } from '../fields'
import type { ForeignConnection, ForeignMessage, ImportTool } from '../foreignConnection'
import { oneConnection } from '../oneConnection'
import { connectPropertiesFrom, userPropertiesOf, willPropertiesAmong } from '../packetProperties'
import { namedScheme, namedVersion, willFrom } from '../settingsReading'

/** zigbee2mqtt: the `mqtt` part of its `configuration.yaml`. */
export const zigbee2mqtt: ImportTool = {
  name: 'zigbee2mqtt',
  read: ({ value }) => {
    const part = recordOf(recordOf(value)['mqtt'])
    if (!Object.hasOwn(part, 'server') || !Object.hasOwn(part, 'base_topic')) return null
    return { format: 'configuration.yaml', connections: [zigbeeConnection(part)] }
  },
}

const zigbeeConnection = (value: unknown): ForeignConnection =>
  oneConnection(value, (fields, remarks) => {
    const password = fields.text('password')
    // It may stand in a file beside it.
    const isElsewhere = password.startsWith('!')
    if (isElsewhere) remarks.dropped.push({ field: 'password', why: 'typeAgain' })
    const base = fields.text('base_topic')
    return {
      name: 'zigbee2mqtt',
      host: fields.text('server'),
      protocolVersion: namedVersion(fields.text('version')),
      clientId: fields.text('client_id'),
      username: fields.text('user'),
      password: isElsewhere ? '' : password,
      asksForPassword: isElsewhere,
      keepaliveSeconds: fields.number('keepalive'),
      tls: {
        caFile: fields.text('ca'),
        certificateFile: fields.text('cert'),
        keyFile: fields.text('key'),
        verify: fields.flag('reject_unauthorized'),
      },
      subscriptions: base === '' ? [] : [{ filter: `${base}/#` }],
    }
  })

/** MQTTX CLI: the options that `--save-options` writes. */
export const mqttxCli: ImportTool = {
  name: 'MQTTX CLI',
  read: ({ value }) => {
    const file = recordOf(value)
    const names = ['conn', 'pub', 'sub'].filter((name) => {
      const part = recordOf(file[name])
      return Object.hasOwn(part, 'hostname') && Object.hasOwn(part, 'mqttVersion')
    })
    if (names.length === 0) return null
    return { format: 'options', connections: names.map((name) => cliConnection(name, file[name])) }
  },
}

const cliConnection = (name: string, value: unknown): ForeignConnection =>
  oneConnection(value, (fields) => {
    const period = fields.number('reconnectPeriod')
    const version = fields.text('mqttVersion')
    const messages = name === 'pub' ? [cliMessage(fields)] : []
    const will = willFrom(fields, { topic: 'willTopic', payload: 'willMessage', qos: 'willQos', retain: 'willRetain' })
    const filters = name === 'sub' ? fields.list('topic').map(String) : []
    const qos = name === 'sub' ? fields.list('qos').map(Number) : []
    fields.skip('debug', 'outputMode', 'reconnectPeriod')
    return {
      key: name,
      name: `${fields.text('hostname')} (${name})`,
      scheme: namedScheme(fields.text('protocol')),
      host: fields.text('hostname'),
      port: fields.number('port'),
      path: fields.text('path'),
      protocolVersion: version === '3' ? '3.1' : namedVersion(version),
      clientId: fields.text('clientId'),
      username: fields.text('username'),
      password: fields.text('password'),
      keepaliveSeconds: fields.number('keepalive'),
      cleanStart: fields.flag('clean'),
      sessionExpirySeconds: fields.number('sessionExpiryInterval'),
      reconnectSeconds: period === undefined ? undefined : period / 1000,
      tls: {
        caFile: fields.text('ca'),
        certificateFile: fields.text('cert'),
        keyFile: fields.text('key'),
        alpn: fields.list('alpn').map(String).join(','),
        verify: fields.flag('insecure') !== true,
      },
      reconnectAttempts: fields.number('maximumReconnectTimes'),
      connectProperties: connectPropertiesFrom(fields, [name === 'conn' ? 'userProperties' : 'connUserProperties']),
      will: will && { ...will, properties: willPropertiesAmong(fields) },
      subscriptions: filters.map((filter, index) => ({ filter, qos: qos[index] ?? qos[0] })),
      messages,
    }
  })

const cliMessage = (fields: Fields): ForeignMessage => {
  const topic = fields.text('topic')
  const qos = fields.number('qos')
  return {
    name: topic,
    folder: [],
    message: {
      topic,
      payload: fields.text('message'),
      qos,
      retain: fields.flag('retain') ?? false,
      contentType: fields.text('contentType'),
      responseTopic: fields.text('responseTopic'),
      correlationData: fields.text('correlationData'),
      messageExpiry: fields.text('messageExpiryInterval'),
      userProperties: fields.parsed('userProperties', userPropertiesOf) ?? [],
    },
  }
}
