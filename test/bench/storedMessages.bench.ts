import type { Page } from '@playwright/test'
import { arrivedReached, connectTo, expect, readArrived, readCounter, test } from './benchBroker'
import { recordFrames } from './frames'
import { readUse } from './processes'
import { report } from './results'

const stored = 1_000_000
const warmUp = 20_000
const trickle = 200
const marked = 'needle'

/** Of the page; what it no longer needs is not what its messages take. */
const collectGarbage = async (page: Page) => {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.detach()
}

test('1,000,000 stored messages: memory and a filter', async ({ application, broker, publisher }) => {
  const { page, app } = application
  const person = await connectTo(page, broker)
  const settledBytes = async () => {
    // What a flood left behind goes with the next collections; a trickle lets them happen in the main process.
    const arrived = await readArrived(page)
    await publisher.flood({ rate: 20, count: trickle, topics: 1 })
    await arrivedReached(page, arrived + trickle)
    await collectGarbage(page)
    return (await readUse(app)).bytes
  }
  await publisher.flood({ rate: 20_000, count: warmUp, topics: 1_000 })
  await arrivedReached(page, warmUp)
  const before = await settledBytes()
  const keptBefore = await readCounter(page, 'kept')
  await publisher.flood({ rate: 40_000, count: stored, topics: 1_000, marked })
  await arrivedReached(page, keptBefore + stored)
  const after = await settledBytes()
  const kept = await readCounter(page, 'kept')
  const bytes = (after - before) / (kept - keptBefore)
  report({
    measure: 'memory per stored message of 150 bytes, all processes',
    value: `${bytes.toFixed(0)} bytes (${kept} kept)`,
    target: 'under 220 bytes',
    raw: { bytes, kept },
  })
  expect(kept).toBe(warmUp + stored + 2 * trickle)

  // The words, and a field that has them, are in one message of a thousand.
  for (const query of [marked, `$.mark = "${marked}"`]) {
    await page.getByLabel('Filter messages', { exact: true }).fill('')
    await expect(person.log).toHaveAttribute('aria-rowcount', String(kept + 1))
    const { first, all, longestGapMs } = await timeQuery(page, query)
    report({
      measure: `query ${query} over 1,000,000 messages of 150 bytes`,
      value: `first results after ${first.toFixed(0)} ms, all after ${all.toFixed(0)} ms, longest frame ${longestGapMs.toFixed(0)} ms`,
      target: 'first in 100 ms, all in 1 s, no frame over 33 ms',
      raw: { first, all, longestGapMs },
    })
  }
  await expect(person.log).toBeVisible()
})

/** Types a query; when its first messages are shown, when all are, and how long the page was without a frame meanwhile. */
const timeQuery = async (page: Page, query: string) => {
  await page.getByLabel('Filter messages', { exact: true }).focus()
  const frames = await recordFrames(page)
  const times = await page.evaluate(
    ([typed, wanted]) =>
      new Promise<{ first: number; all: number }>((resolve) => {
        const input = document.activeElement as HTMLInputElement
        const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!
        const startedAt = performance.now()
        let first = 0
        setter.call(input, typed)
        input.dispatchEvent(new Event('input', { bubbles: true }))
        const look = () => {
          const grid = document.querySelector('[role="grid"]')!
          const rows = [...grid.querySelectorAll('[role="row"][data-seq]')]
          const isFiltered = rows.length > 0 && rows.every((row) => row.textContent.includes(wanted))
          if (first === 0 && isFiltered) first = performance.now() - startedAt
          if (Number(grid.getAttribute('aria-rowcount')) === 1_001 && isFiltered)
            resolve({ first, all: performance.now() - startedAt })
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      }),
    [query, marked] as const,
  )
  return { ...times, ...(await frames.stop()) }
}
