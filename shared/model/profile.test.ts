import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { newProfile, profileSchema, secretChangeSchema } from './profile'

const will = { enabled: true, topic: 'gone', payload: '', qos: 0, retain: false } as const
const problemsOf = (given: object) =>
  profileSchema
    .safeParse({ ...newProfile({ id: 'a', name: 'a' }), ...given })
    .error?.issues.map((issue) => [issue.path.join('.'), issue.message]) ?? []

// 32,768 letters of two bytes are one byte more than CONNECT can carry.
const longest = `${'ä'.repeat(32_767)}a`
const tooLong = 'ä'.repeat(32_768)

describe('what CONNECT carries', () => {
  it('is a will of 65,535 bytes at most', () => {
    expect(problemsOf({ will: { ...will, payload: longest } })).toEqual([])
    expect(problemsOf({ will: { ...will, payload: tooLong } })).toEqual([['will.payload', 'tooLong']])
    expect(problemsOf({ will: { ...will, topic: tooLong } })).toEqual([['will.topic', 'tooLong']])
    expect(problemsOf({ will: { ...will, enabled: false, payload: tooLong } })).toEqual([])
  })

  it('is a password of 65,535 bytes at most', () => {
    const parse = (value: string) => secretChangeSchema.safeParse({ change: 'set', value }).success
    expect([parse(longest), parse(tooLong)]).toEqual([true, false])
  })
})

/**
 * A profile as the first version saved it. Never to be changed: such profiles are on disks, and what has come since must
 * have a default.
 */
const firstVersion = {
  id: 'p1',
  kind: 'remote',
  name: 'Plant',
  folder: '',
  colour: 'blue',
  scheme: 'mqtt',
  host: 'broker',
  port: 1883,
  path: '/mqtt',
  protocolVersion: '5',
  clientId: 'c',
  username: '',
  usePassword: false,
  keepaliveSeconds: 60,
  connectTimeoutSeconds: 15,
  cleanStart: true,
  sessionExpirySeconds: 0,
  reconnect: {
    enabled: true,
    initialSeconds: 1,
    maximumSeconds: 30,
    maximumAttempts: 0,
  },
  tls: {
    caFile: '',
    certificateFile: '',
    keyFile: '',
    pkcs12File: '',
    serverName: '',
    alpn: '',
    verify: true,
  },
  will: {
    enabled: false,
    topic: '',
    payload: '',
    qos: 0,
    retain: false,
  },
  subscriptions: [
    {
      id: 's',
      filter: 'a/#',
      qos: 0,
      colour: 'blue',
      alias: '',
      enabled: true,
      muted: false,
    },
  ],
}

/** Dotted paths of all fields, those within objects included. */
const pathsOf = (schema: z.ZodType, before = ''): readonly string[] => {
  const inner = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault ? schema.unwrap() : schema
  if (!(inner instanceof z.ZodObject)) return [before.slice(1)]
  return Object.entries(inner.shape as Record<string, z.ZodType>).flatMap(([name, field]) =>
    pathsOf(field, `${before}.${name}`),
  )
}
const valueAt = (profile: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], profile)
const without = (profile: object, path: string): object => {
  const [name = '', ...rest] = path.split('.')
  return Object.fromEntries(
    Object.entries(profile).flatMap(([key, value]: [string, object]) => {
      if (key !== name) return [[key, value]]
      return rest.length === 0 ? [] : [[key, without(value, rest.join('.'))]]
    }),
  )
}

describe('a profile that an earlier version saved', () => {
  it('is read as it was, with the defaults of a new profile for what has come since', () => {
    const read = profileSchema.parse(firstVersion)
    expect(read).toMatchObject(firstVersion)
    const isNew = (path: string) => valueAt(firstVersion, path) === undefined
    const added = pathsOf(profileSchema).filter(isNew)
    expect(added).toContain('tls.trustCaFileAsItIs')
    for (const path of added) expect(valueAt(read, path)).toEqual(valueAt(newProfile({ id: 'p1' }), path))
  })

  it.each(pathsOf(profileSchema).filter((path) => valueAt(firstVersion, path) === undefined))(
    'is read without %s',
    (path) => {
      const saved = newProfile({ id: 'p1', name: 'Plant' })
      expect(profileSchema.parse(without(saved, path))).toEqual(saved)
    },
  )
})
