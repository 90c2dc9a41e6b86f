import type { OwnProxyKind } from '#shared/model/network'
import { urlHost } from '#shared/address/urlHost'
import type { Place } from '../connectionFailure'

/** A proxy to go through. */
export interface ProxyTarget {
  readonly kind: OwnProxyKind
  readonly place: Place
  /** '' = none. */
  readonly username: string
  readonly password: string
  /** The name of the variable of the environment that names it; null = the settings do. */
  readonly variable: string | null
}

/** E.g. `proxy.corp:3128`. */
export const proxyAddress = ({ place: { host, port } }: Pick<ProxyTarget, 'place'>): string =>
  `${urlHost(host)}:${port}`
