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
  /** Who names it; what is not of the settings is changed elsewhere. */
  readonly from: 'settings' | 'environment' | 'system'
}

/** E.g. `proxy.corp:3128`. */
export const proxyAddress = ({ place: { host, port } }: Pick<ProxyTarget, 'place'>): string =>
  `${urlHost(host)}:${port}`
