import { isIpv6 } from '#shared/address/ipv6'

/** Why a host is none (a key of `profile.problems`), or null. Spaces around it do not matter. */
export const hostProblem = (text: string): string | null => {
  const host = text.trim()
  if (host === '') return null
  if (/[\s,;，；]/u.test(host)) return 'severalHosts'
  if (isIpv6(host.replace(/^\[(.*)\]$/, '$1'))) return null
  if (/["'`<>“”‘’「」\\^{|}]/u.test(host)) return 'hostMarks'
  if (/[/?#@[\]]/.test(host)) return 'hostOnly'
  if (host.includes(':')) return 'hostPort'
  return /^\.|\.\./.test(host) ? 'hostDots' : null
}

/** Why a WebSocket path is none, or null. */
export const pathProblem = (path: string): string | null => {
  // RFC 6455 §3: no fragments in the address of a WebSocket.
  if (path.includes('#')) return 'pathFragment'
  return /[\s\p{Cc}]/u.test(path) ? 'pathSpace' : null
}
