import { recordOf, textOf } from '../fields'
import type { ForeignConnection, ImportTool } from '../foreignConnection'
import { oneConnection } from '../oneConnection'
import { namedVersion, willFrom } from '../settingsReading'

/** CorreoMQTT: `config.json` and exports (`.cqc`), which are without secrets unless they are encrypted. */
export const correoMqtt: ImportTool = {
  name: 'CorreoMQTT',
  read: ({ value }) => {
    const file = recordOf(value)
    if (Object.hasOwn(file, 'connectionConfigDTOS') || Object.hasOwn(file, 'encryptedData')) {
      const list = file['connectionConfigDTOS']
      if (Array.isArray(list)) return { format: 'cqc', connections: list.map(connectionOf) }
      if (textOf(file['encryptedData']) === '') return null
      return {
        format: 'cqc (encrypted)',
        connections: [],
        dropped: [{ field: 'encryptedData', why: 'typeAgain' }],
        isLocked: true,
      }
    }
    const list = file['connections']
    const isTool = Array.isArray(list) && list.some((one) => Object.hasOwn(recordOf(one), 'sslHostVerification'))
    return isTool ? { format: 'config.json', connections: list.map(connectionOf) } : null
  },
}

const connectionOf = (value: unknown): ForeignConnection =>
  oneConnection(value, (fields, remarks) => {
    const isSecure = fields.text('ssl') !== '' && fields.text('ssl') !== 'OFF'
    const isWilled = fields.text('lwt') === 'ON'
    const usesProxy = fields.text('proxy') === 'SSH'
    if (fields.has('sslKeystore')) fields.drop('sslKeystore', 'unreadableFile')
    fields.skip('hostAndPort')
    if (usesProxy)
      for (const name of ['sshHost', 'sshPort', 'localPort', 'auth', 'authUsername', 'authKeyfile'])
        fields.drop(name, 'noSetting')
    else fields.skip('sshPort', 'localPort', 'auth', 'sort')
    const verifiesHost = fields.flag('sslHostVerification')
    if (isSecure && verifiesHost === false) remarks.guessed.push('tls.verify')
    const username = fields.text('username')
    const will = willFrom(fields, { topic: 'lwtTopic', payload: 'lwtPayload', qos: 'lwtQoS', retain: 'lwtRetained' })
    return {
      key: fields.text('id'),
      name: fields.text('name'),
      scheme: isSecure ? 'mqtts' : 'mqtt',
      host: fields.text('url'),
      port: fields.number('port'),
      protocolVersion: namedVersion(fields.text('mqttVersion')),
      clientId: fields.text('clientId'),
      username,
      password: fields.text('password'),
      asksForPassword: username !== '',
      cleanStart: fields.flag('cleanSession'),
      tls: { verify: isSecure ? verifiesHost : undefined },
      will: isWilled ? will : null,
    }
  })
