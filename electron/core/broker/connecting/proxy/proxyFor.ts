import { isOwnProxy, usualProxyPorts } from '#shared/model/network'
import type { Profile, Secrets } from '#shared/model/profile'
import { ok, type Result } from '#shared/result'
import type { Place } from '../connectionFailure'
import { environmentProxy, type Environment } from './environmentProxy'
import { systemProxy } from './systemProxy'
import type { ProxyTarget } from './proxyTarget'

/**
 * The proxy that a profile goes through to a place, as its settings, the environment or the system say; null = it goes straight there. The
 * broker inside is on this computer. Fails with `proxyUnusable`.
 */
export const proxyFor = async (
  { kind: profileKind, network: { proxy } }: Pick<Profile, 'kind' | 'network'>,
  place: Place,
  { secrets, environment }: { readonly secrets: Secrets; readonly environment: Environment },
): Promise<Result<ProxyTarget | null>> => {
  const { kind, host, port, username } = proxy
  if (profileKind === 'local') return ok(null)
  if (kind === 'environment') return environmentProxy(place, environment)
  if (kind === 'system') return systemProxy(place)
  if (!isOwnProxy(kind)) return ok(null)
  return ok({
    kind,
    place: { host: host.trim().replace(/^\[(.*)\]$/, '$1'), port: port ?? usualProxyPorts[kind] },
    username,
    password: secrets.proxyPassword ?? '',
    from: 'settings',
  })
}
