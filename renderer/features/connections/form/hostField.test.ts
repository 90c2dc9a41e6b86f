import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newProfile } from '#shared/model/profile'
import { withAddressSplit } from './hostField'
import { hostProblem, pathProblem } from './hostProblem'
import { checkDraft, draftOf, textAt, withText } from './profileDraft'

const draftWith = (host: string) => withText(draftOf(newProfile({ id: 'one', name: 'Bench' })), 'host', host)

describe('what is typed as a host', () => {
  it.each(['', 'foo://host', 'mqtt://', 'host:abc', 'a:b:c', '[::1', 'host]:1'])('%j is left as it is', (text) => {
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
