import { expect, it } from 'vitest'
import type { Subscription } from '#shared/model/subscription'
import type { InboxMessage } from './frameWriter'
import { createSubscriptionTotals } from './subscriptionTotals'

const wanted = (id: string, filter: string): Subscription => ({
  ...{ id, filter, qos: 0, colour: 'blue', alias: '' },
  ...{ enabled: true, muted: false },
})

it('counts from zero for a subscription whose filter was edited, and on for one that was not', () => {
  const totals = createSubscriptionTotals()
  const message: InboxMessage = {
    topic: { id: 0, text: 'old', levels: ['old'], matchSetId: 0, matchRevision: -1 },
    ...{ source: Buffer.alloc(0), start: 0, payloadStart: 0, end: 0 },
    ...{ time: 5, packetId: 0, flags: 0 },
  }
  totals.setSubscriptions([wanted('edited', 'old'), wanted('kept', '+')])
  totals.count(message)
  totals.setSubscriptions([wanted('edited', 'new'), { ...wanted('kept', '+'), alias: 'any' }])
  expect(totals.totals()).toEqual([
    { subscriptionId: 'edited', messages: 0, lastAt: 0 },
    { subscriptionId: 'kept', messages: 1, lastAt: 5 },
  ])
})
