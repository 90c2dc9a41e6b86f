import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newProfile } from '#shared/model/profile'
import { addressParts, withAddressSplit, type AddressParts } from './hostField'
import { hostProblem, pathProblem } from './hostProblem'
import { checkDraft, draftOf, textAt, withText } from './profileDraft'

const draftWith = (host: string) => withText(draftOf(newProfile({ id: 'one', name: 'Bench' })), 'host', host)

describe('what is typed as a host', () => {
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

  it.each(['', 'foo://host', 'mqtt://', 'host:abc', 'a:b:c', '[::1', 'host]:1'])('%j is left as it is', (text) => {
    expect(addressParts(text)).toBeNull()
    expect(withAddressSplit(draftWith(text)).profile.host).toBe(text)
  })

  it('once split stays as it is', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...Array.from('ab1.:[]/@#%" ,')) }))
    fc.assert(
      fc.property(text, (typed) => {
        const once = withAddressSplit(draftWith(typed))
        // Quotes within quotes come off one by one; nothing else changes a second time.
        expect(textAt(withAddressSplit(once), 'port')).toBe(textAt(once, 'port'))
      }),
    )
  })
})

describe('a host that cannot be one is refused at its field', () => {
  it.each([
    ['a.example b.example', 'severalHosts'],
    ['a.example,b.example:1884', 'severalHosts'],
    ['a.example；b.example', 'severalHosts'],
    ['"a', 'hostMarks'],
    ['localhost:1883', 'hostPort'],
    ['a:b:c:g', 'hostPort'],
    ['mqtt://a', 'hostOnly'],
    ['a/mqtt', 'hostOnly'],
    ['ann@a', 'hostOnly'],
    ['[::1', 'hostOnly'],
    ['a..b', 'hostDots'],
    ['.a', 'hostDots'],
  ])('%j', (host, problem) => {
    expect(hostProblem(host)).toBe(problem)
    expect(checkDraft(draftWith(host)).problems).toEqual({ host: problem })
  })

  it.each(['localhost', '::1', '[::1]', 'fe80::1%eth0', '10.0.0.7', 'brök.example', 'my_broker', 'a-b.c'])(
    '%j is one',
    (host) => {
      expect(checkDraft(draftWith(host)).profile?.host).toBe(host)
    },
  )
})

describe('a path', () => {
  it('has no fragment and no white space', () => {
    expect(pathProblem('/mqtt?token=a#b')).toBe('pathFragment')
    expect(pathProblem('/mqtt?token=a%23b')).toBeNull()
    expect(pathProblem('/a b')).toBe('pathSpace')
  })
})

describe('splitting', () => {
  it('fills the other fields, and the port of the scheme where none is said', () => {
    const split = withAddressSplit(draftWith('wss://ann:secret@host/ws'))
    expect(split).toMatchObject({ numbers: { port: '443' }, secrets: { password: { typed: 'secret' } } })
    const { profile } = split
    expect(profile).toMatchObject({ scheme: 'wss', host: 'host', path: '/ws', username: 'ann', usePassword: true })
  })
})
