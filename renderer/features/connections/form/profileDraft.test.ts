import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultPorts, newProfile, profileSchema, schemeSchema, type Profile } from '#shared/model/profile'
import { noWill } from '#shared/model/will'
import { colourNames } from '#shared/model/colour'
import { firstProblemPath, sectionOf } from './formSections'
import {
  checkDraft,
  draftOf,
  secretChangesOf,
  textAt,
  withTypedPassword,
  withScheme,
  withText,
  type ProfileDraft,
} from './profileDraft'
import { numberRange, withValueAt, type NumberPath, type TextPath } from './profilePaths'

const profile = newProfile({ id: 'one', name: 'Bench' })
const draftWith = (path: TextPath | NumberPath, text: string, from: ProfileDraft = draftOf(profile)): ProfileDraft =>
  withText(from, path, text)
const draftOfChanged = (path: string, value: unknown) => draftOf(withValueAt(profile, path, value))
const problemsOf = (draft: ProfileDraft) => checkDraft(draft).problems ?? {}

const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((one) => !one.includes('\0'))
const name = text.map((one) => one.trim()).filter((one) => one !== '')
const seconds = fc.integer({ min: 1, max: 3_600 })

const profiles: fc.Arbitrary<Profile> = fc
  .record({
    id: fc.uuid(),
    kind: fc.constantFrom('remote' as const, 'local' as const),
    name,
    folder: text,
    colour: fc.constantFrom(...colourNames),
    scheme: fc.constantFrom(...schemeSchema.options),
    host: fc.constantFrom('broker.example', '127.0.0.1', '::1', '主機'),
    port: fc.integer({ min: 1, max: 65_535 }),
    path: fc.constantFrom('', '/', '/mqtt', '/代理?x=1'),
    protocolVersion: fc.constantFrom('5' as const, '3.1.1' as const, '3.1' as const),
    clientId: fc.string({ minLength: 1, maxLength: 23 }),
    username: name,
    usePassword: fc.boolean(),
    keepaliveSeconds: fc.integer({ min: 0, max: 65_535 }),
    connectTimeoutSeconds: fc.integer({ min: 1, max: 600 }),
    cleanStart: fc.boolean(),
    lenient: fc.boolean(),
    subscriptionIdentifiers: fc.boolean(),
    sessionExpirySeconds: fc.integer({ min: 0, max: 4_294_967_295 }),
    reconnect: fc
      .record({ enabled: fc.boolean(), one: seconds, other: seconds, maximumAttempts: fc.nat(100_000) })
      .map(({ one, other, ...rest }) => ({
        ...rest,
        initialSeconds: Math.min(one, other),
        maximumSeconds: Math.max(one, other),
      })),
    tls: fc
      .record({
        caFile: text,
        pair: fc.boolean(),
        pkcs12File: text,
        serverName: text,
        alpn: text,
        verify: fc.boolean(),
        trustCaFileAsItIs: fc.boolean(),
      })
      .map(({ pair, ...rest }) => ({
        ...profile.tls,
        ...rest,
        certificateFile: pair ? 'C:\\cert.pem' : '',
        keyFile: pair ? '/home/鑰匙.pem' : '',
        // Only one of them can be shown.
        pkcs12File: pair ? '' : rest.pkcs12File,
      })),
    will: fc
      .record({
        enabled: fc.boolean(),
        topic: fc.constantFrom('state/bench', '狀態'),
        payload: text,
        qos: fc.constantFrom(0 as const, 1 as const, 2 as const),
        retain: fc.boolean(),
        delaySeconds: fc.option(fc.nat()),
        contentType: text,
      })
      .map((one) => ({ ...noWill, ...one })),
    subscriptions: fc.constant<Profile['subscriptions']>([
      { id: 's', filter: 'a/+/#', qos: 1 as const, colour: 'red' as const, alias: '', enabled: true, muted: false },
    ]),
  })
  // Whatever else a profile has, too.
  .map((one) => ({ ...profile, ...one }))
  .filter((one) => profileSchema.safeParse(one).success)

describe('draft', () => {
  it('turns into the profile it was made of', () => {
    fc.assert(
      fc.property(profiles, (one) => {
        expect(checkDraft(draftOf(one)).profile).toEqual(one)
      }),
    )
  })

  it('keeps the secrets it was not told to change', () => {
    const change = secretChangesOf(
      draftOf(profile, { password: 'stored', keyPassphrase: 'none', proxyPassword: 'none' }),
    )
    expect(change).toEqual({
      password: { change: 'keep' },
      keyPassphrase: { change: 'keep' },
      proxyPassword: { change: 'keep' },
    })
  })

  it('replaces a secret by what is typed, and forgets one when told', () => {
    const draft = withTypedPassword(
      draftOf(profile, { password: 'stored', keyPassphrase: 'stored', proxyPassword: 'none' }),
      'open sesame',
      false,
    )
    const forgetting = { ...draft.secrets.keyPassphrase, forget: true }
    expect(secretChangesOf({ ...draft, secrets: { ...draft.secrets, keyPassphrase: forgetting } })).toEqual({
      password: { change: 'set', value: 'open sesame' },
      keyPassphrase: { change: 'set', value: '' },
      proxyPassword: { change: 'keep' },
    })
    expect(draft.profile.usePassword).toBe(true)
    expect(withTypedPassword(draft, '', false).profile.usePassword).toBe(false)
  })
})

