import { defaultPorts, newClientId, type Scheme } from '#shared/model/profile'
import type { ProtocolVersion, Qos } from '#shared/model/qos'
import { topicFilterProblem, topicNameProblem } from '#shared/mqtt/topicFilter'
import { visibleLine } from '#shared/text/visibleLine'
import { withoutSecrets } from '#shared/text/withoutSecrets'
import { splitAddress, type AddressParts } from './addressParts'
import type { ConnectionReading, Leftover, LeftoverReason, ReadFilter, ReadSettings } from './connectionReading'
import { mosquittoArguments, type MosquittoArgument } from './mosquittoArguments'
import { isOfPublish, messageOf } from './mosquittoMessage'
import { packetOf, propertySettings } from './mosquittoProperties'
import { numberOf, programPattern, saidBy, type Drop, type Program, type Said } from './mosquittoSaid'
import { readProxyUrl } from './proxyUrl'
import type { ShellCommand, ShellWord } from './shellWords'

/**
 * What a command of mosquitto_sub, mosquitto_pub or mosquitto_rr says, wherever it stands among the words (behind `sudo`
 * or `docker exec`, say); null = there is none. What the command does not say is as the client would do it: localhost,
 * MQTT 3.1.1 (5 with properties, and for mosquitto_rr), TLS at port 8883.
 */
export const readMosquittoCommand = ({ words, behind }: ShellCommand): ConnectionReading | null => {
  const at = words.findIndex(({ text }) => programPattern.test(text))
  if (at < 0) return null
  const program = (programPattern.exec(words[at]?.text ?? '')?.[1] ?? 'sub') as Program
  const { given, left, shown } = mosquittoArguments(words.slice(at + 1))
  const said = saidBy(given)
  const read = settingsOf(said, program)
  return {
    kind: 'command',
    source: `mosquitto_${program} ${shown}`.trimEnd(),
    ...read,
    left: [
      ...words.slice(0, at).map(leftBefore),
      ...left,
      ...said.repeated.map((text): Leftover => ({ text, why: 'repeated' })),
      ...read.left,
      ...(behind === '' ? [] : [{ text: visibleLine(withoutSecrets(behind), 120), why: 'behind' } as const]),
    ],
  }
}

/** A word in front of the command. `NAME=value` there sets a variable, which may be a password. */
export const leftBefore = ({ text }: ShellWord): Leftover => ({
  text: visibleLine(withoutSecrets(text.replace(/^(\w+=).+$/s, '$1…')), 120),
  why: 'behind',
})

type Read = Pick<ConnectionReading, 'settings' | 'password' | 'proxyPassword' | 'filters' | 'message' | 'left'>

const settingsOf = (said: Said, program: Program): Read => {
  const left: Leftover[] = []
  const drop = ({ shown }: MosquittoArgument, why: LeftoverReason) => void left.push({ text: shown, why })
  const url = urlOf(said, drop)
  const version = versionOf(said, { program, drop })
  const filters = filtersOf(said, { program, url, drop })
  const message = messageOf(said, { program, version, urlTopic: url?.topic ?? '', drop })
  const proxy = proxyOf(said, drop)
  const settings: ReadSettings = {
    ...placeOf(said, { url, drop }),
    protocolVersion: version,
    ...userOf(said, { url, drop }),
    ...sessionOf(said, { version, drop }),
    ...tlsOf(said, drop),
    ...proxy?.settings,
    ...willOf(said, drop),
    ...propertySettings(
      said.properties.filter((one) => !isOfPublish(one) && !isSessionExpiry(one)),
      { isVersion5: version === '5', hasWill: said.of('willTopic') !== undefined, drop },
    ),
  }
  const password = said.of('password')?.words[0] ?? url?.parts.password ?? null
  const proxyPassword = proxy && proxy.password !== '' ? { proxyPassword: proxy.password } : {}
  return { settings, password, ...proxyPassword, filters, message, left }
}

interface MosquittoUrl {
  readonly parts: AddressParts
  /** What stands behind the first / of its path; '' = nothing. */
  readonly topic: string
}

