import { describe, expect, it } from 'vitest'
import { colourNames, type ColourName, type SubscriptionStatus } from '#shared/model/subscription'
import { createSubscriptionRates } from './rates'
import { nextColour } from './subscriptionSelectors'

const status = (id: string, colour: ColourName = 'blue'): SubscriptionStatus => ({
  subscription: { id, filter: id, qos: 0, colour, alias: '', enabled: true, muted: false },
  state: { phase: 'inactive' },
})
const totals = (messages: number) => ({ s: { subscriptionId: 's', messages, stored: 0, lastAt: 0 } })

describe('nextColour', () => {
  it('goes through the palette before one comes again', () => {
    const list: SubscriptionStatus[] = []
    for (const colour of [...colourNames, ...colourNames]) {
      expect(nextColour(list)).toBe(colour)
      list.push(status(String(list.length), nextColour(list)))
    }
  })
})

describe('createSubscriptionRates', () => {
  it('answers messages a second over its window', () => {
    const meter = createSubscriptionRates(4_000)
    expect(meter.sample(0, totals(0)).get('s')).toBe(0)
    expect(meter.sample(1_000, totals(100)).get('s')).toBe(100)
    expect(meter.sample(2_000, totals(100)).get('s')).toBe(50)
    expect(meter.sample(6_000, totals(100)).get('s')).toBe(0)
  })

  it('starts over when the count begins anew', () => {
    const meter = createSubscriptionRates(4_000)
    meter.sample(0, totals(1_000))
    expect(meter.sample(1_000, totals(5)).get('s')).toBe(0)
    expect(meter.sample(2_000, totals(15)).get('s')).toBe(10)
  })
})
