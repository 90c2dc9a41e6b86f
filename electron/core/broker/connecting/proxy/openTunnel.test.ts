import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { AppError } from '#shared/result'
import { openTunnel } from './openTunnel'
import type { ProxyTarget } from './proxyTarget'

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** A proxy that is told what to write after which bytes; what came to it is `seen`. */
const startScript = async (onData: (socket: Socket, seen: Buffer) => void, host = '127.0.0.1') => {
  const sockets = new Set<Socket>()
  const received: Buffer[] = []
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    let seen = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      received.push(bytes)
      seen = Buffer.concat([seen, bytes])
      onData(socket, seen)
    })
  })
  server.listen(0, host)
  await once(server, 'listening')
  stops.push(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return { port: (server.address() as AddressInfo).port, seen: () => Buffer.concat(received) }
}

const noCredentials = { username: '', password: '' }
const target = { host: 'broker.example', port: 8883 }

const tunnel = async (
  port: number,
  given: Partial<ProxyTarget> & { readonly target?: typeof target; readonly signal?: AbortSignal } = {},
) => {
  const { target: wanted = target, signal = new AbortController().signal, ...rest } = given
  const proxy: ProxyTarget = {
    kind: 'socks5Name',
    place: { host: '127.0.0.1', port },
    from: 'settings',
    ...noCredentials,
    ...rest,
  }
  const stages: string[] = []
  const opened = await openTunnel(
    wanted,
    { proxy, tcp: { family: 'any', localAddress: '' } },
    { signal, onStage: (stage) => stages.push(stage) },
  )
  if (opened.ok) stops.push(() => Promise.resolve(opened.value.destroy()))
  return { opened, stages }
}

const failureOf = async (...args: Parameters<typeof tunnel>): Promise<AppError> => {
  const { opened } = await tunnel(...args)
  if (opened.ok) throw new Error('It was opened.')
  return opened.error
}

/** Writes each byte by itself, the next when the system has taken the one before. */
const bytewise = (socket: Socket, bytes: Uint8Array): void => {
  socket.setNoDelay(true)
  const [first, ...rest] = bytes
  if (first !== undefined)
    socket.write(Buffer.from([first]), () => setImmediate(() => bytewise(socket, Buffer.from(rest))))
}

const httpAnswer =
  (head: string, rest = '') =>
  (socket: Socket, seen: Buffer) => {
    if (seen.includes('\r\n\r\n')) bytewise(socket, Buffer.from(`${head}\r\n\r\n${rest}`, 'latin1'))
  }

/** SOCKS: greeting, and the reply to the request. */
const socksAnswer =
  (reply: readonly number[], method = 0) =>
  (socket: Socket, seen: Buffer) => {
    const greeting = 2 + (seen[1] ?? 0)
    if (seen.length === greeting) bytewise(socket, Buffer.from([5, method]))
    else if (seen.length > greeting) bytewise(socket, Buffer.from(reply))
  }
const bound = [5, 0, 0, 1, 127, 0, 0, 1, 0x1f, 0x90]

