import { createServer, type AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { networkSchema, type ProxySettings } from '../../shared/model/network'
import type { Profile, Scheme } from '../../shared/model/profile'
import { getCertificates } from '../support/certificates'
import { findFreePort } from '../support/freePort'
import type { ListenerKind } from '../support/mosquitto'
import { startDante, startTinyproxy, type RunningProxy } from '../support/proxies'
import { createStarter, publishTo, subscribed, testProfile } from './sessionHarness'

const { onStop, startedBroker, startedHarness } = createStarter()
const running = async (proxy: Promise<RunningProxy>) => {
  const started = await proxy
  onStop(started.stop)
  return started
}

/** The settings of a proxy on this computer. */
const through = ({ port }: { readonly port: number }, proxy: Partial<ProxySettings>): Pick<Profile, 'network'> => ({
  network: networkSchema.parse({ proxy: { host: '127.0.0.1', port, ...proxy } }),
})

const kinds: Readonly<Record<Scheme, ListenerKind>> = { mqtt: 'tcp', mqtts: 'tls', ws: 'ws', wss: 'wss' }
const schemes = Object.keys(kinds) as readonly Scheme[]

describe('each scheme through real proxies', () => {
  it.each(schemes)(
    '%s goes through tinyproxy and through dante, and TLS checks the name of the broker',
    async (scheme) => {
      const { authority } = await getCertificates()
      const broker = await startedBroker({ listeners: ['tcp', kinds[scheme]] })
      const http = await running(startTinyproxy({ user: ['ann', 'passwort'] }))
      const socks = await running(startDante())
      const harness = startedHarness()
      const port = broker.port(kinds[scheme])
      const base = { scheme, port, host: 'localhost', path: '/', subscriptions: [subscribed('t')] }
      const tls = { ...testProfile().tls, caFile: authority.certificate }
      for (const [profile, secrets] of [
        [
          testProfile({ ...base, tls, ...through(http, { kind: 'http', username: 'ann' }) }),
          { proxyPassword: 'passwort' },
        ],
        [testProfile({ ...base, tls, ...through(socks, { kind: 'socks5' }) }), {}],
        [testProfile({ ...base, tls, ...through(socks, { kind: 'socks5Name' }) }), {}],
      ] as const) {
        const online = await harness.connect(profile, secrets)
        expect(online).toMatchObject({ address: `localhost:${port}`, verified: scheme === 'mqtts' || scheme === 'wss' })
        await harness.granted(profile)
        const payload = Buffer.alloc(20_000, profile.id)
        expect(await harness.registry.publish(publishTo(profile, { topic: 't', qos: 2, payload }))).toMatchObject({
          ok: true,
        })
        const [message] = await harness.received(profile, 1)
        expect(message?.payload.equals(payload)).toBe(true)
        await harness.registry.disconnect(profile.id)
      }
      // They are the witnesses that it went through them.
      expect(http.log()).toContain(`CONNECT localhost:${port}`)
      expect(socks.log().match(new RegExp(`-> 127\\.0\\.0\\.1\\.\\d+ 127\\.0\\.0\\.1\\.${port}`, 'g'))).toHaveLength(2)
    },
  )
})

describe('what a real proxy refuses', () => {
  const failure = async (given: Partial<Profile>, secrets: { proxyPassword?: string } = {}) =>
    startedHarness().failureOf(testProfile({ host: '127.0.0.1', ...given }), secrets)

  it.each([
    ['none', {}, {}],
    ['some', { username: 'ann' }, { proxyPassword: 'wrong' }],
  ] as const)('tinyproxy wants another user: %s was given', async (given, user, secrets) => {
    const http = await running(startTinyproxy({ user: ['ann', 'right'] }))
    expect(await failure(through(http, { kind: 'http', ...user }), secrets)).toMatchObject({
      code: 'proxyCredentials',
      stage: 'proxy',
      retries: 'none',
      values: { given, proxy: `127.0.0.1:${http.port}` },
      remedies: [{ action: { kind: 'edit', field: 'network.proxy.username' } }, { id: 'goWithoutProxy' }],
    })
  })

  it('dante lets in only who signs in', async () => {
    const socks = await running(startDante({ method: 'username' }))
    const anonymous = { code: 'proxyCredentials', stage: 'proxy', values: { given: 'none' } }
    expect(await failure(through(socks, { kind: 'socks5' }))).toMatchObject(anonymous)
    const wrong = through(socks, { kind: 'socks5', username: 'nobody-known' })
    expect(await failure(wrong, { proxyPassword: 'x' })).toMatchObject({ ...anonymous, values: { given: 'some' } })
  })

  it('rules of the proxy forbid the port', async () => {
    const port = await findFreePort()
    const http = await running(startTinyproxy({ ports: [443] }))
    const socks = await running(startDante({ blocked: port }))
    const forbidden = { code: 'proxyRefused', stage: 'proxy', retries: 'none', values: { host: '127.0.0.1', port } }
    expect(await failure({ port, ...through(http, { kind: 'http' }) })).toMatchObject(forbidden)
    expect(await failure({ port, ...through(socks, { kind: 'socks5' }) })).toMatchObject(forbidden)
  })

  it('nothing listens at the broker', async () => {
    const port = await findFreePort()
    const http = await running(startTinyproxy())
    const socks = await running(startDante())
    const refused = { code: 'proxyTargetFailed', stage: 'proxy', retries: 'endless', values: { port } }
    expect(await failure({ port, ...through(http, { kind: 'http' }) })).toMatchObject(refused)
    expect(await failure({ port, ...through(socks, { kind: 'socks5' }) })).toMatchObject({
      ...refused,
      values: { reason: 'refused' },
    })
  })

  it('there is no proxy, or one of another kind, or a broker in its place', async () => {
    const port = await findFreePort()
    expect(await failure(through({ port }, { kind: 'socks5' }))).toMatchObject({
      code: 'proxyNotReached',
      stage: 'tcp',
      values: { cause: 'connectionRefused', proxy: `127.0.0.1:${port}`, host: '127.0.0.1', port: 1883 },
    })
    const http = await running(startTinyproxy())
    expect((await failure(through(http, { kind: 'socks5' }))).code).toMatch(/^proxy(Closed|NotProxy|Silent)$/)
    const broker = await startedBroker()
    expect((await failure(through({ port: broker.port() }, { kind: 'http' }))).code).toMatch(/^proxy(Closed|NotProxy)$/)
  })
})

it('a proxy that never answers is what the timeout tells of, and it ends at once when a person ends it', async () => {
  const server = createServer((socket) => socket.on('error', () => undefined).resume())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onStop(() => new Promise((resolve) => server.close(() => resolve())))
  const { port } = server.address() as AddressInfo
  for (const kind of ['http', 'socks5'] as const)
    expect(
      await startedHarness().failureOf(testProfile({ connectTimeoutSeconds: 1, ...through({ port }, { kind }) })),
    ).toMatchObject({ code: 'proxySilent', stage: 'proxy', values: { seconds: 1, proxy: `127.0.0.1:${port}` } })
})

it('a connection that must come from another address of this computer does', async () => {
  const broker = await startedBroker()
  const harness = startedHarness()
  const network = networkSchema.parse({ localAddress: '127.0.0.7', family: 'ipv4' })
  const profile = testProfile({ host: 'localhost', port: broker.port(), network })
  expect(await harness.connect(profile)).toMatchObject({ address: `127.0.0.1:${broker.port()}` })
  expect(broker.log()).toMatch(/connect(?:ion|ed) from 127\.0\.0\.7/)
})
