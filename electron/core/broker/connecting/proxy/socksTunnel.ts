import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import { ok, type AppError, type Result } from '#shared/result'
import type { Place } from '../connectionFailure'
import { addressBytes } from './addressBytes'
import { proxyFailure, type BehindReason, type ProxyRoute } from './proxyFailure'
import type { Answer, ProxyDialogue } from './proxyReader'

const version = 5
const noMethod = 0x00
const passwordMethod = 0x02
const noneAcceptable = 0xff

/** Asks a SOCKS proxy for a connection to the target (RFC 1928), with a password where it wants one (RFC 1929). */
export const openSocksTunnel = async (
  dialogue: ProxyDialogue,
  route: ProxyRoute,
  place: Place,
): Promise<Result<null>> => {
  const { username, password } = route.proxy
  const hasCredentials = username !== '' || password !== ''
  dialogue.send(Buffer.from(hasCredentials ? [version, 2, noMethod, passwordMethod] : [version, 1, noMethod]))
  const chosen = await dialogue.receive((bytes) => pair(bytes, version, route))
  if (!chosen.ok) return chosen
  const method = chosen.value[1]
  if (method === passwordMethod && hasCredentials) {
    const entered = await signIn(dialogue, route)
    if (!entered.ok) return entered
  } else if (method !== noMethod) return failed(methodFailure(method, hasCredentials, route))
  dialogue.send(Buffer.concat([Buffer.from([version, 1, 0]), targetBytes(place)]))
  const reply = await dialogue.receive((bytes) => readReply(bytes, route))
  return reply.ok ? ok(null) : reply
}

const failed = (error: AppError) => ({ ok: false, error }) as const

const methodFailure = (method: number | undefined, hasCredentials: boolean, route: ProxyRoute): AppError => {
  const detail = method === noneAcceptable ? 'no method of authentication was acceptable' : `it chose method ${method}`
  return method === noneAcceptable
    ? proxyFailure('proxyCredentials', route, { detail, given: hasCredentials ? 'some' : 'none' })
    : proxyFailure('proxyNotProxy', route, { detail })
}

const signIn = async (dialogue: ProxyDialogue, route: ProxyRoute): Promise<Result<null>> => {
  const [name, secret] = [Buffer.from(route.proxy.username), Buffer.from(route.proxy.password)]
  if (name.length > 255 || secret.length > 255)
    return failed(proxyFailure('proxyCredentials', route, { detail: 'over 255 bytes', given: 'tooLong' }))
  dialogue.send(Buffer.concat([Buffer.from([1, name.length]), name, Buffer.from([secret.length]), secret]))
  const answer = await dialogue.receive((bytes) => pair(bytes, 1, route))
  if (!answer.ok) return answer
  const status = answer.value[1] ?? noneAcceptable
  if (status === 0) return ok(null)
  return failed(proxyFailure('proxyCredentials', route, { detail: `status ${status}`, given: 'some' }))
}

const notSocks = (route: ProxyRoute, bytes: Buffer): Answer => {
  const hex = bytes.subarray(0, 8).toString('hex')
  return { error: proxyFailure('proxyNotProxy', route, { detail: `its answer begins with ${hex}` }) }
}

/** An answer of two bytes, the first of them the version of what is spoken. */
const pair = (bytes: Buffer, first: number, route: ProxyRoute): Answer => {
  if (bytes[0] !== first) return notSocks(route, bytes)
  return bytes.length < 2 ? null : { length: 2 }
}

/** RFC 1928 §6: what came of it. 1 is a general failure, 7 and 8 say that the proxy does not know what it was asked for. */
const behind = new Map<number, BehindReason>([
  [1, 'failed'],
  [3, 'unreachable'],
  [4, 'unreachable'],
  [5, 'refused'],
  [6, 'silent'],
])
const words: Readonly<Record<number, string>> = {
  1: 'general SOCKS server failure',
  2: 'connection not allowed by ruleset',
  3: 'network unreachable',
  4: 'host unreachable',
  5: 'connection refused',
  6: 'TTL expired',
  7: 'command not supported',
  8: 'address type not supported',
}

/** Bytes before the address, and those of the port behind it. */
const beforeAddress = 4
const portBytes = 2

const readReply = (bytes: Buffer, route: ProxyRoute): Answer => {
  const [first, code, , type] = bytes
  if (first !== version) return notSocks(route, bytes)
  if (code === undefined) return null
  // A refusal may be shorter than the standard has it, and there is nothing more to read.
  if (code !== 0) return { error: replyFailure(code, route) }
  if (type === undefined) return null
  const length = addressLength(type, bytes)
  if (length === null) return null
  if (length === 0) return notSocks(route, bytes)
  const whole = beforeAddress + length + portBytes
  return bytes.length < whole ? null : { length: whole }
}

/** Bytes of an address of this type; null = they are not known yet, 0 = there is no such type. */
const addressLength = (type: number, bytes: Buffer): number | null => {
  if (type === 1) return 4
  if (type === 4) return 16
  if (type !== 3) return 0
  const named = bytes[beforeAddress]
  return named === undefined ? null : named + 1
}

const replyFailure = (code: number, route: ProxyRoute): AppError => {
  const detail = `SOCKS ${code}${words[code] === undefined ? '' : `, ${words[code]}`}`
  const reason = behind.get(code)
  return reason
    ? proxyFailure('proxyTargetFailed', route, { detail, reason })
    : proxyFailure('proxyRefused', route, { detail })
}

/** Type, address or name, and port (RFC 1928 §5). */
const targetBytes = ({ host, port }: Place): Buffer => {
  const type = isIP(host) === 4 ? 1 : isIP(host) === 6 ? 4 : 3
  const name = Buffer.from(domainToASCII(host) || host, 'latin1').subarray(0, 255)
  const address = type === 3 ? Buffer.concat([Buffer.from([name.length]), name]) : Buffer.from(addressBytes(host))
  const ending = Buffer.alloc(portBytes)
  ending.writeUInt16BE(port)
  return Buffer.concat([Buffer.from([type]), address, ending])
}
