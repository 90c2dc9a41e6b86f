import { addressParts } from '#shared/address/addressParts'
import type { ConnectionReading, Leftover, ReadSettings } from '#shared/address/connectionReading'
import { readMosquittoCommand } from '#shared/address/mosquittoCommand'
import { mosquittoOptions } from '#shared/address/mosquittoOptions'
import { readConnection } from '#shared/address/readConnection'
import type { ShellWord } from '#shared/address/shellWords'
import type { ProxySettings } from '#shared/model/network'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import { readClientCommand } from './clientCommands'
import type { Dropped, ForeignConnection, ForeignSubscription, ImportTool } from '../foreignConnection'

/** Lines that are no comments; a command may go on in the next line. */
const linesOf = (text: string): readonly string[] =>
  text
    .replace(/ [\\^]\r?\n\s*/g, ' ')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))

/** mosquitto's option files: one option a line, the rest of the line is its value as it stands. */
export const mosquittoOptionFile: ImportTool = {
  name: 'mosquitto',
  read: ({ form, text }) => {
    const lines = form === 'text' || form === 'YAML' ? linesOf(text) : []
    const isOptions =
      lines.length > 0 && lines.every((line) => mosquittoOptions.has(line.split(/ /, 1).join('').trim()))
    if (!isOptions) return null
    const words = ['mosquitto_sub', ...lines.flatMap(optionWords)].map((word): ShellWord => ({
      text: word,
      isExpanded: false,
    }))
    const reading = readMosquittoCommand({ words, behind: '' })
    return reading && { format: 'option file', connections: [ofReading(reading)] }
  },
}

const optionWords = (line: string): readonly string[] => {
  const at = line.indexOf(' ')
  if (at < 0) return [line]
  const name = line.slice(0, at)
  const value = line.slice(at + 1)
  const takes = mosquittoOptions.get(name)?.takes ?? 1
  return takes > 1 ? [name, ...value.split(' ')] : [name, value]
}

/** Commands of the mosquitto clients, one a line. */
export const mosquittoCommands: ImportTool = {
  name: 'mosquitto',
  read: ({ form, text }) => {
    if (form !== 'text' && form !== 'YAML') return null
    const readings = linesOf(text).map((line) => readConnection(line))
    const isAll = readings.length > 0 && readings.every((reading) => reading?.kind === 'command')
    return isAll
      ? { format: 'command lines', connections: readings.flatMap((one) => (one ? [ofReading(one)] : [])) }
      : null
  },
}

/** Commands of one of the other clients, one a line. */
const clientCommands = (name: string): ImportTool => ({
  name,
  read: ({ form, text }) => {
    if (form !== 'text' && form !== 'YAML') return null
    const commands = linesOf(text).map(readClientCommand)
    const isAll = commands.length > 0 && commands.every((command) => command?.tool === name)
    return isAll
      ? { format: 'command lines', connections: commands.flatMap((command) => command?.connection ?? []) }
      : null
  },
})
export const mqttxCommands = clientCommands('MQTTX CLI')
export const mqttCliCommands = clientCommands('mqtt-cli')

/** Commands of several clients and addresses, as they are pasted from notes. */
export const mixedCommands: ImportTool = {
  name: 'commands',
  read: ({ form, text }) => {
    if (form !== 'text' && form !== 'YAML') return null
    const connections = linesOf(text).map((line) => {
      const command = readClientCommand(line)?.connection
      if (command) return command
      if (address.test(line.trim())) return ofAddress(line.trim())
      const reading = readConnection(line)
      return reading?.kind === 'command' ? ofReading(reading) : null
    })
    const isAll = connections.length > 0 && connections.every((one) => one !== null)
    return isAll ? { format: 'lines', connections } : null
  },
}

const address =
  /^[a-z][a-z\d+.-]*:\/\/\S+$|^(?:[\w-]+\.)+[a-z][\w-]*(?::\d+)?$|^\d+\.\d+\.\d+\.\d+(?::\d+)?$|^localhost(?::\d+)?$/i

/** Addresses, one a line. */
export const addresses: ImportTool = {
  name: 'URL',
  read: ({ form, text }) => {
    const lines = form === 'text' || form === 'YAML' ? linesOf(text).map((line) => line.trim()) : []
    const isAll = lines.length > 0 && lines.every((line) => address.test(line))
    return isAll ? { format: 'URL', connections: lines.map(ofAddress) } : null
  },
}

