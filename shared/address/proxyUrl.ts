import type { OwnProxyKind } from '#shared/model/network'

/** A proxy as a URL names it. */
export interface ProxyUrl {
  readonly kind: OwnProxyKind
  readonly host: string
  /** Null = the usual one of its kind. */
  readonly port: number | null
  /** '' = none. */
  readonly username: string
  readonly password: string
}

const kinds: Readonly<Record<string, OwnProxyKind>> = {
  'http:': 'http',
  'socks5:': 'socks5',
  'socks5h:': 'socks5Name',
  'socks:': 'socks5Name',
}

/**
 * Reads `scheme://[username[:password]@]host[:port]`, without a scheme as one of HTTP. Else answers the scheme that cannot be used, ''
 * where the text is no URL.
 */
export const readProxyUrl = (text: string): ProxyUrl | { readonly unusable: string } => {
  const whole = /^[a-z\d+.-]+:\/\//i.test(text) ? text : `http://${text}`
  const url = parsed(whole)
  if (!url || url.hostname === '') return { unusable: '' }
  const kind = kinds[url.protocol]
  if (!kind) return { unusable: url.protocol.slice(0, -1) }
  // URL leaves out the port that is usual for http.
  const isPort80 = url.protocol === 'http:' && /:80(?:\/|$)/.test(whole)
  return {
    kind,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (isPort80 ? 80 : null) : Number(url.port),
    username: decoded(url.username),
    password: decoded(url.password),
  }
}

const parsed = (text: string): URL | null => {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
