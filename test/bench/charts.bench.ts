import type { Page } from '@playwright/test'
import type { Bridge } from '#shared/contract'
import { chartColours, type Chart } from '#shared/model/chart'
import type { Settings } from '#shared/model/settings'
import { viewsIn } from '../support/workspace'
import { connectTo, expect, readCounters, storedCounters, test, watchArrivals } from './benchBroker'
import { recordFrames } from './frames'
import { readUse } from './processes'
import { report } from './results'

const chartCount = 8
const seriesEach = 3
const rate = 5_000
/** Until then, each series has all the values it keeps, which is the longest line there is. */
const filled = 2_400_000
const secondsMeasured = 15

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
const keepCharts = async (page: Page) => {
  await page.evaluate(async (kept) => {
    const { bridge } = window as unknown as { bridge: Bridge }
    const { value } = (await bridge.invoke('app.snapshot', undefined)) as {
      value: { settings: Settings; sessions: { connectionId: string }[] }
    }
    const connectionId = value.sessions[0]?.connectionId ?? ''
    await bridge.invoke('settings.save', { ...value.settings, charts: { [connectionId]: [...kept] } })
  }, charts)
  await page.reload()
  await viewsIn(page).tab('Charts').click()
  await expect(page.getByRole('group', { name: /^Chart of/ })).toHaveCount(chartCount)
}

for (const [name, before] of [
  ['from the first message on', 0],
  ['with all the values a series keeps', filled],
] as const)
  test(`charts ${name}`, async ({ application, broker, publisher }) => {
    test.setTimeout(900_000)
    const { page, app } = application
    await connectTo(page, broker)
    await keepCharts(page)
    const arrivals = await watchArrivals(page)
    if (before > 0) await publisher.flood({ rate: 20_000, count: before, topics })
    await arrivals.reached(before)
    const storedBefore = await readCounters(page, storedCounters)
    const count = rate * secondsMeasured
    const frames = await recordFrames(page)
    const { sent, seconds } = await publisher.flood({ rate, count, topics })
    const figures = await frames.stop()
    await arrivals.reached(before + count)
    const lost = count - ((await readCounters(page, storedCounters)) - storedBefore)
    // By itself: the recorder of frames makes the page draw each of them.
    await readUse(app)
    await publisher.flood({ rate, count: rate * 4, topics })
    const { cores, bytes } = await readUse(app)
    report({
      measure: `${chartCount} charts with ${seriesEach} series each at ${rate} msg/s, ${name}`,
      value: `${figures.framesPerSecond.toFixed(1)} fps, longest gap ${figures.longestGapMs.toFixed(0)} ms; lost ${lost}; taken off the publisher ${Math.round(sent / seconds)} msg/s; cores main ${cores.main.toFixed(2)}, window ${cores.window.toFixed(2)}; ${Math.round(bytes / 2 ** 20)} MB`,
      target: '>= 58 fps',
      raw: { ...figures, lost, ...cores, bytes },
    })
    expect(lost).toBe(0)
  })
