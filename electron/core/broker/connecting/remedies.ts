// Why it is so: build/docs/decisions/21-a-remedy-connects-once.md
// Why it is so: build/docs/decisions/22-takeovers-are-seen-by-their-pattern.md
import { urlHost } from '#shared/address/urlHost'
import type { ProfileChange, Remedy, RemedyId, Stage, Tried } from '#shared/model/failure'
import { usesTls, usesWebSocket, type Scheme } from '#shared/model/profile'
import type { ProtocolVersion } from '#shared/model/qos'
import type { AppError } from '#shared/result'

/** What is known of a failure when its remedies are chosen. */
export interface FailureFacts {
  readonly error: AppError
  readonly stage: Stage
  readonly tried: Tried
}

type Remedies = (facts: FailureFacts) => readonly Remedy[]

/** Connects once with the change; the values name the remedy among others of its id. */
export const tryOnce = (id: RemedyId, change: ProfileChange, values: Remedy['values'] = {}): Remedy => ({
  id,
  key: [id, ...Object.values(values)].join(' '),
  action: { kind: 'tryOnce', change },
  values,
})

/** Opens the settings at `field`. */
export const changeSettings = (id: RemedyId, field: string, { host, port, path }: Tried): Remedy => ({
  id,
  key: id,
  action: { kind: 'edit', field },
  values: { host, port, path },
})

export const withNewClientId = (clientId: string): Remedy => tryOnce('newClientId', { clientId }, { clientId })

const schemeOf = (webSocket: boolean, secure: boolean): Scheme =>
  webSocket ? (secure ? 'wss' : 'ws') : secure ? 'mqtts' : 'mqtt'

/** At the same port: that something else is spoken there is what was found out. */
const withScheme = (id: RemedyId, { port }: Tried, scheme: Scheme): Remedy => tryOnce(id, { scheme }, { scheme, port })

const withTls = (tried: Tried) => withScheme('useTls', tried, schemeOf(usesWebSocket(tried.scheme), true))
const withoutTls = (tried: Tried) => withScheme('useNoTls', tried, schemeOf(usesWebSocket(tried.scheme), false))
const overWebSocket = (tried: Tried) => withScheme('useWebSocket', tried, schemeOf(true, usesTls(tried.scheme)))
const overTcp = (tried: Tried) => withScheme('useNoWebSocket', tried, schemeOf(false, usesTls(tried.scheme)))

const mostCommonFirst: readonly ProtocolVersion[] = ['3.1.1', '5', '3.1']
const withVersion = (version: ProtocolVersion, { protocolVersion }: Tried): Remedy =>
  tryOnce('useVersion', { protocolVersion: version }, { version, tried: protocolVersion })

/** The other versions, most common first. MQTT 3.1 only where 3.1.1 was refused: who speaks 5 may not know it. */
export const otherVersions: Remedies = ({ tried }) =>
  mostCommonFirst
    .filter((version) => version !== tried.protocolVersion && (version !== '3.1' || tried.protocolVersion === '3.1.1'))
    .map((version) => withVersion(version, tried))

export const signIn: Remedies = ({ tried }) => [
  {
    id: 'signIn',
    key: 'signIn',
    action: { kind: 'signIn' },
    values: { given: tried.hasUsername || tried.hasPassword ? 'some' : 'none' },
  },
]

/** The ports brokers use for TLS and for WebSocket: IANA's, and those of mosquitto, EMQX, HiveMQ and cloud brokers. */
const tlsPorts: ReadonlySet<number> = new Set([443, 8883, 8884, 8084])
const webSocketPorts: ReadonlySet<number> = new Set([80, 8000, 8080, 8083, 9001])

const likeliest = (remedies: readonly Remedy[], first: Remedy | null): readonly Remedy[] =>
  first ? [first, ...remedies.filter(({ key }) => key !== first.key)] : remedies

/** Networks of companies often lead elsewhere by a proxy only, which alone resolves names of outside. */
export const byProxy: Remedies = ({ tried }) => [changeSettings('useProxy', 'network.proxy.kind', tried)]

/** Somebody ended the connection, or says nothing, where CONNACK was due. */
const atConnect: Remedies = (facts) => {
  const { tried } = facts
  const versions = tried.protocolVersion === '5' ? [withVersion('3.1.1', tried)] : []
  const tls = usesTls(tried.scheme) ? [] : [withTls(tried)]
  const webSocket = usesWebSocket(tried.scheme) ? [] : [overWebSocket(tried)]
  const credentials = tried.hasPassword ? [] : signIn(facts)
  const will = tried.hasWill ? [changeSettings('checkWill', 'will.topic', tried)] : []
  // The alert that asks for a certificate may be lost when the server resets the connection right behind it.
  const certificate =
    usesTls(tried.scheme) && !tried.hasClientCertificate
      ? [changeSettings('clientCertificate', 'tls.certificateFile', tried)]
      : []
  const port = changeSettings('changePort', 'port', tried)
  const all = [...versions, ...tls, ...credentials, ...certificate, ...will, ...webSocket, port]
  if (!usesTls(tried.scheme) && tlsPorts.has(tried.port)) return likeliest(all, withTls(tried))
  if (!usesWebSocket(tried.scheme) && webSocketPorts.has(tried.port)) return likeliest(all, overWebSocket(tried))
  return all
}

const atTls: Remedies = ({ tried }) => [withoutTls(tried), changeSettings('changePort', 'port', tried)]

