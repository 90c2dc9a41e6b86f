import { expect, it } from 'vitest'
import type { RetainedEntry } from '#shared/model/retained'
import { levelGroups } from './levelGroups'
import { createNarrowing } from './narrowing'
import type { ShownRows } from './retainedSelection'

const entry = (topic: string): RetainedEntry => ({
  topic,
  size: 1,
  qos: 0,
  expirySeconds: null,
  receivedAt: 0,
  fingerprint: 0,
  preview: new TextEncoder().encode('on'),
  discovery: null,
})
const list = ['plant/hall-1/a', 'plant/hall-2/a', 'plant/hall-2/b', 'plant/hall-2', 'plant/hall-20/a', 'Other'].map(
  entry,
)
const placesIn = ({ count, placeAt }: ShownRows) => Array.from({ length: count }, (_, row) => placeAt(row))

const narrowing = () => {
  const { lookOn, rows } = createNarrowing()
  return (entries: readonly RetainedEntry[], wanted: string) => {
    expect(lookOn(entries, wanted, () => false)).toBe(false)
    return rows()
  }
}

it('narrows by a text in any case or by a filter, and follows a list that grows', () => {
  const narrowed = narrowing()
  expect(placesIn(narrowed(list, ''))).toEqual([0, 1, 2, 3, 4, 5])
  expect(placesIn(narrowed(list, 'HALL-2'))).toEqual([1, 2, 3, 4])
  expect(placesIn(narrowed(list, 'hall-20'))).toEqual([4])
  expect(placesIn(narrowed(list, 'hall-2'))).toEqual([1, 2, 3, 4])
  expect(narrowed(list, 'hall-2')).toBe(narrowed(list, 'hall-2'))
  expect(placesIn(narrowed(list, 'plant/hall-2/#'))).toEqual([1, 2, 3])
  expect(placesIn(narrowed(list, 'plant/+/a'))).toEqual([0, 1, 4])
  expect(placesIn(narrowed(list, 'plant/#/a'))).toEqual([])
  const growing = list.slice(0, 2)
  expect(placesIn(narrowed(growing, '/a'))).toEqual([0, 1])
  growing.push(entry('new/a'), entry('new/b'))
  expect(placesIn(narrowed(growing, '/a'))).toEqual([0, 1, 2])
  expect(placesIn(narrowed(list, '/a'))).toEqual([0, 1, 4])
})

it('looks at a long list in slices, also when the text gets longer in between', () => {
  const long = Array.from({ length: 1_000 }, (_, at) => entry(`${at % 2 === 0 ? 'a' : 'ab'}/${at}`))
  const { lookOn, rows } = createNarrowing()
  expect(lookOn(long, 'a', () => true)).toBe(true)
  expect(rows().count).toBeGreaterThan(0)
  expect(rows().count).toBeLessThan(500)
  expect(lookOn(long, 'ab', () => true)).toBe(true)
  expect(lookOn(long, 'ab/', () => true)).toBe(true)
  while (lookOn(long, 'ab/', () => true));
  expect(placesIn(rows())).toEqual(Array.from({ length: 500 }, (_, at) => 2 * at + 1))
})

it('groups what is shown by the levels of a topic, the widest first', () => {
  const shown = narrowing()(list, '')
  expect(levelGroups('plant/hall-2/a', list, shown)).toEqual([
    { level: 'plant', places: [0, 1, 2, 3, 4] },
    { level: 'plant/hall-2', places: [1, 2, 3] },
  ])
  expect(levelGroups('plant/hall-2', list, shown).map(({ level }) => level)).toEqual(['plant', 'plant/hall-2'])
  expect(levelGroups('Other', list, shown)).toEqual([])
  expect(levelGroups('plant/hall-2/a', list, narrowing()(list, '/a'))).toEqual([{ level: 'plant', places: [0, 1, 4] }])
})
