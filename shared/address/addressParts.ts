import type { Scheme } from '#shared/model/profile'
import { isIpv6 } from './ipv6'

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

/** An address as it may be typed or pasted, in its parts; null = it cannot be told what is meant. */
export const addressParts = (text: string): AddressParts | null => {
  const parts = splitAddress(plain(text))
  // A / that nothing follows is a habit of browsers, not a path.
  if (parts?.path !== '/') return parts
  const { path: _path, ...others } = parts
  return others
}

/** The same, of a text that holds nothing else. */
export const splitAddress = (text: string): AddressParts | null => {
  const [, name, rest = ''] = /^(?:([a-z][a-z\d+.-]*):\/\/)?(.*)$/is.exec(text) ?? []
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
    ...(path !== '' && { path }),
    ...(at >= 0 && userOf(rest.slice(0, at))),
  }
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

const bracketedIpv6 = /^\[([\da-f:.]+(?:%[\w.~-]+)?)\](?::(\d*))?$/i
const named = /^([^:[\]]*)(?::(\d*))?$/

const placeOf = (text: string): Pick<AddressParts, 'host' | 'port'> | null => {
  if (isIpv6(text)) return { host: text }
  const [, host, port] = bracketedIpv6.exec(text) ?? named.exec(text) ?? []
  if (host === undefined) return null
  return { host: withoutRootDot(host), ...(port !== undefined && port !== '' && { port }) }
}

/** The root's dot does no harm in a name, but a certificate never has it. */
const withoutRootDot = (host: string): string => host.replace(/([^.])\.$/, '$1')

const userOf = (text: string): Pick<AddressParts, 'username' | 'password'> => {
  const colon = text.indexOf(':')
  if (colon < 0) return { username: decoded(text) }
  return { username: decoded(text.slice(0, colon)), password: decoded(text.slice(colon + 1)) }
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
