import type { Page } from '@playwright/test'
import { connectTo, counterReached, expect, readCounter, test } from './benchBroker'
import { recordFrames, type FrameFigures } from './frames'
import { watchLatency } from './latency'
import { startCountingSubscriber, type Flood, type Publisher } from './load'
import { readUse } from './processes'
import { report } from './results'

const rounds = 5
const burst = 400_000
const topics = 1_000
const secondsPerRate = 8

const median = (values: readonly number[]) => values.toSorted((left, right) => left - right)[values.length >> 1] ?? NaN

interface Passage extends FrameFigures {
  readonly perSecond: number
  readonly lost: number
}

/** As many messages as the publisher can get rid of at this rate, and how they came through to the window. */
const floodWindow = async (
  page: Page,
  publisher: Publisher,
  { rate, count }: Pick<Flood, 'rate' | 'count'>,
): Promise<Passage> => {
  const before = await readCounter(page, 'received')
  const first = counterReached(page, 'received', before + 1)
  const last = counterReached(page, 'received', before + count)
  const frames = await recordFrames(page)
  await publisher.flood({ rate, count, topics })
  const seconds = ((await last) - (await first)) / 1_000
  const figures = await frames.stop()
  const received = (await readCounter(page, 'received')) - before
  const dropped = await readCounter(page, 'dropped')
  return { ...figures, perSecond: count / seconds, lost: count - received + dropped }
}

test('sustained lossless rate beside a bare subscriber', async ({ application, broker, publisher }) => {
  const { page } = application
  const person = await connectTo(page, broker)
  const yardstick: number[] = []
  const passages: Passage[] = []
  for (let round = 0; round < rounds; round++) {
    await person.button('Disconnect').click()
    const subscriber = await startCountingSubscriber(broker.port())
    await publisher.flood({ rate: 0, count: burst, topics })
    const { seconds } = await subscriber.counted(burst)
    subscriber.stop()
    yardstick.push(burst / seconds)
    await person.connect()
    passages.push(await floodWindow(page, publisher, { rate: 0, count: burst }))
  }
  let sustained = median(passages.map(({ perSecond }) => perSecond))
  let framesPerSecond = median(passages.map((passage) => passage.framesPerSecond))
  let lost = Math.max(...passages.map((passage) => passage.lost))
  const unthrottled = { perSecond: sustained, framesPerSecond, lost }
  for (let share = 0.9; (lost > 0 || framesPerSecond < 50) && share > 0.1; share -= 0.1) {
    const rate = unthrottled.perSecond * share
    const passage = await floodWindow(page, publisher, { rate, count: Math.round(rate * 4) })
    sustained = passage.perSecond
    framesPerSecond = passage.framesPerSecond
    lost = passage.lost
  }
  const bare = median(yardstick)
  report({
    measure: 'sustained lossless rate at 50 fps / bare mqtt.js subscriber',
    value: `${Math.round(sustained)} / ${Math.round(bare)} msg/s = ${(sustained / bare).toFixed(2)}; unthrottled ${Math.round(unthrottled.perSecond)} msg/s at ${unthrottled.framesPerSecond.toFixed(0)} fps, lost ${unthrottled.lost}`,
    target: '1.0, at least 0.95',
    raw: { sustained, bare, ratio: sustained / bare, unthrottled: unthrottled.perSecond, framesPerSecond, lost },
  })
  expect(lost).toBe(0)
})

const targets: Readonly<Record<number, string>> = {
  1_000: 'p50 < 40, p95 < 80 ms',
  15_000: 'p50 < 60, p95 < 120 ms',
  40_000: '>= 58 fps, no gap over 60 ms',
  100_000: 'nothing lost, >= 50 fps',
}

for (const rate of [1_000, 5_000, 15_000, 40_000, 100_000])
  test(`${rate} messages a second`, async ({ application, broker, publisher }) => {
    const { page, app } = application
    const person = await connectTo(page, broker)
    const first = await publisher.probe('probe', 20, 200)
    await publisher.flood({ rate: 0, count: topics, topics })
    await counterReached(page, 'received', topics + first.sent)
    await person.button('Collapse all').click()
    await expect(person.treeItem('probe')).toBeVisible()
    const latency = await watchLatency(page, 'probe')
    await readUse(app)
    const count = rate * secondsPerRate
    const before = await readCounter(page, 'received')
    const probing = publisher.probe('probe', 4, secondsPerRate * 1_000)
    const frames = await recordFrames(page)
    const { sent, seconds } = await publisher.flood({ rate, count, topics })
    const figures = await frames.stop()
    const use = await readUse(app)
    const probed = await probing
    await counterReached(page, 'received', before + count + probed.sent)
    const { p50Ms, p95Ms } = await latency.stop()
    const dropped = await readCounter(page, 'dropped')
    const received = (await readCounter(page, 'received')) - before
    const offered = sent / seconds
    const lost = count + probed.sent - received + dropped
    report({
      measure: `${rate} msg/s, ${topics} topics, tree collapsed, log following`,
      value: `${figures.framesPerSecond.toFixed(1)} fps, longest gap ${figures.longestGapMs.toFixed(0)} ms; visible after p50 ${p50Ms} / p95 ${p95Ms} ms; lost ${lost}; taken off the publisher ${Math.round(offered)} msg/s; cores main ${use.cores.main.toFixed(2)}, window ${use.cores.window.toFixed(2)}, graphics ${use.cores.graphics.toFixed(2)}; ${Math.round(use.bytes / 2 ** 20)} MB`,
      ...(targets[rate] ? { target: targets[rate] } : {}),
      raw: { ...figures, p50Ms, p95Ms, lost, offered, ...use.cores, bytes: use.bytes },
    })
    expect(lost).toBe(0)
  })
