import { describe, expect, it } from 'vitest'
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