/** `mqtt(s)://[username[:password]@]host[:port]/topic`: the path of its own kind of URL is a topic. */
const urlOf = (said: Said, drop: Drop): MosquittoUrl | null => {
  const given = said.of('url')
  if (!given) return null
  const [, authority = '', topic = ''] = /^([a-z]+:\/\/[^/]*)(?:\/(.*))?$/is.exec(given.words[0] ?? '') ?? []
  const parts = splitAddress(authority)
  if (!parts?.scheme) {
    drop(given, 'invalid')
    return null
  }
  // An option of its own takes the place of what the URL says.
  if ((['host', 'port', 'username', 'password'] as const).some((part) => parts[part] !== undefined && said.of(part)))
    drop(given, 'repeated')
  return { parts, topic }
}

const placeOf = (said: Said, { url, drop }: { url: MosquittoUrl | null; drop: Drop }): ReadSettings => {
  const urlPort = url?.parts.port === undefined ? undefined : Number(url.parts.port)
  const port = numberOf(said.of('port'), [1, 65_535], drop) ?? urlPort
  const scheme = schemeOf(said, url, port)
  return {
    scheme,
    host: said.of('host')?.words[0] ?? url?.parts.host ?? 'localhost',
    port: port ?? defaultPorts[scheme],
  }
}

const schemeOf = (said: Said, url: MosquittoUrl | null, port: number | undefined): Scheme => {
  const inUrl = url?.parts.scheme
  const isWebSocket = inUrl === 'ws' || inUrl === 'wss' || said.of('webSocket') !== undefined
  const asksForTls = (['caFile', 'caPath', 'systemTrust', 'certificateFile'] as const).some((one) => said.of(one))
  // mosquitto_sub(1), --tls-use-os-certs: at port 8883 TLS is the default.
  const isSecure = asksForTls || inUrl === 'mqtts' || inUrl === 'wss' || port === defaultPorts.mqtts
  if (isWebSocket) return isSecure ? 'wss' : 'ws'
  return isSecure ? 'mqtts' : 'mqtt'
}

const versions: Readonly<Record<string, ProtocolVersion>> = {
  '5': '5',
  mqttv5: '5',
  '311': '3.1.1',
  mqttv311: '3.1.1',
  '31': '3.1',
  mqttv31: '3.1',
}

const versionOf = (said: Said, { program, drop }: { program: Program; drop: Drop }): ProtocolVersion => {
  const given = said.of('version')
  const version = versions[given?.words[0] ?? '']
  if (given && !version) drop(given, 'invalid')
  // mosquitto_pub(1), -D: a property makes it a client of MQTT 5; without a response topic, mosquitto_rr(1) is of no use.
  return version ?? (program === 'rr' || said.properties.length > 0 ? '5' : '3.1.1')
}

const userOf = (said: Said, { url, drop }: { url: MosquittoUrl | null; drop: Drop }): ReadSettings => {
  const username = said.of('username')?.words[0] ?? url?.parts.username
  const prefix = said.of('idPrefix')
  const whole = said.of('clientId')
  if (whole && prefix) drop(prefix, 'repeated')
  // The client puts its process number behind the prefix.
  const clientId = whole?.words[0] ?? (prefix && `${prefix.words[0] ?? ''}${newClientId().slice(-8)}`)
  return { ...(username !== undefined && { username }), ...(clientId !== undefined && { clientId }) }
}

const neverExpires = 4_294_967_295

const sessionOf = (said: Said, { version, drop }: { version: ProtocolVersion; drop: Drop }): ReadSettings => {
  const keepalive = numberOf(said.of('keepalive'), [0, 65_535], drop)
  const isPersistent = said.of('persistent') !== undefined
  const expiry = expiryOf(said, { version, drop }) ?? (isPersistent && version === '5' ? neverExpires : undefined)
  return {
    ...(keepalive !== undefined && { keepaliveSeconds: keepalive }),
    ...(isPersistent && { cleanStart: false }),
    ...(expiry !== undefined && { sessionExpirySeconds: expiry }),
  }
}

