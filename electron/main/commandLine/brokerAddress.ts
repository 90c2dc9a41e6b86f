import { defaultPorts, schemeSchema, type Scheme } from '#shared/model/profile'
import { fail, ok, type Result } from '#shared/result'

/** Where a broker is, as an address such as `mqtt://user:pass@[::1]:1883` says it. */
export interface BrokerAddress {
  readonly scheme: Scheme
  /** Without the brackets of an IPv6 address. */
  readonly host: string
  readonly port: number
  /** For ws and wss, with its query; '' otherwise. */
  readonly path: string
  readonly username: string
  readonly password: string | null
}

const invalid = (message: string) => fail('invalidInput', message)

const hasNoPath = (address: string) => /^[^/]*\/\/[^/?#]*$/.test(address)

const readPath = (scheme: Scheme, address: string, { pathname, search }: URL): string | null => {
  if (scheme === 'ws' || scheme === 'wss') return hasNoPath(address) ? '/mqtt' : `${pathname}${search}`
  return (pathname === '' || pathname === '/') && search === '' ? '' : null
}

// URL.canParse is younger than the oldest runtime this has to work on.
const parseUrl = (address: string): URL | null => {
  try {
    return new URL(address)
  } catch {
    return null
  }
}

const decodeParts = (url: URL): readonly [host: string, username: string, password: string] | null => {
  try {
    return [decodeURIComponent(url.hostname), decodeURIComponent(url.username), decodeURIComponent(url.password)]
  } catch {
    return null
  }
}

/** Reads a `mqtt`, `mqtts`, `ws` or `wss` address; fails with `invalidInput` in words that do not repeat a password. */
export const parseBrokerAddress = (address: string): Result<BrokerAddress> => {
  const url = parseUrl(address)
  if (!url) return invalid('is not an address such as mqtt://localhost:1883')
  const scheme = schemeSchema.safeParse(url.protocol.slice(0, -1)).data
  if (!scheme) return invalid('must start with mqtt://, mqtts://, ws:// or wss://')
  const parts = decodeParts(url)
  if (!parts) return invalid('has a "%" that is not followed by two hexadecimal digits of UTF-8')
  const [host, username, password] = parts
  if (host === '') return invalid('names no host')
  if (url.hash !== '') return invalid('has a "#"; write %23 inside a user name or password')
  // ws://ann:12/34@host would lead to the host "ann": such a / belongs to a password.
  if (`${url.pathname}${url.search}`.includes('@'))
    return invalid('has an "@" behind a "/" or "?"; in a user name or password write %2F for "/" and %3F for "?"')
  const path = readPath(scheme, address, url)
  if (path === null) return invalid(`has a path, which ${scheme} does not know`)
  const port = url.port === '' ? defaultPorts[scheme] : Number(url.port)
  return ok({
    scheme,
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port,
    path,
    username,
    password: password === '' ? null : password,
  })
}