const ofAddress = (line: string): ForeignConnection => {
  // The scheme of WebSocket over TLS in small programs of WeChat.
  const plain = line.replace(/^wx(s?):\/\//i, 'ws$1://')
  const reading = readConnection(plain)
  if (!reading)
    return {
      ...nothing,
      name: line.replace(/\/\/[^/]*@/, '//…@'),
      host: '',
      dropped: [{ field: 'url', why: 'invalid' }],
    }
  const read = ofReading({ ...reading, left: [] })
  const path = addressParts(plain)?.path ?? ''
  const isWebSocket = read.scheme === 'ws' || read.scheme === 'wss'
  return isWebSocket || path === '' ? read : withPath(read, path)
}

/** MQTT has no paths: what stands there is a topic, and settings behind a `?`. */
const withPath = (read: ForeignConnection, path: string): ForeignConnection => {
  const [, topic = '', query = ''] = /^\/?([^?]*)(?:\?(.*))?$/s.exec(path) ?? []
  const filter = decoded(topic)
  const said = new Map(
    query.split('&').map((pair) => [pair.split('=', 1).join(''), decoded(pair.replace(/^[^=]*=?/, ''))]),
  )
  const clientId = said.get('clientId')
  const clean = said.get('clean')
  const others = [...said.keys()].filter((name) => name !== '' && name !== 'clientId' && name !== 'clean')
  const isFilter = filter !== '' && topicFilterProblem(filter) === null
  return {
    ...read,
    ...(clientId !== undefined && { clientId }),
    ...(clean !== undefined && { cleanStart: clean !== 'false' }),
    subscriptions: isFilter ? [{ filter }] : [],
    guessed: [...read.guessed, ...(isFilter ? ['subscriptions'] : [])],
    dropped: [...read.dropped, ...others.map((name): Dropped => ({ field: `url.${name}`, why: 'noSetting' }))],
  }
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const nothing: ForeignConnection = {
  key: '',
  name: '',
  folder: [],
  host: '',
  subscriptions: [],
  messages: [],
  dropped: [],
  guessed: [],
  kept: {},
}

/** What a pasted address or command says, as a connection of a file. */
const ofReading = (reading: ConnectionReading): ForeignConnection => {
  const { settings, password, proxyPassword, filters, message, left } = reading
  const willTopic = settings['will.enabled'] ? settings['will.topic'] : undefined
  return {
    ...nothing,
    // The same command twice is one connection; others to the same broker are others.
    key: reading.source,
    name: settings.host ?? '',
    scheme: settings.scheme,
    host: settings.host ?? '',
    port: settings.port,
    // Over WebSocket the client asks for this path.
    path: settings.path ?? (reading.kind === 'command' ? '/mqtt' : undefined),
    protocolVersion: settings.protocolVersion,
    clientId: settings.clientId ?? '',
    username: settings.username ?? '',
    password: password ?? '',
    proxy: proxyOf(settings),
    ...(proxyPassword !== undefined && { proxyPassword }),
    keepaliveSeconds: settings.keepaliveSeconds,
    cleanStart: settings.cleanStart,
    sessionExpirySeconds: settings.sessionExpirySeconds,
    tls: {
      ...(settings['tls.caFile'] !== undefined && { caFile: settings['tls.caFile'] }),
      ...(settings['tls.certificateFile'] !== undefined && { certificateFile: settings['tls.certificateFile'] }),
      ...(settings['tls.keyFile'] !== undefined && { keyFile: settings['tls.keyFile'] }),
      ...(settings['tls.alpn'] !== undefined && { alpn: settings['tls.alpn'] }),
      verify: settings['tls.verify'],
    },
    will:
      willTopic === undefined
        ? null
        : {
            topic: willTopic,
            payload: settings['will.payload'] ?? '',
            qos: settings['will.qos'],
            retain: settings['will.retain'],
            properties: settingsUnder(settings, 'will.', notOfMessage),
          },
    connectProperties: settingsUnder(settings, 'connectProperties.', []),
    subscriptions: filters.map((one): ForeignSubscription => ({ filter: one.filter, qos: one.qos })),
    messages: message ? [{ name: message.topic, folder: [], message }] : [],
    dropped: left.map(droppedOf),
    guessed: [
      ...(settings.scheme === undefined ? ['scheme'] : []),
      ...(settings.protocolVersion === undefined ? ['protocolVersion'] : []),
    ],
    kept: Object.fromEntries(
      left.filter(({ why }) => why !== 'invalid').map(({ text }, index) => [`left.${index}`, text]),
    ),
  }
}

const proxyOf = (settings: ConnectionReading['settings']): Partial<ProxySettings> => {
  const kind = settings['network.proxy.kind']
  if (kind === undefined) return {}
  return {
    kind,
    host: settings['network.proxy.host'] ?? '',
    port: settings['network.proxy.port'] ?? null,
    username: settings['network.proxy.username'] ?? '',
  }
}

/** Of a will these stand beside its properties. */
const notOfMessage: readonly string[] = ['enabled', 'topic', 'payload', 'qos', 'retain']

/** What is read under a dotted path, by the names of its fields. */
const settingsUnder = (settings: ReadSettings, path: string, without: readonly string[]) =>
  Object.fromEntries(
    Object.entries(settings)
      .filter(([name]) => name.startsWith(path) && !without.includes(name.slice(path.length)))
      .map(([name, value]) => [name.slice(path.length), value]),
  )

const droppedOf = ({ text, why }: Leftover): Dropped => ({
  field: text,
  why:
    why === 'invalid' || why === 'noValue'
      ? 'invalid'
      : why === 'unknown' || why === 'variable'
        ? 'unclear'
        : 'noSetting',
})