describe('HTTP CONNECT', () => {
  it('asks as RFC 9110 says and leaves what comes behind the head to the next reader', async () => {
    const { port, seen } = await startScript(httpAnswer('HTTP/1.1 200 Connection established\r\nVia: x', 'hello'))
    const { opened, stages } = await tunnel(port, { kind: 'http', username: 'ann', password: 'pä:ss' })
    expect(stages).toEqual(['tcp', 'proxy'])
    const credentials = Buffer.from('ann:pä:ss').toString('base64')
    expect(seen().toString()).toBe(
      `CONNECT broker.example:8883 HTTP/1.1\r\nHost: broker.example:8883\r\nProxy-Authorization: Basic ${credentials}\r\n\r\n`,
    )
    if (!opened.ok) throw new Error(opened.error.message)
    const words: Buffer[] = []
    opened.value.on('data', (bytes: Buffer) => words.push(bytes))
    await expect.poll(() => Buffer.concat(words).toString()).toBe('hello')
  })

  it('has brackets around an IPv6 address, ASCII for any name, and goes over IPv6', async () => {
    const { port, seen } = await startScript(httpAnswer('HTTP/1.0 200 OK'), '::1')
    const place = { host: '::1', port }
    expect((await tunnel(port, { kind: 'http', place, target: { host: '2001:db8::7', port: 1 } })).opened.ok).toBe(true)
    expect((await tunnel(port, { kind: 'http', place, target: { host: 'bücher.example', port: 2 } })).opened.ok).toBe(
      true,
    )
    expect(seen().toString()).toContain('CONNECT [2001:db8::7]:1 HTTP/1.1')
    expect(seen().toString()).toContain('CONNECT xn--bcher-kva.example:2 HTTP/1.1')
  })

  it('passes over interim answers', async () => {
    const { port } = await startScript(httpAnswer('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK'))
    expect((await tunnel(port, { kind: 'http' })).opened.ok).toBe(true)
  })

  it.each([
    ['HTTP/1.1 407 Wanted\r\nProxy-Authenticate: Basic realm="x"', 'proxyCredentials', { given: 'none' }],
    [
      'HTTP/1.1 407 Wanted\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM',
      'proxyCredentials',
      { given: 'otherScheme', scheme: 'Negotiate, NTLM' },
    ],
    ['HTTP/1.1 401 Unauthorized', 'proxyCredentials', { given: 'none' }],
    ['HTTP/1.1 403 Filtered', 'proxyRefused', { detail: 'HTTP 403 Filtered' }],
    ['HTTP/1.1 502 Bad Gateway', 'proxyTargetFailed', { reason: 'failed' }],
    ['HTTP/1.1 504 Gateway Timeout', 'proxyTargetFailed', { reason: 'silent' }],
    ['HTTP/1.1 400 Bad Request', 'proxyNotProxy', { detail: 'HTTP 400 Bad Request' }],
    ['HTTP/1.1 301 Moved\r\nLocation: /', 'proxyNotProxy', {}],
    ['HTTP/1.1 2000 No', 'proxyNotProxy', {}],
    ['SSH-2.0-OpenSSH_9', 'proxyNotProxy', { detail: expect.stringMatching(/^its answer begins with 53/) as string }],
    [`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(200)}`.padEnd(20_000, 'x'), 'proxyNotProxy', {}],
  ] as const)('%j is %s', async (head, code, values) => {
    const whole = head.length > 1_000
    const { port } = await startScript((socket, seen) => (whole ? socket.write(head) : httpAnswer(head)(socket, seen)))
    expect(await failureOf(port, { kind: 'http' })).toMatchObject({
      code,
      values: { ...values, proxy: `127.0.0.1:${port}`, ...target },
    })
  })
})

