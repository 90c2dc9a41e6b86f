import { splitAddress } from '#shared/address/addressParts'
import type { ForeignConnection, ImportTool } from '../foreignConnection'
import { textOf } from '../fields'
import { oneConnection } from '../oneConnection'
import { namedScheme } from '../settingsReading'

/** Lines of a name and a value, by what stands between them; a line that is a section, a comment or nothing is left out. */
const valuesOf = (text: string, pattern: RegExp): Readonly<Record<string, unknown>> => {
  const values = new Map<string, string | readonly string[]>()
  for (const line of text.split(/\r?\n/)) {
    const [, name, value = ''] = /^\s*[#;![]/.test(line) ? [] : (pattern.exec(line) ?? [])
    if (name === undefined) continue
    const before = values.get(name)
    // A name that comes again is a list.
    values.set(
      name,
      before === undefined ? value.trim() : [...(typeof before === 'string' ? [before] : before), value.trim()],
    )
  }
  return Object.fromEntries(values)
}

/** MQTTX CLI: its `config`, an INI file. */
export const mqttxCliConfig: ImportTool = {
  name: 'MQTTX CLI',
  read: ({ form, text }) =>
    form === 'text' && /^\[mqtt\]\s*$/m.test(text) && /^host\s*=/m.test(text)
      ? { format: 'config', connections: [iniConnection(valuesOf(text, /^\s*([\w-]+)\s*=(.*)$/))] }
      : null,
}

const iniConnection = (values: unknown): ForeignConnection =>
  oneConnection(values, (fields) => {
    fields.skip('output')
    return {
      name: 'MQTTX CLI',
      scheme: namedScheme(fields.text('protocol')),
      host: fields.text('host'),
      port: fields.number('port'),
      username: fields.text('username'),
      password: fields.text('password'),
      reconnectAttempts: fields.number('max_reconnect_times'),
    }
  })

/** HiveMQ's mqtt-cli: `config.properties`, as Java escapes it. */
export const mqttCli: ImportTool = {
  name: 'mqtt-cli',
  read: ({ form, text }) => {
    const isTool = form === 'text' && /^mqtt\.host\s*=/m.test(text)
    const plain = text.replace(/\\([\\:=# ])/g, '$1')
    return isTool
      ? { format: 'config.properties', connections: [propertiesConnection(valuesOf(plain, /^\s*([\w.-]+)\s*=(.*)$/))] }
      : null
  },
}

const propertiesConnection = (values: unknown): ForeignConnection =>
  oneConnection(values, (fields, remarks) => {
    const caFile = fields.text('auth.server.cafile')
    const certificateFile = fields.text('auth.client.cert')
    const port = fields.number('mqtt.port')
    const isElsewhere = fields.has('auth.password.env') || fields.has('auth.password.file')
    if (isElsewhere) remarks.dropped.push({ field: 'auth.password', why: 'typeAgain' })
    // TLS is an option of its commands, and no property.
    remarks.guessed.push('scheme')
    fields.skip('auth.password.env', 'auth.password.file', 'ws.path', 'logfile.level', 'logfile.path')
    return {
      name: 'mqtt-cli',
      scheme: caFile !== '' || certificateFile !== '' || port === 8883 ? 'mqtts' : 'mqtt',
      host: fields.text('mqtt.host'),
      port,
      protocolVersion: fields.text('mqtt.version') === '3' ? '3.1.1' : '5',
      username: fields.text('auth.username'),
      password: fields.text('auth.password'),
      asksForPassword: isElsewhere,
      tls: { caFile, certificateFile, keyFile: fields.text('auth.client.key') },
    }
  })

/** The bridges of a broker's mosquitto.conf: each begins with `connection`. */
export const mosquittoBridge: ImportTool = {
  name: 'mosquitto',
  read: ({ form, text }) => {
    if (form !== 'text' || !/^connection \S/m.test(text) || !/^address(?:es)? \S/m.test(text)) return null
    const bridges = text.split(/^(?=connection \S)/m).filter((part) => part.startsWith('connection '))
    return { format: 'bridge', connections: bridges.map((part) => bridgeConnection(valuesOf(part, /^(\w+) +(.*)$/))) }
  },
}

const bridgeVersions = { mqttv31: '3.1', mqttv311: '3.1.1', mqttv50: '5' } as const

const bridgeConnection = (values: unknown): ForeignConnection =>
  oneConnection(values, (fields, remarks) => {
    const [first = '', ...others] = (fields.text('address') || fields.text('addresses')).split(/\s+/)
    for (const other of others) remarks.dropped.push({ field: `address ${other}`, why: 'otherAddress' })
    const parts = splitAddress(first)
    const caFile = fields.text('bridge_cafile')
    const version = fields.text('bridge_protocol_version')
    return {
      name: fields.text('connection'),
      scheme: caFile !== '' || fields.has('bridge_capath') ? 'mqtts' : 'mqtt',
      host: parts?.host ?? first,
      port: parts?.port === undefined ? 1883 : Number(parts.port),
      protocolVersion: Object.hasOwn(bridgeVersions, version)
        ? bridgeVersions[version as keyof typeof bridgeVersions]
        : '3.1.1',
      clientId: fields.text('remote_clientid') || fields.text('clientid'),
      username: fields.text('remote_username') || fields.text('username'),
      password: fields.text('remote_password') || fields.text('password'),
      keepaliveSeconds: fields.number('keepalive_interval'),
      cleanStart: fields.flag('cleansession'),
      tls: {
        caFile,
        certificateFile: fields.text('bridge_certfile'),
        keyFile: fields.text('bridge_keyfile'),
        alpn: fields.text('bridge_alpn'),
        verify: fields.flag('bridge_insecure') !== true,
      },
      subscriptions: fields.list('topic').map(bridgeTopic),
    }
  })

/** `topic PATTERN [DIRECTION [QOS [LOCAL REMOTE]]]`: the remote prefix is where the messages are. */
const bridgeTopic = (said: unknown) => {
  const [filter = '', , qos = '0', , remote = ''] = textOf(said).split(/\s+/)
  return { filter: `${remote === '""' ? '' : remote}${filter}`, qos: Number(qos) }
}
