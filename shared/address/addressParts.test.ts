import { describe, expect, it } from 'vitest'
import { addressParts, splitAddress, type AddressParts } from './addressParts'

describe('an address', () => {
  it.each<readonly [string, AddressParts]>([
    ['localhost', { host: 'localhost' }],
    ['localhost:1883', { host: 'localhost', port: '1883' }],
    ['localhost：1883', { host: 'localhost', port: '1883' }],
    [' 10.0.0.7:8883 ', { host: '10.0.0.7', port: '8883' }],
    ['broker.example.', { host: 'broker.example' }],
    ['broker.example/', { host: 'broker.example' }],
    ['broker.example:', { host: 'broker.example' }],
    ['"broker.example"', { host: 'broker.example' }],
    ['<mqtt://broker.example>', { scheme: 'mqtt', host: 'broker.example' }],
    ['broker.example,', { host: 'broker.example' }],
    ['::1', { host: '::1' }],
    ['fe80::1%eth0', { host: 'fe80::1%eth0' }],
    ['::ffff:10.0.0.7', { host: '::ffff:10.0.0.7' }],
    ['[::1]', { host: '::1' }],
    ['[::1]:1883', { host: '::1', port: '1883' }],
    ['[fe80::1%eth0]:1883', { host: 'fe80::1%eth0', port: '1883' }],
    ['mqtt://host:1883/path', { scheme: 'mqtt', host: 'host', port: '1883', path: '/path' }],
    ['tcp://host:1883', { scheme: 'mqtt', host: 'host', port: '1883' }],
    ['SSL://host', { scheme: 'mqtts', host: 'host' }],
    ['wss://host/mqtt?token=a', { scheme: 'wss', host: 'host', path: '/mqtt?token=a' }],
    ['https://host', { scheme: 'wss', host: 'host' }],
    ['host/mqtt', { host: 'host', path: '/mqtt' }],
    ['ws://host?x=1', { scheme: 'ws', host: 'host', path: '/?x=1' }],
    ['mqtt://ann@host', { scheme: 'mqtt', host: 'host', username: 'ann' }],
    ['mqtt://ann:ge/heim@host:1', { scheme: 'mqtt', host: 'host', port: '1', username: 'ann', password: 'ge/heim' }],
    ['ann:p%40ss@host', { host: 'host', username: 'ann', password: 'p@ss' }],
    ['主機.example:1883', { host: '主機.example', port: '1883' }],
  ])('%j is split', (text, parts) => expect(addressParts(text)).toEqual(parts))

  it.each(['', 'foo://host', 'mqtt://', 'host:abc', 'a:b:c', '[::1', 'host]:1'])('%j is none', (text) => {
    expect(addressParts(text)).toBeNull()
  })

  it('by itself keeps what may be meant', () => {
    expect(splitAddress('ws://host/')).toEqual({ scheme: 'ws', host: 'host', path: '/' })
    expect(splitAddress('"host"')).toEqual({ host: '"host"' })
  })
})