describe('SOCKS 5', () => {
  it.each([
    ['socks5Name', 'broker.example', '030e62726f6b65722e6578616d706c65'],
    ['socks5', '192.0.2.7', '01c0000207'],
    ['socks5Name', '2001:db8::7', '0420010db8000000000000000000000007'],
  ] as const)('%s asks for %s as RFC 1928 says', async (kind, host, address) => {
    const { port, seen } = await startScript(socksAnswer(bound))
    const { opened, stages } = await tunnel(port, { kind, target: { host, port: 8883 } })
    expect(opened.ok).toBe(true)
    expect(stages.at(-1)).toBe('proxy')
    expect(seen().toString('hex')).toBe(`050100050100${address}22b3`)
  })

  it('is told an address that was found here where that is wanted', async () => {
    const { port, seen } = await startScript(socksAnswer(bound))
    const { stages } = await tunnel(port, { kind: 'socks5', target: { host: 'localhost', port: 1 } })
    expect(stages).toEqual(['name', 'tcp', 'proxy'])
    expect(seen().toString('hex')).toMatch(/^050100050100(?:017f000001|04(?:00){15}01)0001$/)
  })

  it('signs in as RFC 1929 says where it is asked to', async () => {
    let step = 0
    const { port, seen } = await startScript((socket) => {
      step += 1
      socket.write(Buffer.from(step === 1 ? [5, 2] : step === 2 ? [1, 0] : bound))
    })
    expect((await tunnel(port, { username: 'ann', password: 'pä' })).opened.ok).toBe(true)
    expect(seen().subarray(0, 4).toString('hex')).toBe('05020002')
    expect(seen().subarray(4, 13).toString('hex')).toBe('0103616e6e0370c3a4')
  })

  it.each([
    [1, 'proxyTargetFailed', { reason: 'failed' }],
    [2, 'proxyRefused', {}],
    [3, 'proxyTargetFailed', { reason: 'unreachable' }],
    [4, 'proxyTargetFailed', { reason: 'unreachable' }],
    [5, 'proxyTargetFailed', { reason: 'refused' }],
    [6, 'proxyTargetFailed', { reason: 'silent' }],
    [7, 'proxyRefused', {}],
    [8, 'proxyRefused', {}],
    [200, 'proxyRefused', { detail: 'SOCKS 200' }],
  ])('reply %d, in two bytes, is %s', async (reply, code, values) => {
    const { port } = await startScript(socksAnswer([5, reply]))
    expect(await failureOf(port)).toMatchObject({ code, values: { ...values, ...target } })
  })

  it('wants no credentials that were not given, and refuses those that were', async () => {
    const { port } = await startScript((socket) => socket.write(Buffer.from([5, 0xff])))
    expect(await failureOf(port)).toMatchObject({ code: 'proxyCredentials', values: { given: 'none' } })
    let step = 0
    const other = await startScript((socket) => socket.write(Buffer.from(++step === 1 ? [5, 2] : [1, 9])))
    expect(await failureOf(other.port, { username: 'ann' })).toMatchObject({
      code: 'proxyCredentials',
      values: { given: 'some', detail: 'status 9' },
    })
  })

  it('never sends a password to one that did not ask for it', async () => {
    const { port, seen } = await startScript(socksAnswer(bound))
    expect((await tunnel(port, { username: 'ann', password: 'secret' })).opened.ok).toBe(true)
    expect(seen().includes('secret')).toBe(false)
  })

  it.each([
    ['another version', [4, 0]],
    ['a method that was not offered', [5, 2]],
    ['another method', [5, 1]],
    ['HTTP', [...Buffer.from('HTTP/1.1 400 Bad Request\r\n')]],
  ])('%s is no answer', async (_name, answer) => {
    const { port } = await startScript((socket) => socket.write(Buffer.from(answer)))
    expect(await failureOf(port)).toMatchObject({ code: 'proxyNotProxy' })
  })

  it('a reply with an address of no known type is none', async () => {
    const { port } = await startScript(socksAnswer([5, 0, 0, 9, 1, 2]))
    expect(await failureOf(port)).toMatchObject({ code: 'proxyNotProxy' })
  })
})

describe('any proxy', () => {
  it.each(['http', 'socks5Name'] as const)('that hangs up on %s says so', async (kind) => {
    const { port } = await startScript((socket) => socket.end())
    expect(await failureOf(port, { kind })).toMatchObject({ code: 'proxyClosed' })
    const other = await startScript((socket) => socket.resetAndDestroy())
    expect(await failureOf(other.port, { kind })).toMatchObject({ code: 'proxyClosed' })
  })

  it.each(['http', 'socks5Name'] as const)('that is silent to %s is ended by the signal', async (kind) => {
    const abort = new AbortController()
    const { port } = await startScript(() =>
      abort.abort({
        code: 'connectTimeout',
        message: 'late',
        values: { host: 'broker.example', port: 8883, seconds: 7 },
      }),
    )
    expect(await failureOf(port, { kind, signal: abort.signal })).toMatchObject({
      code: 'proxySilent',
      values: { seconds: 7, proxy: `127.0.0.1:${port}` },
    })
  })

  it('that answers with anything at all gives a result, and no tunnel that was not granted', async () => {
    let answer = new Uint8Array()
    const { port } = await startScript((socket) => {
      socket.write(answer)
      socket.end()
    })
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('http' as const, 'socks5Name' as const),
        fc.uint8Array({ maxLength: 40 }).filter(([first]) => first !== 5),
        async (kind, bytes) => {
          answer = bytes
          expect((await failureOf(port, { kind })).code).toMatch(/^proxy(Closed|NotProxy)$/)
        },
      ),
      { numRuns: 60 },
    )
  })
})
