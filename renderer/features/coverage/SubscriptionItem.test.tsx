import { expect, it, vi } from 'vitest'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { openTestWindow } from '../../testing/testWindow'
import { createCoverage } from './coverage'
import { createFilterOverlaps } from './filterOverlaps'
import { drawnAs, SubscriptionItem, type SubscriptionVerbs } from './SubscriptionItem'
import { allTopics, createTopicCoverage } from './topicCoverage'
import type { CoverageEntry, CoverageMap } from './useCoverage'

const drawn = vi.hoisted(() => ({ colours: [] as string[] }))
vi.mock('../../ui/ColourDot', () => ({
  ColourDot: ({ colour }: { colour: string }) => void drawn.colours.push(colour),
}))

const noVerb = () => undefined
const verbs: SubscriptionVerbs = { probe: noVerb, edit: noVerb, switchTo: noVerb, remove: noVerb, sendAnyway: noVerb }
const onQuery = () => undefined
const since = 1_000
const statusOf = (filter: string, colour: 'blue' | 'red'): SubscriptionStatus => ({
  subscription: { id: filter, filter, qos: 0, colour, alias: '', enabled: true, muted: false },
  state: { phase: 'granted', qos: 0, since },
})
const statuses = [statusOf('a', 'blue'), statusOf('b', 'red')]
const topics = createTopicCoverage(statuses.map(({ subscription }) => subscription))
const coverage = createCoverage(createFilterOverlaps([]), topics)

const listAt = (now: number, counts: readonly number[]) => {
  const entries = statuses.map((status, place): readonly [string, CoverageEntry] => {
    const messages = counts[place] ?? 0
    const findings = messages === 0 ? [{ kind: 'silent' as const, since }] : []
    return [status.subscription.id, { status, place, inForce: true, messages, findings }]
  })
  const map: CoverageMap = {
    entries: new Map(entries),
    coverage,
    query: allTopics,
    topics: [],
    pending: false,
    version: '5',
  }
  return (
    <ul>
      {entries.map(([id, entry]) => {
        const shown = { entry, map, now, chosen: false }
        return <SubscriptionItem key={id} {...shown} {...{ verbs, onQuery }} drawn={drawnAs(shown)} />
      })}
    </ul>
  )
}

it('is drawn again only when something it shows is another', () => {
  const list = openTestWindow().render(listAt(2_000, [3, 0]))
  const redrawnAt = (now: number, counts: readonly number[]) => {
    drawn.colours = []
    list.rerender(listAt(now, counts))
    return drawn.colours
  }
  expect(redrawnAt(2_200, [3, 0])).toEqual([])
  expect(redrawnAt(2_200, [4, 0])).toEqual(['blue'])
  expect(redrawnAt(3_200, [4, 0])).toEqual(['red'])
  coverage.advance([{ topic: 'b' }])
  expect(redrawnAt(3_200, [4, 0])).toEqual(['red'])
})
