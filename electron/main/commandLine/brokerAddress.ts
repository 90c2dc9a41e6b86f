import { splitAddress } from '#shared/address/addressParts'
import { defaultPorts, schemeSchema, usesWebSocket, type Scheme } from '#shared/model/profile'
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

/**
 * Reads a `mqtt`, `mqtts`, `ws` or `wss` address; fails with `invalidInput` in words that do not repeat a password. It is
 * stricter than the form, where a person sees what was made of an address.
 */
export const parseBrokerAddress = (address: string): Result<BrokerAddress> => {
  const [, name, behind = ''] = /^([a-z][a-z\d+.-]*):\/\/(.*)$/is.exec(address) ?? []
  if (name === undefined) return invalid('is not an address such as mqtt://localhost:1883')
  const scheme = schemeSchema.safeParse(name.toLowerCase()).data
  if (!scheme) return invalid('must start with mqtt://, mqtts://, ws:// or wss://')
  const problem = problemOf(behind)
  if (problem !== null) return invalid(problem)
  const { host = '', port, path, username = '', password = '' } = splitAddress(address) ?? {}
  if (host === '' || Number(port ?? 0) > 65_535) return invalid('is not an address such as mqtt://localhost:1883')
  if (!usesWebSocket(scheme) && path !== undefined && path !== '/')
    return invalid(`has a path, which ${scheme} does not know`)
  return ok({
    scheme,
    host,
    port: port === undefined ? defaultPorts[scheme] : Number(port),
    path: usesWebSocket(scheme) ? (path ?? '/mqtt') : '',
    username,
    password: password === '' ? null : password,
  })
}

const invalid = (message: string) => fail('invalidInput', message)

/** What may lead elsewhere than it seems to. */
const problemOf = (behindScheme: string): string | null => {
  const at = behindScheme.lastIndexOf('@')
  if (at >= 0 && !isWellEncoded(behindScheme.slice(0, at)))
    return 'has a "%" that is not followed by two hexadecimal digits of UTF-8'
  if (behindScheme.includes('#')) return 'has a "#"; write %23 inside a user name or password'
  // ws://ann:12/34@host would lead to the host "ann": such a / belongs to a password. The words have no @ of their own,
  // because what stands before one is taken for credentials where the whole line is shown.
  const path = behindScheme.search(/[/?]/)
  return path >= 0 && path < at
    ? 'has a "/" or "?" before the at sign; in a user name or password write %2F for "/" and %3F for "?"'
    : null
}

const isWellEncoded = (text: string): boolean => {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}
