import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { suggestTopics } from './suggestTopics'

describe('suggestTopics', () => {
  it('offers what starts with the text before what contains it, in the order seen', () => {
    const topics = ['x/plant', 'Plant/2', 'other', 'plant/1', 'plant']
    expect(suggestTopics(topics, 'plant', 50)).toEqual(['Plant/2', 'plant/1', 'x/plant'])
  })

  it('offers everything for an empty field, up to the limit', () => {
    expect(suggestTopics(['a', 'b', 'c'], '', 2)).toEqual(['a', 'b'])
  })

  it('is what filtering and sorting the whole list gives', () => {
    const topic = fc.string({ unit: fc.constantFrom('a', 'A', 'b', '/') })
    fc.assert(
      fc.property(fc.array(topic), topic, fc.integer({ min: 1, max: 5 }), (topics, typed, limit) => {
        const fits = topics.filter(
          (one) => one !== '' && one !== typed && one.toLowerCase().includes(typed.toLowerCase()),
        )
        const starts = (one: string) => one.toLowerCase().startsWith(typed.toLowerCase())
        const whole = [...fits.filter(starts), ...fits.filter((one) => !starts(one))]
        expect(suggestTopics(topics, typed, limit)).toEqual(whole.slice(0, limit))
      }),
    )
  })
})
