import { recordOf, type Fields } from '../fields'
import type { ForeignCertificate, ForeignConnection, ImportTool } from '../foreignConnection'
import { oneConnection } from '../oneConnection'
import { certificateFrom, namedScheme } from '../settingsReading'

const setting = 'vsmqtt.brokerProfiles'

/** VSMqtt: its setting in the settings of VS Code. */
export const vsMqtt: ImportTool = {
  name: 'VSMqtt',
  read: ({ value }) => {
    const list = recordOf(value)[setting]
    return Array.isArray(list) ? { format: 'settings.json', connections: list.map(connectionOf) } : null
  },
}

const connectionOf = (value: unknown): ForeignConnection =>
  oneConnection(value, (fields, remarks) => {
    const isSocket = fields.flag('unixSocket') === true
    if (isSocket) fields.drop('unixSocket', 'noSetting')
    const isUnsafe = fields.flag('insecure') === true
    const rejects = fields.flag('rejectUnauthorized')
    if (isUnsafe || rejects !== undefined) remarks.guessed.push('tls.verify')
    const files = filesOf(fields)
    const publish = fields.child('defaultsForPublish')
    const topic = publish.text('topic')
    const qos = publish.number('qos')
    return {
      name: fields.text('name'),
      scheme: namedScheme(fields.text('protocol')),
      host: isSocket ? '' : fields.text('host'),
      port: fields.number('port'),
      path: fields.text('path'),
      protocolVersion: '3.1.1',
      clientId: fields.text('clientId'),
      username: fields.text('username'),
      password: fields.text('password'),
      asksForPassword: fields.flag('promptCredentials') === true,
      keepaliveSeconds: fields.number('keepalive'),
      tls: { ...files.paths, verify: isUnsafe ? false : rejects },
      certificates: files.certificates,
      subscriptions: fields
        .children('savedSubscriptions')
        .map((one) => ({ filter: one.text('topic'), qos: one.number('qos') })),
      messages:
        topic === ''
          ? []
          : [
              {
                name: topic,
                folder: [],
                message: {
                  topic,
                  payload: publish.text('payload'),
                  qos,
                  retain: publish.flag('retain') ?? false,
                },
              },
            ],
    }
  })

const places = [
  ['ca', 'caFile'],
  ['cert', 'certificateFile'],
  ['key', 'keyFile'],
] as const

/** Each is a path, or the text of the certificate itself. */
const filesOf = (fields: Fields) => {
  const paths: Partial<Record<ForeignCertificate['field'], string>> = {}
  const certificates: ForeignCertificate[] = []
  for (const [name, field] of places) {
    const said = fields.text(name)
    const certificate = said.includes('-----BEGIN ') ? certificateFrom(field, `${name}.pem`, said) : null
    if (certificate) certificates.push(certificate)
    else if (said !== '') paths[field] = said
  }
  return { paths, certificates }
}
