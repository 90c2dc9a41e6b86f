import type { ForeignConnection, ImportTool } from '../foreignConnection'
import { splitAddress } from '#shared/address/addressParts'
import { textOf } from '../fields'
import { oneConnection } from '../oneConnection'
import { namedScheme, namedVersion } from '../settingsReading'

const head = /^\s*\[\[\s*(inputs\.mqtt_consumer|outputs\.mqtt)\s*\]\]\s*(?:#.*)?$/

/** Telegraf: the consumers and outputs of MQTT in its configuration. */
export const telegraf: ImportTool = {
  name: 'Telegraf',
  read: ({ form, text }) => {
    if (form !== 'text' && form !== 'YAML') return null
    const sections = sectionsOf(text)
    return sections.length > 0 ? { format: 'TOML', connections: sections.map(connectionOf) } : null
  },
}

interface Section {
  readonly name: string
  readonly values: Readonly<Record<string, unknown>>
}

/** Each section of MQTT with the keys that stand right in it. */
const sectionsOf = (text: string): readonly Section[] => {
  const lines = text.split(/\r?\n/)
  return lines.flatMap((line, at) => {
    const [, name] = head.exec(line) ?? []
    if (name === undefined) return []
    const behind = lines.slice(at + 1)
    const end = behind.findIndex((one) => /^\s*\[[\w[]/.test(one))
    return [{ name, values: valuesOf((end < 0 ? behind : behind.slice(0, end)).join('\n')) }]
  })
}

const text = String.raw`"(?:\\.|[^"\\\n])*"|'[^'\n]*'`
const pair = new RegExp(String.raw`^\s*([\w-]+)\s*=\s*(\[(?:\s|,|#[^\n]*|${text}|[\w.+-]+)*\]|${text}|[^\s#]+)`, 'gm')

const valuesOf = (section: string): Readonly<Record<string, unknown>> => {
  const values = Object.create(null) as Record<string, unknown>
  for (const [, name = '', value = ''] of section.matchAll(pair)) values[name] = valueOf(value)
  return values
}

const valueOf = (written: string): unknown => {
  if (!written.startsWith('[')) return scalarOf(written)
  const items = written.slice(1, -1).match(new RegExp(`${text}|#[^\\n]*|[\\w.+-]+`, 'g')) ?? []
  return items.filter((item) => !item.startsWith('#')).map(scalarOf)
}

const scalarOf = (written: string): string =>
  written.startsWith("'")
    ? written.slice(1, -1)
    : written.startsWith('"')
      ? written.slice(1, -1).replace(/\\(["\\])/g, '$1')
      : written

const connectionOf = ({ name, values }: Section): ForeignConnection =>
  oneConnection(values, (fields, remarks) => {
    const [first = '', ...others] = fields.list('servers').map(textOf)
    for (const other of others) remarks.dropped.push({ field: `servers ${other}`, why: 'otherAddress' })
    if (others.length > 0) remarks.kept['servers'] = others
    const parts = splitAddress(first)
    const topics = name === 'outputs.mqtt' ? [] : fields.list('topics').map(textOf)
    const qos = fields.number('qos')
    const caFile = fields.text('tls_ca')
    const isSecure = caFile !== '' || fields.has('tls_cert')
    fields.skip('data_format')
    return {
      key: JSON.stringify([name, first, fields.text('client_id'), topics]),
      name: `Telegraf ${parts?.host ?? first}`,
      scheme: parts?.scheme ?? namedScheme(first.split('://', 1).join('')) ?? (isSecure ? 'mqtts' : 'mqtt'),
      host: parts?.host ?? first,
      port: parts?.port === undefined ? undefined : Number(parts.port),
      path: parts?.path,
      protocolVersion: namedVersion(fields.text('protocol')) ?? '3.1.1',
      clientId: fields.text('client_id'),
      username: fields.text('username'),
      password: fields.text('password'),
      cleanStart: fields.flag('persistent_session') !== true,
      keyPassphrase: fields.text('tls_key_pwd'),
      tls: {
        caFile,
        certificateFile: fields.text('tls_cert'),
        keyFile: fields.text('tls_key'),
        serverName: fields.text('tls_server_name'),
        verify: fields.flag('insecure_skip_verify') !== true,
      },
      subscriptions: topics.map((filter) => ({ filter, qos })),
    }
  })
