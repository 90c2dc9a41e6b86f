import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { askSystemBy, readProxyList, systemProxy } from './systemProxy'

afterEach(() => askSystemBy(null))

describe('readProxyList', () => {
  it.each([
    ['DIRECT', null],
    ['', null],
    ['PROXY proxy.corp:3128', ['http', 'proxy.corp', 3128]],
    ['proxy proxy.corp', ['http', 'proxy.corp', 8080]],
    ['SOCKS5 [fd00::1]:1081; DIRECT', ['socks5Name', 'fd00::1', 1081]],
    ['SOCKS old:1; HTTPS tls:2;PROXY good:3', ['http', 'good', 3]],
    ['SOCKS old:1; DIRECT; PROXY late:3', null],
    ['PROXY bad:99999; DIRECT', null],
  ] as const)('%j', (list, expected) => {
    const read = readProxyList(list)
    if (!read.ok) throw new Error(read.error.message)
    expect(read.value && [read.value.kind, read.value.place.host, read.value.place.port]).toEqual(expected)
  })

  it.each([
    ['SOCKS old:1', 'socks4'],
    ['HTTPS tls:2', 'https'],
    ['garbage', ''],
  ])('%j names none that can be used', (list, scheme) => {
    expect(readProxyList(list)).toMatchObject({ ok: false, error: { code: 'proxyUnusable', values: { scheme } } })
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (list) => {
        expect(readProxyList(list)).toHaveProperty('ok')
      }),
    )
  })
})

describe('systemProxy', () => {
  it('asks as for HTTPS, with brackets around an IPv6 address', async () => {
    const asked: string[] = []
    askSystemBy((url) => {
      asked.push(url)
      return Promise.resolve('PROXY a:1')
    })
    expect(await systemProxy({ host: '2001:db8::1', port: 8883 })).toMatchObject({ value: { from: 'system' } })
    expect(asked).toEqual(['https://[2001:db8::1]:8883/'])
  })

  it('fails where the system cannot be asked, or does not answer', async () => {
    const unusable = { ok: false, error: { code: 'proxyUnusable' } }
    expect(await systemProxy({ host: 'a', port: 1 })).toMatchObject(unusable)
    askSystemBy(() => Promise.reject(new Error('no')))
    expect(await systemProxy({ host: 'a', port: 1 })).toMatchObject(unusable)
  })
})
