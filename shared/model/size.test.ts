import { expect, it } from 'vitest'
import { commands } from '#shared/contract'
import { keepSecrets, newProfile, profileSchema } from './profile'
import { composedMessageSchema, largestSavedPayload } from './publish'
import { defaultSettings } from './settings'
import { isWithinBytes } from './size'

it('counts texts and names, however deep they lie', () => {
  expect(isWithinBytes(20)('x'.repeat(18))).toBe(true)
  expect(isWithinBytes(20)('x'.repeat(19))).toBe(false)
  expect(isWithinBytes(100)([[['x'.repeat(90)]]])).toBe(false)
  expect(isWithinBytes(100)({ ['x'.repeat(95)]: 1 })).toBe(false)
})

it('stops counting beyond the limit', () => {
  let looks = 0
  const endless = {
    get next(): unknown {
      looks += 1
      return endless
    },
  }
  expect(isWithinBytes(1_000)(endless)).toBe(false)
  expect(looks).toBeLessThan(200)
})

const problemOf = (name: keyof typeof commands, input: unknown) =>
  commands[name].input.safeParse(input).error?.issues[0]?.path.join('.') ?? null

const profile = newProfile({ id: 'a', name: 'a' })
const saving = (given: object) => ({ profile: { ...profile, ...given }, secrets: keepSecrets })
const subscription = { id: 's', filter: 'a', qos: 0, colour: 'blue', alias: '', enabled: true, muted: false }
const message = composedMessageSchema.parse({
  topic: 'a',
  payload: '',
  format: 'text',
  qos: 0,
  retain: false,
  contentType: '',
  responseTopic: '',
  correlationData: '',
  messageExpiry: '',
  userProperties: [],
})
const library = (payload: string, count = 1) => ({
  history: { c: Array.from({ length: count }, () => ({ sentAt: 1, message: { ...message, payload } })) },
})
const long = 'x'.repeat(70_000)
const huge = 'x'.repeat(2 ** 20 + 1)

const tooLarge: readonly [keyof typeof commands, string, unknown, string][] = [
  ['profile.save', 'a path of a file', saving({ tls: { ...profile.tls, caFile: long } }), 'profile.tls.caFile'],
  ['profile.save', 'a server name', saving({ tls: { ...profile.tls, serverName: long } }), 'profile.tls.serverName'],
  ['profile.save', 'ALPN', saving({ tls: { ...profile.tls, alpn: long } }), 'profile.tls.alpn'],
  ['profile.save', 'a path of a WebSocket', saving({ path: `/${long}` }), 'profile.path'],
  ['profile.save', 'a will that is off', saving({ will: { ...profile.will, payload: huge } }), 'profile.will.payload'],
  ['profile.save', 'a topic that is off', saving({ will: { ...profile.will, topic: huge } }), 'profile.will.topic'],
  [
    'profile.save',
    'many subscriptions',
    saving({ subscriptions: Array.from({ length: 10_001 }, (_, index) => ({ ...subscription, id: `${index}` })) }),
    'profile.subscriptions',
  ],
  [
    'profile.save',
    'many long filters',
    saving({
      subscriptions: Array.from({ length: 100 }, (_, id) => ({
        ...subscription,
        id: `${id}`,
        filter: 'x'.repeat(60_000),
      })),
    }),
    'profile',
  ],
  ['settings.save', 'layouts', { ...defaultSettings, paneLayouts: { a: { [long]: 1, ['y' + long]: 1 } } }, ''],
  ['settings.save', 'a connection', { ...defaultSettings, lastConnectionId: long }, 'lastConnectionId'],
  ['library.save', 'a payload', library('x'.repeat(4 * largestSavedPayload)), 'history.c.0.message.payload'],
  ['library.save', 'many payloads', library('x'.repeat(largestSavedPayload), 300), ''],
]

it.each(tooLarge.map(([name, what, ...rest]) => [`${name}: ${what}`, name, rest] as const))(
  '%s beyond what a person makes is refused',
  (_title, name, [input, path]) => {
    expect(problemOf(name, input)).toBe(path)
  },
)

it('takes what a person makes', () => {
  const subscriptions = Array.from({ length: 5_000 }, (_, index) => ({
    ...subscription,
    id: `${index}`,
    filter: `a/${index}/#`,
  }))
  expect(problemOf('profile.save', saving({ subscriptions }))).toBeNull()
  expect(
    problemOf('settings.save', { ...defaultSettings, paneLayouts: { workspace: { tree: 20, log: 80 } } }),
  ).toBeNull()
  expect(problemOf('library.save', library('x'.repeat(largestSavedPayload), 100))).toBeNull()
})

it('reads every profile that could be saved before, but for one that no broker and no disk would take', () => {
  const tls = { ...profile.tls, caFile: `/${'a/'.repeat(1_000)}ca.pem`, serverName: 'x'.repeat(255) }
  expect(profileSchema.safeParse({ ...profile, tls, path: `/${'p'.repeat(4_000)}` }).success).toBe(true)
})
