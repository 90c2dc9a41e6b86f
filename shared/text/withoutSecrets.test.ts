import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressWithoutSecrets, withoutSecrets } from './withoutSecrets'

const secret = 'geheim'

describe('an address without its secrets', () => {
  it.each([
    ['mqtt://ann:ge/heim@127.0.0.1', 'mqtt://ann:…@127.0.0.1'],
    ['mqtt://ann:geheim@[::1]:1883', 'mqtt://ann:…@[::1]:1883'],
    ['mqtt://ann:geheim@[::1', 'mqtt://ann:…@[::1'],
    ['mqtt://ann:a@geheim@h', 'mqtt://ann:…@h'],
    ['mqtt://ann:gehe:im@h:1:2', 'mqtt://ann:…@h:1:2'],
    ['mqtt://ann:geheim@', 'mqtt://ann:…@'],
    ['mqtt://ann:geheim', 'mqtt://ann:…'],
    ['mqtt://:geheim@h', 'mqtt://:…@h'],
    ['mqtt://ann%3Ageheim%40h', 'mqtt://ann%3A…%40h'],
    ['mqtt%3A%2F%2Fann%3Ageheim%40h', 'mqtt%3A%2F%2Fann%3A…%40h'],
    ['mqtt://ann:%zzgeheim@h', 'mqtt://ann:…@h'],
    ['mqtt:ann:geheim@h', 'mqtt:ann:…@h'],
    ['mqtt:/ann:geheim@h', 'mqtt:/ann:…@h'],
    ['mqtt:\\\\ann:geheim@h', 'mqtt:\\\\ann:…@h'],
    ['ann:geheim@h', 'ann:…@h'],
    ['mqtt:geheim@h', 'mqtt:…@h'],
    ['http://ann:geheim@h', 'http://ann:…@h'],
    ['mqtt://ann:gehe?im@h', 'mqtt://ann:…@h'],
    ['mqtt://ann:12#geheim@h', 'mqtt://ann:…@h'],
    ['ws://h:99999/mqtt?token=geheim', 'ws://h:99999/mqtt?…'],
    ['mqtt://ann:ge heim@h', 'mqtt://ann:…@h'],
    ['mqtt://ann:ge\nheim@h', 'mqtt://ann:…@h'],
  ])('%j is shown as %s', (address, shown) => {
    expect(addressWithoutSecrets(address)).toBe(shown)
  })

  it.each([
    'mqtt://h:99999',
    'mqtt://h',
    'mqtt://[::1]:1883',
    'mqtt://[::1',
    'localhost:1883',
    'http://h/a',
    'mqtt://ann@h',
  ])('%s has none and stays', (address) => expect(addressWithoutSecrets(address)).toBe(address))

  it('never shows a password, whatever stands around it', () => {
    const part = fc.string({
      maxLength: 6,
      unit: fc.constantFrom(':', '/', '@', '%', '?', '#', '[', ']', ' ', '\\', '\n', 'a', '1', 'é'),
    })
    fc.assert(
      fc.property(
        fc.tuple(part, part, part),
        fc.constantFrom('mqtt', 'mqtts', 'ws', 'wss'),
        ([before, after, host], scheme) => {
          const address = `${scheme}://ann:${before}${secret}${after}@${host.replace(/[?#]/g, '')}`
          expect(addressWithoutSecrets(address)).not.toContain(secret)
          expect(withoutSecrets(`could not open "${address}" (it failed)`)).not.toContain(secret)
        },
      ),
    )
  })
})

describe('a line without secrets', () => {
  it('keeps everything else', () => {
    expect(withoutSecrets('Invalid URL: mqtt://ann:geheim@h, code 7')).toBe('Invalid URL: mqtt://ann:…@h, code 7')
    expect(withoutSecrets('open wss://h/mqtt?token=geheim failed')).toBe('open wss://h/mqtt?… failed')
    expect(withoutSecrets('proxy http://a:geheim@p:3128 and more')).toBe('proxy http://a:…@p:3128 and more')
  })

  it.each([
    'at Module (file:///app/node_modules/@scope/name.js:10:5)',
    'at Module (node:internal/modules/cjs/loader:1105:14)',
  ])('leaves %j alone', (line) => expect(withoutSecrets(line)).toBe(line))
})
