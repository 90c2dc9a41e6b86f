import { describe, expect, it } from 'vitest'
import { colourNames, type ColourName } from '#shared/model/colour'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { nextColour } from './newSubscription'

const status = (id: string, colour: ColourName = 'blue'): SubscriptionStatus => ({
  subscription: { id, filter: id, qos: 0, colour, alias: '', enabled: true, muted: false },
  state: { phase: 'inactive' },
})

describe('nextColour', () => {
  it('goes through the palette before one comes again', () => {
    const list: SubscriptionStatus[] = []
    for (const colour of [...colourNames, ...colourNames]) {
      expect(nextColour(list)).toBe(colour)
      list.push(status(String(list.length), nextColour(list)))
    }
  })
})