const atWebSocket: Remedies = ({ tried }) => {
  const tls = usesTls(tried.scheme) ? [] : [withTls(tried)]
  return likeliest(
    [overTcp(tried), ...tls, changeSettings('changePort', 'port', tried)],
    tlsPorts.has(tried.port) ? (tls[0] ?? null) : null,
  )
}

/** A close, a reset or silence: what may be behind it depends on how far the connection came. */
export const whoDoesNotAnswer: Remedies = (facts) => {
  switch (facts.stage) {
    case 'connect':
      return atConnect(facts)
    case 'tls':
      return atTls(facts)
    case 'webSocket':
      return atWebSocket(facts)
    case 'settings':
    case 'name':
    case 'tcp':
      return byProxy(facts)
    case 'proxy':
    case 'online':
      return []
  }
}

/** What answered speaks another protocol: `values.detail` says which, where it is known. */
export const otherTransport: Remedies = ({ error, tried }) => {
  const detail = String(error.values?.['detail'] ?? '')
  if (error.code === 'tlsPlainTextAnswer') return [withoutTls(tried), changeSettings('changePort', 'port', tried)]
  if (detail === 'TLS') return [withTls(tried)]
  const webSocket = detail.includes('HTTP/') && !usesWebSocket(tried.scheme) ? [overWebSocket(tried)] : []
  return [...webSocket, changeSettings('changePort', 'port', tried)]
}

/** Where the server's slip does no harm. */
export const goOnLeniently: Remedies = ({ error }) =>
  error.values?.['mend'] === 'lenient' ? [tryOnce('beLenient', { lenient: true })] : []

const readUrl = (text: string, base: string): URL | null => {
  try {
    return new URL(text, base)
  } catch {
    return null
  }
}

/** Where a redirect leads, as settings; null = nowhere a WebSocket could be. */
const redirectTarget = (location: string, { scheme, host, port, path }: Tried): ProfileChange | null => {
  const base = `${scheme === 'wss' ? 'https' : 'http'}://${urlHost(host)}:${port}${path}`
  const url = readUrl(location, base)
  if (!url) return null
  const isSecureTarget = url.protocol === 'https:' || url.protocol === 'wss:'
  if (!isSecureTarget && url.protocol !== 'http:' && url.protocol !== 'ws:') return null
  return {
    scheme: isSecureTarget ? 'wss' : 'ws',
    host: url.hostname,
    port: url.port === '' ? (isSecureTarget ? 443 : 80) : Number(url.port),
    path: `${url.pathname}${url.search}`,
  }
}

const followLocation: Remedies = ({ error, tried }) => {
  const location = String(error.values?.['location'] ?? '')
  const change = location === '' ? null : redirectTarget(location, tried)
  if (!change) return []
  const { scheme = '', host = '', port = 0, path = '' } = change
  return [tryOnce('followLocation', change, { location: `${scheme}://${host}:${port}${path}` })]
}

/** A web server answered: what it said decides. */
export const webSocketRemedies: Remedies = (facts) => {
  const { error, tried } = facts
  const otherPath = changeSettings('changePath', 'path', tried)
  const tls = usesTls(tried.scheme) ? [] : [withTls(tried)]
  switch (error.values?.['kind']) {
    case 'redirect':
      return [...followLocation(facts), otherPath]
    case 'tls':
      return tls
    case 'notHttp':
      return [overTcp(tried), ...tls, changeSettings('changePort', 'port', tried)]
    case 'noWebSocket':
      return [otherPath, ...tls, changeSettings('changePort', 'port', tried)]
    case 'credentials':
    case 'forbidden':
    case 'overloaded':
    case 'gateway':
      return []
    default:
      return [otherPath, changeSettings('changePort', 'port', tried)]
  }
}

/** "host", "host:port" or "[address]:port", as servers write a reference (MQTT 5 §4.11). */
const referencePattern = /^(\[[\da-f:.]+\]|[\p{L}\p{N}._-]+)(?::(\d{1,5}))?$/iu

/** Servers may name several, separated by spaces; each that reads as an address is offered. */
export const otherServer: Remedies = ({ error, tried }) =>
  String(error.values?.['reference'] ?? '')
    .split(/[\s,]+/)
    .flatMap((reference) => {
      const [, host, digits] = referencePattern.exec(reference) ?? []
      const port = digits === undefined ? tried.port : Number(digits)
      if (host === undefined || port < 1 || port > 65_535) return []
      return [tryOnce('followServer', { host, port }, { host, port })]
    })
    .slice(0, 3)

/** The server closed on a message: where it is to be sent again, it can be given up. What is held is offered elsewhere. */
export const aboutMessage: Remedies = ({ error: { values } }) => {
  const sequence = Number(values?.['sequence'] ?? 0)
  if (values?.['next'] !== 'again' || sequence < 1) return []
  return [{ id: 'dropMessage', key: `dropMessage ${sequence}`, action: { kind: 'dropMessage', sequence } }]
}

/** The server closed on a SUBSCRIBE: its filter can be switched off. */
export const aboutFilter: Remedies = ({ error: { values } }) => {
  const filter = values?.['filter']
  if (typeof filter !== 'string' || values?.['packet'] !== 'SUBSCRIBE' || values['next'] === 'held') return []
  return [{ id: 'switchOffFilter', key: 'switchOffFilter', action: { kind: 'switchOffFilter', filter } }]
}
