import fc from 'fast-check'
import { expect, it } from 'vitest'
import { linesIn } from '../payloadViewTesting'
import { base64View } from './base64View'

it('shows lines that put together are the whole', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (payload) => {
      expect(linesIn(base64View, payload).join('')).toBe(Buffer.from(payload).toString('base64'))
    }),
  )
})
