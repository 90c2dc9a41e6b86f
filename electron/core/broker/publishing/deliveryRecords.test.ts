import { describe, expect, it } from 'vitest'
import type { DeliveryLeg } from '#shared/model/delivery'
import { createDeliveryRecords } from './deliveryRecords'

const leg = (given: Partial<DeliveryLeg> = {}): DeliveryLeg => ({
  packet: 'PUBLISH',
  at: 1,
  dup: false,
  reasonCode: null,
  words: null,
  ...given,
})

describe('the packets of messages', () => {
  it('are kept of the latest 5,000', () => {
    const records = createDeliveryRecords()
    for (let sequence = 1; sequence <= 5_010; sequence += 1) records.open(sequence, 1, '5')
    expect([records.find(10), records.find(11) !== null, records.find(5_010) !== null]).toEqual([null, true, true])
  })

  it('leave out what is in between when one is sent again without end', () => {
    const records = createDeliveryRecords()
    const record = records.open(1, 1, '5')
    for (let at = 0; at < 100; at += 1) records.note(1, record, leg({ at }))
    expect(record.legs.map(({ at }) => at)).toEqual([0, ...Array.from({ length: 23 }, (_, index) => 77 + index)])
    expect(record.legsLeftOut).toBe(76)
  })

  it('give way when the broker has too much to say', () => {
    const records = createDeliveryRecords()
    const words = { reasonString: 'x'.repeat(65_000), userProperties: [] }
    for (let sequence = 1; sequence <= 100; sequence += 1)
      records.note(sequence, records.open(sequence, 1, '5'), leg({ packet: 'PUBACK', words }))
    expect(records.find(1)).toBeNull()
    expect(records.find(100)).not.toBeNull()
    expect(Array.from({ length: 100 }, (_, index) => records.find(index + 1)).filter(Boolean)).toHaveLength(32)
  })
})
