import { domainToASCII } from 'node:url'
import { urlHost } from '#shared/address/urlHost'
import { ok, type AppError, type Result } from '#shared/result'
import type { Place } from '../connectionFailure'
import { proxyFailure, type BehindReason, type ProxyRoute } from './proxyFailure'
import type { Answer, ProxyDialogue } from './proxyReader'
import type { ProxyTarget } from './proxyTarget'

/** A longer head says nothing that is wanted. */
const mostHeadBytes = 16_384
const headEnd = Buffer.from('\r\n\r\n')
const statusLine = /^HTTP\/1\.[01] (\d{3})(?: ([^\r\n]*))?\r\n/

/** Asks an HTTP proxy for a tunnel to the target (CONNECT, RFC 9110 §9.3.6). */
export const openHttpTunnel = async (
  dialogue: ProxyDialogue,
  route: ProxyRoute,
  place: Place,
): Promise<Result<null>> => {
  dialogue.send(Buffer.from(connectRequest(route.proxy, place), 'latin1'))
  for (;;) {
    const head = await dialogue.receive((bytes) => readHead(bytes, route))
    if (!head.ok) return head
    const text = head.value.toString('latin1')
    const [, digits = '', reason = ''] = statusLine.exec(text) ?? []
    const status = Number(digits)
    // RFC 9110 §15.2: interim answers come before the one that counts.
    if (status >= 100 && status < 200 && status !== 101) continue
    return status >= 200 && status < 300 ? ok(null) : { ok: false, error: refusal({ status, reason, text }, route) }
  }
}

const connectRequest = ({ username, password }: ProxyTarget, target: Place): string => {
  // What is no ASCII name stays as it is where there is none for it.
  const host = target.host.includes(':') ? target.host : domainToASCII(target.host) || target.host
  const authority = `${urlHost(host)}:${target.port}`
  const credentials = Buffer.from(`${username}:${password}`, 'utf8').toString('base64')
  return [
    `CONNECT ${authority} HTTP/1.1`,
    `Host: ${authority}`,
    ...(username === '' && password === '' ? [] : [`Proxy-Authorization: Basic ${credentials}`]),
    '\r\n',
  ].join('\r\n')
}

const readHead = (bytes: Buffer, route: ProxyRoute): Answer => {
  const start = bytes.subarray(0, 5).toString('latin1')
  if (!'HTTP/'.startsWith(start)) return { error: notHttp(route, bytes) }
  const end = bytes.indexOf(headEnd)
  if (end < 0) return bytes.length > mostHeadBytes ? { error: notHttp(route, bytes) } : null
  const length = end + headEnd.length
  if (!statusLine.test(bytes.subarray(0, length).toString('latin1'))) return { error: notHttp(route, bytes) }
  return { length }
}

const notHttp = (route: ProxyRoute, bytes: Buffer): AppError => {
  const hex = bytes.subarray(0, 8).toString('hex')
  return proxyFailure('proxyNotProxy', route, { detail: `its answer begins with ${hex}` })
}

interface Head {
  readonly status: number
  readonly reason: string
  readonly text: string
}

/** What a proxy says of a server that it does not reach: RFC 9110 §15.6. Tinyproxy has 500 for all of it. */
const behind = new Map<number, BehindReason>([
  [500, 'failed'],
  [502, 'failed'],
  [503, 'failed'],
  [504, 'silent'],
])

/** A web server that makes no tunnels says so in one of these ways. */
const noTunnels: ReadonlySet<number> = new Set([101, 301, 302, 303, 307, 308, 400, 404, 405, 426, 501, 505])

const refusal = ({ status, reason, text }: Head, route: ProxyRoute): AppError => {
  const detail = `HTTP ${status} ${reason}`.trim()
  const { username, password } = route.proxy
  // Tinyproxy refuses a wrong password with 401.
  if (status === 407 || status === 401) {
    const scheme = schemesOf(text)
    const given = username === '' && password === '' ? 'none' : 'some'
    return proxyFailure('proxyCredentials', route, { detail, given: scheme === '' ? given : 'otherScheme', scheme })
  }
  const reached = behind.get(status)
  if (reached) return proxyFailure('proxyTargetFailed', route, { detail, reason: reached })
  return proxyFailure(noTunnels.has(status) ? 'proxyNotProxy' : 'proxyRefused', route, { detail })
}

/** Other schemes than Basic that a proxy asks for, where it does not take Basic; '' = it does, or does not say. */
const schemesOf = (head: string): string => {
  const named = [...head.matchAll(/^proxy-authenticate:[ \t]*([\w-]{1,40})/gim)].map(([, scheme = '']) => scheme)
  return named.some((scheme) => scheme.toLowerCase() === 'basic') ? '' : named.slice(0, 5).join(', ')
}
