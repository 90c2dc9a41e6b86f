import type { Page } from '@playwright/test'
import type { Bridge } from '#shared/contract'
import { chartColours, type Chart } from '#shared/model/chart'
import type { Settings } from '#shared/model/settings'
import { viewsIn } from '../support/workspace'
import { connectTo, expect, readArrived, readCounters, storedCounters, test, watchArrivals } from './benchBroker'
import { recordFrames, type FrameFigures } from './frames'
import type { Publisher } from './load'
import { readUse } from './processes'
import { report } from './results'

const chartCount = 8
const seriesEach = 3
const rate = 5_000
/** Until then, each series has all the values it keeps, which is the longest line there is. */
const filled = 2_400_000
const secondsMeasured = 15

type Person = Awaited<ReturnType<typeof connectTo>>

const topics = chartCount * seriesEach

const charts: readonly Chart[] = Array.from({ length: chartCount }, (_, chart) => ({
  id: `chart-${chart}`,
  series: Array.from({ length: seriesEach }, (__, place) => ({
    topic: `plant/${chart * seriesEach + place}`,
    path: ['sequence'],
    colour: chartColours[place] ?? 'blue',
    axis: 'left' as const,
  })),
}))

/** The charts of the connection, as if a person had made them, in a window that begins anew. */
const keepCharts = async (page: Page, person: Person) => {
  await page.evaluate(async (kept) => {
    const { bridge } = window as unknown as { bridge: Bridge }
    const { value } = (await bridge.invoke('app.snapshot', undefined)) as {
      value: { settings: Settings; sessions: { connectionId: string }[] }
    }
    const connectionId = value.sessions[0]?.connectionId ?? ''
    await bridge.invoke('settings.save', { ...value.settings, charts: { [connectionId]: [...kept] } })
  }, charts)
  await person.button('Disconnect').click()
  await page.reload()
  await person.chooseProfile('Bench')
  await person.connect()
}

interface Passage extends FrameFigures {
  readonly lost: number
}

/** A flood with this view in sight. The counters stand in the log, which is looked at before and after. */
const floodWindow = async (page: Page, publisher: Publisher, view: 'Messages' | 'Charts'): Promise<Passage> => {
  const count = rate * secondsMeasured
  const [arrivedBefore, storedBefore] = [await readArrived(page), await readCounters(page, storedCounters)]
  await viewsIn(page).tab(view).click()
  if (view === 'Charts') await expect(page.getByRole('group', { name: /^Chart of/ })).toHaveCount(chartCount)
  const frames = await recordFrames(page)
  await publisher.flood({ rate, count, topics })
  const figures = await frames.stop()
  await viewsIn(page).tab('Messages').click()
  const arrivals = await watchArrivals(page)
  await arrivals.reached(arrivedBefore + count)
  return { ...figures, lost: count - ((await readCounters(page, storedCounters)) - storedBefore) }
}

const textOf = ({ framesPerSecond, longestGapMs, lost }: Passage) =>
  `${framesPerSecond.toFixed(1)} fps, longest gap ${longestGapMs.toFixed(0)} ms, lost ${lost}`

for (const [name, before] of [
  ['from the first message on', 0],
  ['with all the values a series keeps', filled],
] as const)
  test(`charts ${name}`, async ({ application, broker, publisher }) => {
    test.setTimeout(900_000)
    const { page, app } = application
    const person = await connectTo(page, broker)
    await keepCharts(page, person)
    if (before > 0) {
      const arrivals = await watchArrivals(page)
      await publisher.flood({ rate: 20_000, count: before, topics })
      await arrivals.reached(before)
    }
    const without = await floodWindow(page, publisher, 'Messages')
    const drawn = await floodWindow(page, publisher, 'Charts')
    await viewsIn(page).tab('Charts').click()
    // By itself: the recorder of frames makes the page draw each of them.
    await readUse(app)
    await publisher.flood({ rate, count: rate * 4, topics })
    const { cores, bytes } = await readUse(app)
    report({
      measure: `${chartCount} charts with ${seriesEach} series each at ${rate} msg/s, ${name}`,
      value: `${textOf(drawn)}; the log in their place ${textOf(without)}; cores main ${cores.main.toFixed(2)}, window ${cores.window.toFixed(2)}; ${Math.round(bytes / 2 ** 20)} MB`,
      target: '>= 58 fps',
      raw: { ...drawn, withoutCharts: without.framesPerSecond, ...cores, bytes },
    })
    expect(drawn.lost).toBe(0)
  })
