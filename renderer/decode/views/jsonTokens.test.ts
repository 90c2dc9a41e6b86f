import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonTokens } from './jsonTokens'

describe('JSON tokens', () => {
  it('put together are the line', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (line) => {
        expect(
          jsonTokens(line)
            .map((token) => token.text)
            .join(''),
        ).toBe(line)
      }),
    )
  })

  it('tell keys from strings', () => {
    expect(jsonTokens('  "a": "b",').map((token) => token.kind)).toEqual(['plain', 'key', 'plain', 'string', 'plain'])
  })
})
