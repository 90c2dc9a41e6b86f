import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAlertLimit } from './alertLimit'

describe('the limit of notifications', () => {
  it('shows one of a watch in thirty seconds, and ten of all in a minute', () => {
    const asked = fc.array(
      fc.record({ after: fc.nat(20_000), watch: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g') }),
      {
        maxLength: 200,
      },
    )
    fc.assert(
      fc.property(asked, (steps) => {
        let at = 0
        const limit = createAlertLimit(() => at)
        const shown: { readonly at: number; readonly watch: string }[] = []
        for (const { after, watch } of steps) {
          at += after
          const isDue = !shown.some((one) => one.watch === watch && at - one.at < 30_000)
          const hasRoom = shown.filter((one) => at - one.at < 60_000).length < 10
          expect(limit.mayShow(watch)).toBe(isDue && hasRoom)
          if (isDue && hasRoom) shown.push({ at, watch })
        }
      }),
    )
  })
})
