import { recordOf } from '../fields'
import type { ForeignConnection, ImportTool } from '../foreignConnection'
import { oneConnection } from '../oneConnection'
import { namedVersion, schemeOf } from '../settingsReading'

/** MQTT Multimeter: `State/Connections.json`. Passwords are never saved; subscriptions and messages belong to no connection. */
export const mqttMultimeter: ImportTool = {
  name: 'MQTT Multimeter',
  read: ({ value }) => {
    const file = recordOf(value)
    const list = file['Connections']
    if (Array.isArray(list) && list.every((one) => Object.hasOwn(recordOf(one), 'ProtocolVersion')))
      return { format: 'Connections.json', connections: list.map(connectionOf) }
    for (const name of ['Publishes', 'Subscriptions']) {
      const entries = file[name]
      const isTool =
        Array.isArray(entries) && entries.every((one) => Object.hasOwn(recordOf(one), 'QualityOfServiceLevel'))
      if (isTool) return { format: `${name}.json`, connections: [], dropped: [{ field: name, why: 'unclear' }] }
    }
    return null
  },
}

const connectionOf = (value: unknown): ForeignConnection =>
  oneConnection(value, (fields) => {
    const isWebSocket = fields.number('Transport') === 1
    const isSecure = (fields.number('TlsVersion') ?? 0) !== 0
    const certificate = fields.text('CertificatePath')
    return {
      name: fields.text('Name'),
      scheme: schemeOf(isWebSocket, isSecure),
      host: fields.text('Host'),
      port: fields.number('Port'),
      protocolVersion: namedVersion(fields.text('ProtocolVersion')),
      clientId: fields.text('ClientId'),
      username: fields.text('UserName'),
      asksForPassword: fields.has('UserName'),
      keyPassphrase: certificate === '' ? '' : fields.text('CertificatePassword'),
      keepaliveSeconds: fields.number('KeepAliveInterval'),
      tls: { pkcs12File: certificate, verify: fields.flag('IgnoreCertificateErrors') !== true },
    }
  })
