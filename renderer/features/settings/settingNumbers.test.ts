import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultSettings, largestPacketBytes, settingsSchema, type Settings } from '#shared/model/settings'
import { budgetNumber, packetNumber, rowLimitNumber, topicLimitNumber } from './settingNumbers'

const isAllowed = (change: Partial<Settings>) => settingsSchema.safeParse({ ...defaultSettings, ...change }).success

describe('the log budget', () => {
  it('takes whole megabytes in the range of the settings only', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 10_000 }), (megabytes) => {
        const bytes = megabytes * 2 ** 20
        expect(budgetNumber.parse(String(megabytes))).toEqual(
          isAllowed({ logBudgetBytes: bytes }) ? { value: bytes } : null,
        )
      }),
    )
    expect(['', 'a lot', '64.5', '1e3'].map(budgetNumber.parse)).toEqual([null, null, null, null])
    expect(budgetNumber.parse(budgetNumber.text(defaultSettings.logBudgetBytes))?.value).toBe(
      defaultSettings.logBudgetBytes,
    )
  })
})

describe('the row limit', () => {
  it('takes nothing for no limit, and whole numbers in the range of the settings', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 200_000_000 }), (rows) => {
        expect(rowLimitNumber.parse(` ${rows} `)).toEqual(isAllowed({ logRowLimit: rows }) ? { value: rows } : null)
      }),
    )
    expect(rowLimitNumber.parse(' ')).toEqual({ value: null })
    expect([999, 100_000_001].map(String).map(rowLimitNumber.parse)).toEqual([null, null])
    expect([null, 1_000].map(rowLimitNumber.text)).toEqual(['', '1000'])
  })
})

describe('the packet limit', () => {
  it('takes megabytes down to a thousandth, all of them allowed by the settings', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 256_000 }), (thousandths) => {
        const text = String(thousandths / 1_000)
        const parsed = packetNumber.parse(text)
        expect(parsed && isAllowed({ maximumPacketBytes: parsed.value })).toBe(true)
        expect(parsed && packetNumber.text(parsed.value)).toBe(text)
      }),
    )
    expect(['', '0', '257', '256.001', '0.0001', '-1', '1e2', '1,5'].map(packetNumber.parse)).toEqual(
      Array.from({ length: 8 }, () => null),
    )
  })

  it('means by 256 MB the most the protocol allows', () => {
    expect(packetNumber.text(largestPacketBytes)).toBe('256')
    expect(packetNumber.parse('256')).toEqual({ value: largestPacketBytes })
  })
})

describe('the limit of topics', () => {
  it('is a whole number that the settings allow', () => {
    expect(topicLimitNumber.text(1_000_000)).toBe('1000000')
    expect(topicLimitNumber.parse(' 1000 ')).toEqual({ value: 1_000 })
    expect(topicLimitNumber.parse('10000000')).toEqual({ value: 10_000_000 })
    for (const text of ['', '999', '10000001', '1e6', '1,000', '-1', '1.5'])
      expect(topicLimitNumber.parse(text)).toBeNull()
  })
})
