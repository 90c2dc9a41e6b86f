import type { AppError, ErrorCode } from '#shared/result'
import type { Place } from '../connectionFailure'
import { proxyAddress, type ProxyTarget } from './proxyTarget'

/** Failures that belong to a proxy, or to what it says of the way behind it. */
type ProxyErrorCode = Extract<ErrorCode, `proxy${string}`>

/** Who takes part, as every failure tells it: the proxy's address never stands for the server's. */
export interface ProxyRoute {
  readonly proxy: ProxyTarget
  readonly target: Place
}

/** What a SOCKS proxy or an HTTP proxy said of the server; the catalogues have words for each. */
export type BehindReason = 'name' | 'refused' | 'unreachable' | 'silent' | 'failed'

export const proxyFailure = (
  code: ProxyErrorCode,
  { proxy, target }: ProxyRoute,
  { detail, ...more }: { readonly detail: string } & Readonly<Record<string, string | number>>,
): AppError => ({
  code,
  message: `The proxy ${proxyAddress(proxy)}: ${detail}`,
  values: {
    proxy: proxyAddress(proxy),
    proxyKind: proxy.kind === 'http' ? 'http' : 'socks',
    from: proxy.from,
    host: target.host,
    port: target.port,
    // Words of a proxy are as long as it likes.
    detail: detail.slice(0, 200),
    ...more,
  },
})

/** The proxy itself could not be connected to; `error` says why, of the proxy's address. */
export const proxyNotReached = (route: ProxyRoute, { code, message, values }: AppError): AppError =>
  proxyFailure('proxyNotReached', route, { detail: String(values?.['detail'] ?? message), cause: code })

/** Time is over; `stage` says how far it came. */
export const proxyTimeout = (route: ProxyRoute, seconds: number, hasProxy: boolean): AppError =>
  hasProxy
    ? proxyFailure('proxySilent', route, { detail: `no answer within ${seconds} s`, seconds })
    : proxyFailure('proxyNotReached', route, { detail: `no answer within ${seconds} s`, cause: 'connectTimeout' })
