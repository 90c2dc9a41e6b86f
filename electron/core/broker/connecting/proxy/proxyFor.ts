import { isOwnProxy, usualProxyPorts } from '#shared/model/network'
import type { Profile, Secrets } from '#shared/model/profile'
import { ok, type Result } from '#shared/result'
import type { Place } from '../connectionFailure'
import { environmentProxy, type Environment } from './environmentProxy'
import type { ProxyTarget } from './proxyTarget'

/**
 * The proxy that a profile goes through to a place, as its settings or the environment say; null = it goes straight there. The
 * broker inside is on this computer. Fails with `proxyUnusable`.
 */
export const proxyFor = (
  { kind: profileKind, network: { proxy } }: Pick<Profile, 'kind' | 'network'>,
  place: Place,
  { secrets, environment }: { readonly secrets: Secrets; readonly environment: Environment },
): Result<ProxyTarget | null> => {
  const { kind, host, port, username } = proxy
  if (profileKind === 'local') return ok(null)
  if (kind === 'environment') return environmentProxy(place, environment)
  if (!isOwnProxy(kind)) return ok(null)
  return ok({
    kind,
    place: { host: host.trim().replace(/^\[(.*)\]$/, '$1'), port: port ?? usualProxyPorts[kind] },
    username,
    password: secrets.proxyPassword ?? '',
    variable: null,
  })
}
