import { defaultPorts, type Scheme } from '#shared/model/profile'
import type { ProfileDraft } from './profileDraft'

/** What people paste where a host belongs; schemes of other tools included. */
const schemes: Readonly<Record<string, Scheme>> = {
  mqtt: 'mqtt',
  tcp: 'mqtt',
  mqtts: 'mqtts',
  ssl: 'mqtts',
  tls: 'mqtts',
  'mqtt+ssl': 'mqtts',
  ws: 'ws',
  http: 'ws',
  wss: 'wss',
  https: 'wss',
}

/** The parts of an address; absent = it does not say. */
export interface AddressParts {
  readonly host: string
  readonly scheme?: Scheme
  readonly port?: string
  readonly path?: string
  readonly username?: string
  readonly password?: string
}

/** Quotes and brackets around it, marks behind it, and the full-width forms that Chinese keyboards type. */
const plain = (text: string): string =>
  text
    .replaceAll('：', ':')
    .replaceAll('。', '.')
    .replaceAll('／', '/')
    .trim()
    .replace(/^["'`<“‘「]+/u, '')
    .replace(/["'`>”’」,;，；]+$/u, '')
    .trim()

/** Of one to four hexadecimal digits each, two colons for the zeros between them, perhaps an IPv4 address at the end. */
const ipv6Shape = /^[\da-f:]*:[\da-f:.]*$/i
const zonePattern = /%[\w.~-]+$/

/** RFC 4291 §2.2, and with a zone, as `fe80::1%eth0` (RFC 4007 §11). */
const isIpv6 = (text: string): boolean => {
  const address = text.replace(zonePattern, '')
  if (!ipv6Shape.test(address)) return false
  try {
    return new URL(`http://[${address}]/`).hostname !== ''
  } catch {
    return false
  }
}
const bracketedIpv6 = /^\[([\da-f:.]+(?:%[\w.~-]+)?)\](?::(\d*))?$/i
const named = /^([^:[\]]*)(?::(\d*))?$/

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The root's dot does no harm in a name, but a certificate never has it. */
const withoutRootDot = (host: string): string => host.replace(/([^.])\.$/, '$1')

const placeOf = (text: string): Pick<AddressParts, 'host' | 'port'> | null => {
  if (isIpv6(text)) return { host: text }
  const [, host, port] = bracketedIpv6.exec(text) ?? named.exec(text) ?? []
  if (host === undefined) return null
  return { host: withoutRootDot(host), ...(port !== undefined && port !== '' && { port }) }
}

const userOf = (text: string): Pick<AddressParts, 'username' | 'password'> => {
  const colon = text.indexOf(':')
  if (colon < 0) return { username: decoded(text) }
  return { username: decoded(text.slice(0, colon)), password: decoded(text.slice(colon + 1)) }
}

/** What was typed or pasted as a host, in its parts; null = it cannot be told what is meant. */
export const addressParts = (text: string): AddressParts | null => {
  const [, name, rest = ''] = /^(?:([a-z][a-z\d+.-]*):\/\/)?(.*)$/is.exec(plain(text)) ?? []
  const scheme = name === undefined ? undefined : schemes[name.toLowerCase()]
  if (name !== undefined && !scheme) return null
  const slash = /[/?#]/.exec(rest)
  // A password may hold a slash; what comes behind the last @ does not hold the user's name.
  const at = rest.lastIndexOf('@', slash && !rest.includes('@', slash.index) ? slash.index : rest.length)
  const behindUser = at < 0 ? rest : rest.slice(at + 1)
  const pathAt = behindUser.search(/[/?#]/)
  const place = placeOf(pathAt < 0 ? behindUser : behindUser.slice(0, pathAt))
  if (!place || place.host === '') return null
  const path = pathAt < 0 ? '' : behindUser.slice(pathAt).replace(/^(?=[?#])/, '/')
  return {
    ...place,
    ...(scheme && { scheme }),
    ...(path !== '' && path !== '/' && { path }),
    ...(at >= 0 && userOf(rest.slice(0, at))),
  }
}

/** Why a host is none (a key of `profile.problems`), or null. Spaces around it do not matter. */
export const hostProblem = (text: string): string | null => {
  const host = text.trim()
  if (host === '') return null
  if (/[\s,;，；]/u.test(host)) return 'severalHosts'
  if (isIpv6(host.replace(/^\[(.*)\]$/, '$1'))) return null
  if (/["'`<>“”‘’「」\\^{|}]/u.test(host)) return 'hostMarks'
  if (/[/?#@[\]]/.test(host)) return 'hostOnly'
  if (host.includes(':')) return 'hostPort'
  return /^\.|\.\./.test(host) ? 'hostDots' : null
}

/** Why a WebSocket path is none, or null. */
export const pathProblem = (path: string): string | null => {
  // RFC 6455 §3: no fragments in the address of a WebSocket.
  if (path.includes('#')) return 'pathFragment'
  return /[\s\p{Cc}]/u.test(path) ? 'pathSpace' : null
}

/** The draft with an address that stands in its host field split into the fields it belongs to. */
export const withAddressSplit = (draft: ProfileDraft): ProfileDraft => {
  const parts = draft.kind === 'local' ? null : addressParts(draft.texts.host)
  if (!parts) return draft
  const { scheme = draft.scheme, host, port, path, username, password } = parts
  if (host === draft.texts.host && Object.keys(parts).length === 1) return draft
  const changesScheme = scheme !== draft.scheme
  const isUsual = draft.texts.port.trim() === String(defaultPorts[draft.scheme])
  const portText = port ?? (changesScheme && isUsual ? String(defaultPorts[scheme]) : draft.texts.port)
  const { secrets } = draft
  return {
    ...draft,
    scheme,
    texts: {
      ...draft.texts,
      host,
      port: portText,
      ...(path !== undefined && { path }),
      ...(username !== undefined && { username }),
    },
    ...(password !== undefined && {
      usePassword: true,
      secrets: { ...secrets, password: { ...secrets.password, typed: password } },
    }),
  }
}
