import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sortSteps } from './topicIndexSteps'

interface Item {
  readonly value: number
  readonly place: number
}

it('sorts as the list itself would, in steps that compare a bounded number of items', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { maxLength: 6_000, size: 'max' }), (values) => {
      const items = values.map((value, place): Item => ({ value, place }))
      let compared = 0
      const compare = (left: Item, right: Item) => {
        compared++
        return left.value - right.value
      }
      const steps = sortSteps(items, compare)
      let most = 0
      let step = steps.next()
      for (; !step.done; step = steps.next()) {
        most = Math.max(most, compared)
        compared = 0
      }
      expect(step.value).toEqual(items.toSorted((left, right) => left.value - right.value))
      expect(most).toBeLessThan(10_000)
    }),
    { numRuns: 30 },
  )
})
