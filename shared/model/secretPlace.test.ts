import { describe, expect, it } from 'vitest'
import { networkSchema, type ProxySettings } from './network'
import { newProfile, type Profile } from './profile'
import { isSamePlace } from './secretPlace'

const tls = { ...newProfile({ id: 'a' }).tls, caFile: '/ca.pem', keyFile: '/me.key', certificateFile: '/me.crt' }
const plain = newProfile({ id: 'a', host: 'plant', username: 'ann' })
const secure = newProfile({ id: 'a', scheme: 'mqtts', host: 'plant', tls })
const web = newProfile({ id: 'a', scheme: 'wss', host: 'plant', tls })

const by = (host: string, given: Partial<ProxySettings> = {}) =>
  networkSchema.parse({ proxy: { kind: 'http', host, ...given } })

describe('a password belongs elsewhere after', () => {
  it.each<[string, Profile, Partial<Profile>]>([
    ['another host', plain, { host: 'evil' }],
    ['a host that only ends alike', plain, { host: 'plant.evil' }],
    ['another port', plain, { port: 1884 }],
    ['another scheme', secure, { scheme: 'mqtt' }],
    ['another scheme on the same port', plain, { scheme: 'ws' }],
    ['verification switched off', secure, { tls: { ...tls, verify: false } }],
    ['another authority', secure, { tls: { ...tls, caFile: '/evil.pem' } }],
    ['no authority of its own', secure, { tls: { ...tls, caFile: '' } }],
    ['another server name', secure, { tls: { ...tls, serverName: 'evil' } }],
    ['another protocol by ALPN', secure, { tls: { ...tls, alpn: 'x' } }],
    ['another path', web, { path: '/evil' }],
    ['the broker inside the application', plain, { kind: 'local' }],
    ['a proxy that reads it', plain, { network: by('corp') }],
    ['another proxy that reads it', { ...plain, network: by('corp') }, { network: by('evil') }],
    ['a proxy that may stand in', { ...secure, tls: { ...tls, verify: false } }, { network: by('evil') }],
  ])('%s', (_change, before, change) => {
    expect(isSamePlace(before, { ...before, ...change }, 'password')).toBe(false)
  })

  it.each<[string, Profile, Partial<Profile>]>([
    ['a name, a folder, a colour', plain, { name: 'x', folder: 'y', colour: 'red' }],
    ['another user', plain, { username: 'bob' }],
    ['another client ID and version', plain, { clientId: 'x', protocolVersion: '3.1.1' }],
    ['capitals in the host', plain, { host: 'PLANT' }],
    ['a path that TCP does not use', plain, { path: '/x' }],
    ['TLS settings that TCP does not use', plain, { tls: { ...tls, verify: false } }],
    ['a proxy that cannot read it', secure, { network: by('corp') }],
    ['another user of the proxy', { ...plain, network: by('corp') }, { network: by('corp', { username: 'x' }) }],
    ['another certificate of ours', secure, { tls: { ...tls, certificateFile: '/b', keyFile: '/c' } }],
  ])('but not after %s', (_change, before, change) => {
    expect(isSamePlace(before, { ...before, ...change }, 'password')).toBe(true)
  })

  it('but not where the broker inside the application moves to another port', () => {
    const local = newProfile({ id: 'l', kind: 'local', port: 18_830 })
    expect(isSamePlace(local, { ...local, port: 18_831 }, 'password')).toBe(true)
  })
})

it('a passphrase belongs to the file of its key, wherever that is used', () => {
  expect(isSamePlace(secure, { ...secure, host: 'evil' }, 'keyPassphrase')).toBe(true)
  for (const change of [{ keyFile: '/other.key' }, { pkcs12File: '/other.p12' }])
    expect(isSamePlace(secure, { ...secure, tls: { ...tls, ...change } }, 'keyPassphrase')).toBe(false)
})

it('the password of a proxy belongs to that proxy, wherever it leads', () => {
  const before = { ...plain, network: by('corp') }
  expect(isSamePlace(before, { ...before, host: 'evil', scheme: 'wss' }, 'proxyPassword')).toBe(true)
  expect(isSamePlace(before, { ...before, network: by('CORP', { username: 'x' }) }, 'proxyPassword')).toBe(true)
  for (const network of [by('evil'), by('corp', { port: 1 }), by('corp', { kind: 'socks5' })])
    expect(isSamePlace(before, { ...before, network }, 'proxyPassword')).toBe(false)
})
