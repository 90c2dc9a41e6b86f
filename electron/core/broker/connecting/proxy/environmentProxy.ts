import { BlockList, isIP, isIPv6 } from 'node:net'
import { readProxyUrl } from '#shared/address/proxyUrl'
import { usualProxyPorts } from '#shared/model/network'
import { fail, ok, type Result } from '#shared/result'
import type { Place } from '../connectionFailure'
import type { ProxyTarget } from './proxyTarget'

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * All that goes through a proxy here is a tunnel, as HTTPS is, so that its variable comes first. Where a name is there in both
 * spellings the lower one holds, as with curl.
 */
const proxyNames = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY']
const exceptionNames = ['no_proxy', 'NO_PROXY']

const firstOf = (names: readonly string[], environment: Environment) =>
  names.map((name) => [name, environment[name]?.trim() ?? ''] as const).find(([, value]) => value !== '')

/**
 * The proxy that the environment names for a place; null = none. This computer is reached without one. Fails with
 * `proxyUnusable` where a variable names one that cannot be used.
 */
export const environmentProxy = (place: Place, environment: Environment): Result<ProxyTarget | null> => {
  const [variable, value] = firstOf(proxyNames, environment) ?? ['', '']
  const [, exceptions] = firstOf(exceptionNames, environment) ?? ['', '']
  if (value === '' || isLoopback(place.host) || isExcepted(place, exceptions)) return ok(null)
  return targetOf(value, variable)
}

/** The value may hold a password, so that nothing of it is told but its scheme. */
const targetOf = (text: string, variable: string): Result<ProxyTarget> => {
  const read = readProxyUrl(text)
  if ('unusable' in read)
    return fail('proxyUnusable', `The variable ${variable} names no proxy that can be used.`, {
      field: 'network.proxy.kind',
      values: { variable, scheme: read.unusable, from: 'environment' },
    })
  const { kind, host, port, username, password } = read
  return ok({ kind, place: { host, port: port ?? usualProxyPorts[kind] }, username, password, from: 'environment' })
}

const isLoopback = (host: string) => {
  const name = host.toLowerCase()
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    (isIP(host) === 4 && host.startsWith('127.'))
  )
}

/**
 * Whether a list as of NO_PROXY has a place: `*`, a name and all below it (with or without a dot before it), an address, a
 * range of addresses in CIDR; each with a port or for all. Its entries are separated by commas or spaces.
 */
export const isExcepted = ({ host, port }: Place, list: string): boolean =>
  list.split(/[\s,]+/).some((entry) => entry !== '' && isEntryOf(host.toLowerCase(), port, entry.toLowerCase()))

const isEntryOf = (host: string, port: number, entry: string): boolean => {
  if (entry === '*') return true
  const [, bracketed, bare, digits] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? []
  // An IPv6 address without brackets has colons of its own.
  const name = bracketed ?? bare ?? entry
  if (digits !== undefined && Number(digits) !== port) return false
  const [network = '', prefix] = name.split('/')
  if (isIP(network) !== 0) return isIP(host) !== 0 && isWithin(host, network, prefix)
  const suffix = name.replace(/^\*?\./, '')
  return suffix !== '' && isIP(host) === 0 && (host === suffix || host.endsWith(`.${suffix}`))
}

const isWithin = (host: string, network: string, prefix: string | undefined): boolean => {
  if (isIP(host) !== isIP(network)) return false
  const type = isIPv6(network) ? 'ipv6' : 'ipv4'
  const bits = prefix === undefined ? (type === 'ipv6' ? 128 : 32) : Number(prefix)
  if (!Number.isInteger(bits) || bits < 0 || bits > (type === 'ipv6' ? 128 : 32)) return false
  const list = new BlockList()
  list.addSubnet(network, bits, type)
  return list.check(host, type)
}
