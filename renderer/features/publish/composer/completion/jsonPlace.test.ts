import { describe, expect, it } from 'vitest'
import { jsonPlaceAt } from './jsonPlace'

describe('jsonPlaceAt', () => {
  it.each([
    ['{', { kind: 'key', path: [], from: 1 }],
    ['{"st', { kind: 'key', path: [], from: 1 }],
    ['{"a": 1, "b": {"c', { kind: 'key', path: ['b'], from: 15 }],
    ['{"a": ', { kind: 'value', path: ['a'], from: 6 }],
    ['{"a": tr', { kind: 'value', path: ['a'], from: 6 }],
    ['{"a": "x\\"', { kind: 'value', path: ['a'], from: 6 }],
    ['{"a": [1, {"k": -1.5', { kind: 'value', path: ['a', null, 'k'], from: 16 }],
    ['[', { kind: 'value', path: [null], from: 1 }],
    ['[[1], ', { kind: 'value', path: [null], from: 6 }],
    ['{"a": {"b": 1}, ', { kind: 'key', path: [], from: 16 }],
    ['{"\\u0061": ', { kind: 'value', path: ['a'], from: 11 }],
  ])('finds what may stand behind %s', (before, place) => {
    expect(jsonPlaceAt(before)).toEqual(place)
  })

  it.each(['', 'x', '{"a"', '{"a": 1 ', '{"a": "x" ', '{"a": {} ', '[1 ', '{"a": 1}'])(
    'knows that nothing can begin behind %s',
    (before) => {
      expect(jsonPlaceAt(before)).toBeNull()
    },
  )
})
