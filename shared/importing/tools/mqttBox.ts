import { recordOf } from '../fields'
import type { ForeignConnection, ImportTool } from '../foreignConnection'
import { oneConnection } from '../oneConnection'
import { namedScheme, namedVersion, willFrom } from '../settingsReading'

/** MQTTBox: a value of its database in the browser, or a list of them. */
export const mqttBox: ImportTool = {
  name: 'MQTTBox',
  read: ({ value }) => {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value]
    const isTool =
      list.length > 0 &&
      list.every((one) => ['mcsId', 'mqttClientName'].every((name) => Object.hasOwn(recordOf(one), name)))
    return isTool ? { format: 'JSON', connections: list.map(connectionOf) } : null
  },
}

const connectionOf = (value: unknown): ForeignConnection =>
  oneConnection(value, (fields) => {
    const timeout = fields.number('connectTimeout')
    const period = fields.number('reconnectPeriod')
    const isOwn = fields.text('certificateType') !== 'ssc' || fields.has('caFilePath')
    fields.skip(
      'addedOn',
      'createdOn',
      'updatedOn',
      'protocolId',
      'mqtt311Compliant',
      'reschedulePings',
      'queueQoSZero',
    )
    fields.skip('caFile', 'clientCertificateFile', 'clientKeyFile', 'certificateType')
    return {
      key: fields.text('mcsId'),
      name: fields.text('mqttClientName'),
      scheme: namedScheme(fields.text('protocol')),
      host: fields.text('host'),
      protocolVersion: namedVersion(fields.text('protocolVersion')),
      clientId: fields.text('mqttClientId'),
      username: fields.text('username'),
      password: fields.text('password'),
      keyPassphrase: fields.text('clientKeyPassphrase'),
      keepaliveSeconds: fields.number('keepalive'),
      connectTimeoutSeconds: timeout === undefined ? undefined : timeout / 1000,
      reconnectSeconds: period === undefined ? undefined : period / 1000,
      cleanStart: fields.flag('clean'),
      freshClientId: fields.flag('timestampClientId'),
      connectAtStart: fields.flag('autoConnectOnAppLaunch'),
      tls: isOwn
        ? {
            caFile: fields.text('caFilePath'),
            certificateFile: fields.text('clientCertificateFilePath'),
            keyFile: fields.text('clientKeyFilePath'),
          }
        : {},
      will: willFrom(fields, { topic: 'willTopic', payload: 'willPayload', qos: 'willQos', retain: 'willRetain' }),
      subscriptions: fields.children('subscribeSettings').map((one) => {
        one.skip('subId', 'addedOn', 'updatedOn')
        return { filter: one.text('topic'), qos: one.number('qos') }
      }),
      messages: fields.children('publishSettings').map((one) => {
        one.skip('pubId', 'addedOn', 'updatedOn', 'payloadType')
        const topic = one.text('topic')
        const qos = one.number('qos')
        return {
          name: topic,
          folder: [],
          message: {
            topic,
            payload: one.text('payload'),
            qos,
            retain: one.flag('retain') ?? false,
          },
        }
      }),
    }
  })
