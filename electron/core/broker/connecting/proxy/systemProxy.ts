import type { OwnProxyKind } from '#shared/model/network'
import { usualProxyPorts } from '#shared/model/network'
import { urlHost } from '#shared/address/urlHost'
import { fail, ok, type Result } from '#shared/result'
import type { Place } from '../connectionFailure'
import type { ProxyTarget } from './proxyTarget'

/** What the system says of a URL, as a script for proxies answers: `PROXY host:port; SOCKS5 host:port; DIRECT`. */
export type AskSystem = (url: string) => Promise<string>

let askSystem: AskSystem | null = null

/** The system has one set of proxies for all of a process, as the environment is one. Null = it cannot be asked. */
export const askSystemBy = (ask: AskSystem | null): void => {
  askSystem = ask
}

const kinds: Readonly<Record<string, OwnProxyKind>> = { PROXY: 'http', SOCKS5: 'socks5Name' }

/**
 * The proxy that the system has for a place; null = none. It is asked as for HTTPS, which goes through a tunnel, too; of several
 * proxies the first that can be used is taken. Fails with `proxyUnusable`.
 */
export const systemProxy = async (place: Place): Promise<Result<ProxyTarget | null>> => {
  if (!askSystem) return unusable('')
  try {
    return readProxyList(await askSystem(`https://${urlHost(place.host)}:${place.port}/`))
  } catch {
    return unusable('')
  }
}

const unusable = (scheme: string) =>
  fail('proxyUnusable', 'The system names no proxy that can be used.', {
    field: 'network.proxy.kind',
    values: { variable: '', scheme, from: 'system' },
  })

/** What a script for proxies answers. */
export const readProxyList = (list: string): Result<ProxyTarget | null> => {
  const entries = list
    .split(';')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  for (const entry of entries) {
    if (/^DIRECT$/i.test(entry)) return ok(null)
    const target = readEntry(entry)
    if (target) return ok(target)
  }
  const [first = ''] = entries
  return entries.length === 0 ? ok(null) : unusable(schemeNames[first.split(/\s/)[0]?.toUpperCase() ?? ''] ?? '')
}

/** As `proxyUnusable` is told. */
const schemeNames: Readonly<Record<string, string>> = { HTTPS: 'https', SOCKS: 'socks4', SOCKS4: 'socks4' }

const readEntry = (entry: string): ProxyTarget | null => {
  const [, word = '', bracketed, bare, digits] =
    /^(\w+)\s+(?:\[([^\]\s]+)\]|([^\s:[\]]+))(?::(\d{1,5}))?$/.exec(entry) ?? []
  const kind = kinds[word.toUpperCase()]
  const host = bracketed ?? bare
  if (!kind || host === undefined) return null
  const port = digits === undefined ? usualProxyPorts[kind] : Number(digits)
  if (port < 1 || port > 65_535) return null
  return { kind, place: { host, port }, username: '', password: '', from: 'system' }
}
