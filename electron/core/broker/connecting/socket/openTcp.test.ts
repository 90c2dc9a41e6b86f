import { connect, createServer, isIPv4, Socket, type AddressInfo, type Server, type TcpNetConnectOpts } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { findFreePort } from '../../../../../test/support/freePort'
import { inTurn } from './findAddresses'
import { openTcp } from './openTcp'

const found: { addresses: readonly string[]; isStuck: boolean } = { addresses: ['127.0.0.1'], isStuck: false }
// RFC 5737: nobody has this address. Whether the network says so or nothing is up to it, so that here nothing comes of it.
const silent = '192.0.2.1'
const system = {
  resolve: () => (found.isStuck ? new Promise<never>(() => undefined) : Promise.resolve(found.addresses)),
  connect: (options: TcpNetConnectOpts) => (options.host === silent ? new Socket() : connect(options)),
}

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

const listen = async (host: string, port = 0): Promise<number> => {
  const server = createServer((socket) => socket.on('error', () => undefined))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(port, host, resolve))
  return (server.address() as AddressInfo).port
}

const usual = { family: 'any', localAddress: '', system } as const

const dial = async (
  place: { host: string; port: number },
  settings: Parameters<typeof openTcp>[1] = usual,
  signal = new AbortController().signal,
) => {
  const stages: string[] = []
  const tried: string[] = []
  const opened = await openTcp(place, settings, {
    signal,
    onStage: (stage) => stages.push(stage),
    onAddress: (address) => tried.push(address),
  })
  const remote = opened.ok ? opened.value.remoteAddress : null
  if (opened.ok) opened.value.destroy()
  return { opened, stages, tried, remote }
}

describe('openTcp', () => {
  it('tries the addresses of a name in turn and tells each', async () => {
    const port = await listen('127.0.0.3')
    found.addresses = ['127.0.0.2', '::1', '127.0.0.3']
    const { opened, stages, tried } = await dial({ host: 'broker.test', port })
    expect(opened.ok).toBe(true)
    expect(stages).toEqual(['name', 'tcp'])
    expect(tried).toEqual([`127.0.0.2:${port}`, `[::1]:${port}`, `127.0.0.3:${port}`])
  })

  it('needs no name where it was given an address', async () => {
    const port = await listen('::1')
    const { stages, tried } = await dial({ host: '::1', port })
    expect([stages, tried]).toEqual([['tcp'], [`[::1]:${port}`]])
  })

  it('fails as the first address that says more than silence', async () => {
    const port = await findFreePort()
    found.addresses = ['127.0.0.1', '::1']
    const { opened } = await dial({ host: 'broker.test', port })
    expect(opened).toMatchObject({ ok: false, error: { code: 'connectionRefused', values: { host: 'broker.test' } } })
  })

  it('does not stay with an address that says nothing', async () => {
    const port = await listen('127.0.0.1')
    found.addresses = [silent, '127.0.0.1']
    const { remote } = await dial({ host: 'broker.test', port })
    expect(remote).toBe('127.0.0.1')
  })

  it('dials the addresses of one family only where that is wanted', async () => {
    const port = await listen('127.0.0.1')
    await listen('::1', port)
    found.addresses = ['::1', '127.0.0.1']
    expect((await dial({ host: 'broker.test', port }, { ...usual, family: 'ipv4' })).tried).toEqual([
      `127.0.0.1:${port}`,
    ])
    expect((await dial({ host: 'broker.test', port }, { ...usual, family: 'ipv6' })).tried).toEqual([`[::1]:${port}`])
  })

  it('comes from the local address that is set', async () => {
    const port = await listen('127.0.0.1')
    const seen = new Promise((resolve) => servers[0]?.once('connection', (peer) => resolve(peer.remoteAddress)))
    await dial({ host: '127.0.0.1', port }, { ...usual, localAddress: '127.0.0.9' })
    expect(await seen).toBe('127.0.0.9')
  })

  it('says that there is no address of the family, and which there are', async () => {
    found.addresses = ['::1', '::2']
    expect((await dial({ host: 'broker.test', port: 9 }, { ...usual, family: 'ipv4' })).opened).toMatchObject({
      error: { code: 'addressFamilyMissing', values: { family: 'ipv4', found: '::1, ::2' } },
    })
    const { opened } = await dial({ host: '127.0.0.1', port: 9 }, { ...usual, family: 'ipv6' })
    expect(opened).toMatchObject({ error: { code: 'addressFamilyMissing', values: { found: '127.0.0.1' } } })
  })

  it('says that the local address is of no use, but not where the server is what refused', async () => {
    found.addresses = ['127.0.0.1']
    const port = await findFreePort()
    const code = async (localAddress: string) => {
      const { opened } = await dial({ host: 'broker.test', port }, { ...usual, localAddress })
      return opened.ok ? null : opened.error.code
    }
    expect(await code('203.0.113.7')).toBe('localAddressUnusable')
    expect(await code('::1')).toBe('localAddressUnusable')
    expect(await code('127.0.0.2')).toBe('connectionRefused')
    found.addresses = ['::1', '127.0.0.1']
    expect(await code('127.0.0.2')).toBe('connectionRefused')
  })

  it('ends with the reason of what ended it also while the name is resolved', async () => {
    found.isStuck = true
    const abort = new AbortController()
    const dialled = dial({ host: 'broker.test', port: 9 }, usual, abort.signal)
    abort.abort({ code: 'cancelled', message: 'enough' })
    expect((await dialled).opened).toEqual({ ok: false, error: { code: 'cancelled', message: 'enough' } })
    found.isStuck = false
  })

  it('ends with the reason of what ended it', async () => {
    found.addresses = [silent]
    const abort = new AbortController()
    const dialled = dial({ host: 'broker.test', port: 9 }, usual, abort.signal)
    abort.abort({ code: 'cancelled', message: 'enough' })
    expect((await dialled).opened).toEqual({ ok: false, error: { code: 'cancelled', message: 'enough' } })
  })
})

describe('inTurn', () => {
  it('has each address once, the families alternate for as long as there are both, and each keeps its order', () => {
    const address = fc.oneof(fc.ipV4(), fc.ipV6())
    fc.assert(
      fc.property(fc.uniqueArray(address), (addresses) => {
        const sorted = inTurn(addresses)
        expect([...sorted].sort()).toEqual([...addresses].sort())
        for (const isOne of [isIPv4, (one: string) => !isIPv4(one)])
          expect(sorted.filter(isOne)).toEqual(addresses.filter(isOne))
        const fewer = Math.min(addresses.filter(isIPv4).length, addresses.length - addresses.filter(isIPv4).length)
        for (let index = 1; index < fewer * 2; index++)
          expect(isIPv4(sorted[index] ?? '')).not.toBe(isIPv4(sorted[index - 1] ?? ''))
        expect(sorted[0]).toBe(addresses[0])
      }),
    )
  })
})