/** Said by -x or as a property of CONNECT, of which the last counts. */
const expiryOf = (said: Said, { version, drop }: { version: ProtocolVersion; drop: Drop }): number | undefined => {
  const option = said.of('expiry')
  const properties = said.properties.filter(isSessionExpiry)
  const property = option ? undefined : properties.at(-1)
  for (const other of properties) if (other !== property) drop(other, 'repeated')
  const given = option ?? (property && { ...property, words: property.words.slice(2) })
  if (!given) return undefined
  if (version !== '5') {
    drop(given, 'needsVersion5')
    return undefined
  }
  if (given.words[0] === '-1' || given.words[0] === '∞') return neverExpires
  return numberOf(given, [0, neverExpires], drop)
}

const isSessionExpiry = (property: MosquittoArgument): boolean =>
  packetOf(property) === 'connect' && property.words[1]?.toLowerCase() === 'session-expiry-interval'

const tlsOf = (said: Said, drop: Drop): ReadSettings => {
  const caPath = said.of('caPath')
  if (caPath) drop(caPath, 'noSetting')
  const caFile = said.of('caFile')?.words[0]
  const certificateFile = said.of('certificateFile')?.words[0]
  const keyFile = said.of('keyFile')?.words[0]
  const alpn = said.of('alpn')?.words[0]
  return {
    ...(caFile !== undefined && { 'tls.caFile': caFile }),
    ...(certificateFile !== undefined && { 'tls.certificateFile': certificateFile }),
    ...(keyFile !== undefined && { 'tls.keyFile': keyFile }),
    ...(alpn !== undefined && { 'tls.alpn': alpn }),
    ...(said.of('insecure') && { 'tls.verify': false }),
  }
}

/** mosquitto_sub(1), --proxy: `socks5h://[username[:password]@]host[:port]`, which alone it takes. */
const proxyOf = (said: Said, drop: Drop): { settings: ReadSettings; password: string } | null => {
  const given = said.of('proxy')
  if (!given) return null
  const read = readProxyUrl(given.words[0] ?? '')
  if ('unusable' in read || read.kind !== 'socks5Name') {
    drop(given, 'invalid')
    return null
  }
  const { kind, host, port, username, password } = read
  return {
    settings: {
      'network.proxy.kind': kind,
      'network.proxy.host': host,
      ...(port !== null && { 'network.proxy.port': port }),
      'network.proxy.username': username,
    },
    password,
  }
}

const willOf = (said: Said, drop: Drop): ReadSettings => {
  const topic = said.of('willTopic')
  const others = (['willPayload', 'willQos', 'willRetain'] as const).flatMap((one) => said.of(one) ?? [])
  if (!topic) {
    for (const other of others) drop(other, 'needsWillTopic')
    return {}
  }
  if (topicNameProblem(topic.words[0] ?? '')) drop(topic, 'invalid')
  return {
    'will.enabled': true,
    'will.topic': topic.words[0] ?? '',
    'will.payload': said.of('willPayload')?.words[0] ?? '',
    'will.qos': (numberOf(said.of('willQos'), [0, 2], drop) ?? 0) as Qos,
    'will.retain': said.of('willRetain') !== undefined,
  }
}

interface FilterParts {
  readonly program: Program
  readonly url: MosquittoUrl | null
  readonly drop: Drop
}

/** What it subscribes to: mosquitto_rr to where the answers come, mosquitto_pub to nothing. */
const filtersOf = (said: Said, { program, url, drop }: FilterParts): readonly ReadFilter[] => {
  const response = said.of('responseTopic')
  if (response && program !== 'rr') drop(response, 'unknown')
  if (program === 'pub') return []
  const qos = (numberOf(said.of('qos'), [0, 2], program === 'sub' ? drop : ignore) ?? 0) as Qos
  const inUrl = url && url.topic !== '' ? said.of('url') : undefined
  const ofSub = [...(inUrl ? [{ ...inUrl, words: [url?.topic ?? ''] }] : []), ...said.topics]
  const wanted = program === 'sub' ? ofSub : response ? [response] : []
  return wanted.flatMap((argument) => {
    const filter = argument.words[0] ?? ''
    if (!topicFilterProblem(filter)) return [{ filter, qos }]
    drop(argument, 'invalid')
    return []
  })
}

/** The QoS of mosquitto_rr is that of its message as well, which says what is wrong with it. */
const ignore: Drop = () => undefined
