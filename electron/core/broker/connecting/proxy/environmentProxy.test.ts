import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { environmentProxy, isExcepted } from './environmentProxy'

const place = { host: 'broker.plant.example', port: 8883 }

describe('environmentProxy', () => {
  it.each([
    ['nothing is set', {}, null],
    ['an address without a scheme', { HTTPS_PROXY: 'proxy.corp:3128' }, ['http', 'proxy.corp', 3128]],
    ['HTTPS before ALL', { ALL_PROXY: 'socks5://a:1', HTTPS_PROXY: 'http://b:2' }, ['http', 'b', 2]],
    ['lower case before upper', { HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:2' }, ['http', 'lower', 2]],
    ['an empty one is none', { https_proxy: ' ', ALL_PROXY: 'socks5h://a' }, ['socks5Name', 'a', 1080]],
    ['the usual port', { HTTPS_PROXY: 'http://b' }, ['http', 'b', 8080]],
    ['port 80, which a URL need not name', { HTTPS_PROXY: 'http://b:80' }, ['http', 'b', 80]],
    ['an IPv6 address', { ALL_PROXY: 'socks5://[::1]:1081' }, ['socks5', '::1', 1081]],
    ['an exception', { HTTPS_PROXY: 'http://b:2', NO_PROXY: 'localhost,.plant.example' }, null],
  ] as const)('%s', (_name, environment, expected) => {
    const found = environmentProxy(place, environment)
    if (!found.ok) throw new Error(found.error.message)
    const { value } = found
    expect(value && [value.kind, value.place.host, value.place.port]).toEqual(expected)
  })

  it('takes credentials as they are encoded in the URL', () => {
    expect(environmentProxy(place, { ALL_PROXY: 'socks5://ann:p%40ss%3A@a:1' })).toMatchObject({
      value: { username: 'ann', password: 'p@ss:', from: 'environment' },
    })
  })

  it.each(['localhost', 'LOCALHOST', 'mqtt.localhost', '127.0.0.1', '127.9.9.9', '::1'])(
    'reaches this computer as %s without one',
    (host) => {
      expect(environmentProxy({ host, port: 1 }, { ALL_PROXY: 'http://a:1' })).toEqual({ ok: true, value: null })
    },
  )

  it.each([
    ['https://user:secret@b:2', 'https'],
    ['socks4://user:secret@b', 'socks4'],
    ['http://', ''],
    ['http://user:secret@b:99999', ''],
  ])('fails for %s without telling a password', (text, scheme) => {
    const found = environmentProxy(place, { HTTPS_PROXY: text })
    expect(found).toMatchObject({ ok: false, error: { code: 'proxyUnusable', values: { scheme } } })
    expect(JSON.stringify(found)).not.toContain('secret')
  })

  it('never throws, whatever a variable holds', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (proxy, exceptions) => {
        expect(environmentProxy(place, { all_proxy: proxy, no_proxy: exceptions })).toHaveProperty('ok')
      }),
    )
  })
})

describe('isExcepted', () => {
  it.each([
    ['*', true],
    ['plant.example', true],
    ['.plant.example', true],
    ['*.plant.example', true],
    ['PLANT.example', true],
    ['broker.plant.example:8883', true],
    ['broker.plant.example:1883', false],
    ['nt.example', false],
    ['other.example', false],
    ['', false],
    ['.', false],
    ['a, b  plant.example', true],
  ])('%j for a name: %s', (list, expected) => {
    expect(isExcepted(place, list)).toBe(expected)
  })

  it.each([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3', '10.1.2.3/40', false],
    ['11.1.2.3', '10.0.0.0/8', false],
    ['10.1.2.3', '::/0', false],
    ['fd00::1', 'fd00::/8', true],
    ['fd00::1', '[fd00::1]:8883', true],
    ['fd00::1', '[fd00::1]:1', false],
    ['10.1.2.3', '2.3', false],
  ])('%s in %s: %s', (host, list, expected) => {
    expect(isExcepted({ host, port: 8883 }, list)).toBe(expected)
  })

  it('has an address in a range if the bits before the prefix are the same', () => {
    const bitsOf = (address: string) =>
      address
        .split('.')
        .map((byte) => Number(byte).toString(2).padStart(8, '0'))
        .join('')
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.nat(32), (host, network, prefix) => {
        const isSame = bitsOf(host).slice(0, prefix) === bitsOf(network).slice(0, prefix)
        expect(isExcepted({ host, port: 1 }, `${network}/${prefix}`)).toBe(isSame)
      }),
    )
  })
})
