import { urlHost } from '#shared/address/urlHost'
import { usualProxyPorts } from '#shared/model/network'
import { usesTls, usesWebSocket, type Profile } from '#shared/model/profile'

/** Profiles as commands of mosquitto_sub, one a line, for a POSIX shell. Passwords are left out. */
export const mosquittoText = (profiles: readonly Profile[]): string => `${profiles.map(mosquittoLines).join('\n\n')}\n`

const versions = { '3.1': 'mqttv31', '3.1.1': 'mqttv311', '5': 'mqttv5' } as const

const mosquittoLines = (profile: Profile): string => {
  const filters = profile.subscriptions.filter(({ enabled }) => enabled)
  // One QoS is for all filters of a command.
  const qos = Math.max(0, ...filters.map((one) => one.qos))
  const words = [
    'mosquitto_sub',
    ...addressWords(profile),
    ...option('-i', profile.clientId),
    ...option('-u', profile.username),
    ...option('-k', String(profile.keepaliveSeconds)),
    ...sessionWords(profile),
    ...(usesWebSocket(profile.scheme) ? ['--ws'] : []),
    ...(usesTls(profile.scheme) ? tlsWords(profile.tls) : []),
    ...proxyWords(profile.network),
    ...willWords(profile.will),
    ...(qos > 0 ? ['-q', String(qos)] : []),
    ...filters.flatMap(({ filter }) => ['-t', filter]),
  ]
  const notes = [
    commentOf(profile.name),
    ...(profile.usePassword ? ['# The password was left out: add -P'] : []),
    ...proxyNotes(profile.network),
    ...(filters.length === 0 ? ['# There are no subscriptions: add -t'] : []),
  ]
  return [...notes, words.map(quoted).join(' ')].join('\n')
}

const addressWords = ({ host, port, protocolVersion }: Profile): readonly string[] => [
  ...option('-h', host),
  ...option('-p', String(port)),
  ...option('-V', versions[protocolVersion]),
]

const option = (name: string, value: string): readonly string[] => (value === '' ? [] : [name, value])

const sessionWords = ({ cleanStart, protocolVersion, sessionExpirySeconds }: Profile): readonly string[] => [
  ...(cleanStart ? [] : ['-c']),
  ...(protocolVersion === '5' && (sessionExpirySeconds > 0 || !cleanStart) ? ['-x', String(sessionExpirySeconds)] : []),
]

const tlsWords = ({ caFile, certificateFile, keyFile, alpn, verify }: Profile['tls']): readonly string[] => [
  ...(caFile === '' ? ['--tls-use-os-certs'] : ['--cafile', caFile]),
  ...(certificateFile === '' ? [] : ['--cert', certificateFile, '--key', keyFile]),
  ...option('--tls-alpn', alpn),
  ...(verify ? [] : ['--insecure']),
]

/** The client knows SOCKS alone. */
const proxyWords = ({ proxy }: Profile['network']): readonly string[] => {
  const { kind, host, port, username } = proxy
  if (kind !== 'socks5' && kind !== 'socks5Name') return []
  const user = username === '' ? '' : `${encodeURIComponent(username)}@`
  return ['--proxy', `socks5h://${user}${urlHost(host)}:${port ?? usualProxyPorts[kind]}`]
}

const proxyNotes = ({ proxy: { kind, username } }: Profile['network']): readonly string[] => {
  if (kind === 'socks5' || kind === 'socks5Name')
    return username === '' ? [] : ["# The proxy's password was left out: add it behind its username"]
  return kind === 'none' ? [] : ['# The proxy was left out: mosquitto_sub takes one of SOCKS alone']
}

const willWords = (will: Profile['will']): readonly string[] =>
  will.enabled
    ? [
        ...option('--will-topic', will.topic),
        ...option('--will-payload', will.payload),
        ...(will.qos > 0 ? ['--will-qos', String(will.qos)] : []),
        ...(will.retain ? ['--will-retain'] : []),
      ]
    : []

const commentOf = (name: string): string => `# ${name.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')}`

/** In single quotes a shell changes nothing. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
