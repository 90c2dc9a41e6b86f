import fc from 'fast-check'
import { expect, it } from 'vitest'
import { colourNames, leastUsedColour } from './colour'

it('gives every colour once before one comes again', () => {
  const given = colourNames.reduce<readonly (typeof colourNames)[number][]>(
    (used) => [...used, leastUsedColour(used)],
    [],
  )
  expect(given).toEqual(colourNames)
})

it('gives one that nothing is used less than', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...colourNames)), (used) => {
      const times = (colour: string) => used.filter((one) => one === colour).length
      const least = Math.min(...colourNames.map(times))
      expect(times(leastUsedColour(used))).toBe(least)
    }),
  )
})