describe('checkDraft', () => {
  it.each(['0', '70000', '65536', 'abc', '', '1e3', '0x50', '-1', '1883.5', '１８８３'])(
    'refuses port %j beside its field',
    (port) => expect(problemsOf(draftWith('port', port))).toEqual({ port: 'numberRange' }),
  )

  it.each(['1', '1883', ' 8883 ', '65535'])('takes port %j', (port) => {
    expect(checkDraft(draftWith('port', port)).profile?.port).toBe(Number(port))
  })

  it('finds every problem at once, a bad number included', () => {
    const draft = draftWith('name', ' ', draftWith('port', 'abc'))
    expect(problemsOf(draftWith('clientId', 'a\0', draft))).toEqual({
      name: 'required',
      port: 'numberRange',
      clientId: 'noNul',
    })
  })

  it('refuses an address where a host belongs', () => {
    expect(problemsOf(draftWith('host', 'mqtt://broker'))).toEqual({ host: 'hostOnly' })
    expect(problemsOf(draftWith('host', 'broker/mqtt'))).toEqual({ host: 'hostOnly' })
  })

  it('refuses a password without a user name before MQTT 5 only', () => {
    const draft = withTypedPassword(draftOf(profile), 'open sesame', false)
    expect(problemsOf(draft)).toEqual({})
    expect(problemsOf({ ...draft, profile: { ...draft.profile, protocolVersion: '3.1.1' } })).toEqual({
      username: 'usernameNeeded',
    })
  })

  it('wants certificate and key together, and a last will to have a topic', () => {
    expect(problemsOf(draftWith('tls.certificateFile', '/cert.pem'))).toEqual({ 'tls.keyFile': 'certificatePair' })
    expect(problemsOf(draftOfChanged('will.enabled', true))).toEqual({ 'will.topic': 'empty' })
    expect(problemsOf(draftWith('will.topic', 'a/#', draftOfChanged('will.enabled', true)))).toEqual({
      'will.topic': 'wildcardInTopic',
    })
  })

  it('says which filter of the list is wrong', () => {
    const filterOf = (filter: string) => ({
      id: filter,
      qos: 0 as const,
      colour: 'blue' as const,
      alias: '',
      enabled: true,
      muted: false,
      filter,
    })
    const subscriptions = ['a/#', '#/a', 'a+', ''].map(filterOf)
    expect(problemsOf(draftOfChanged('subscriptions', subscriptions))).toMatchObject({
      'subscriptions.1.filter': 'hashNotLast',
      'subscriptions.2.filter': 'plusNotAlone',
      'subscriptions.3.filter': 'empty',
    })
  })
})

describe('withScheme', () => {
  it('lets the port follow the scheme until it is another one', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...schemeSchema.options)), (schemes) => {
        const last = schemes.reduce(withScheme, draftOf(profile))
        expect(textAt(last, 'port')).toBe(String(defaultPorts[last.profile.scheme]))
      }),
    )
    expect(textAt(withScheme(draftWith('port', '9001'), 'ws'), 'port')).toBe('9001')
    expect(textAt(withScheme(draftWith('port', 'abc'), 'ws'), 'port')).toBe('abc')
  })
})

describe('numberRange', () => {
  it('is the one of the schema', () => {
    expect(numberRange('port')).toEqual({ lowest: 1, highest: 65_535 })
    expect(numberRange('sessionExpirySeconds')).toEqual({ lowest: 0, highest: 4_294_967_295 })
    expect(numberRange('reconnect.maximumAttempts')).toEqual({ lowest: 0, highest: 100_000 })
  })
})

describe('firstProblemPath', () => {
  it('is the first from top to bottom, section by section', () => {
    expect(firstProblemPath({ 'tls.keyFile': 'x', clientId: 'x', port: 'x', keepaliveSeconds: 'x' })).toBe('port')
    expect(firstProblemPath({ 'subscriptions.0.filter': 'x', 'will.topic': 'x' })).toBe('will.topic')
    expect(firstProblemPath({})).toBeNull()
    expect(sectionOf('reconnect.maximumSeconds')).toBe('session')
  })
})
