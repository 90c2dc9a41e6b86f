import type { Page } from '@playwright/test'
import type { Bridge } from '#shared/contract'
import type { SenderPlan, SenderStatus } from '#shared/model/sender'
import { messageOf, planOf } from '../../electron/core/senders/sendersTesting'
import { connectTo, expect, readArrived, test, watchArrivals } from './benchBroker'
import { recordFrames } from './frames'
import type { Publisher } from './load'
import { readUse } from './processes'
import { report } from './results'

const incoming = { rate: 5_000, count: 50_000, topics: 1_000 }
const senders = 10

/** Ten templates whose messages come back as well, each ten times a second. */
const plans = Array.from({ length: senders }, (_, index) =>
  planOf({
    id: `s${index}`,
    source: {
      kind: 'message',
      message: messageOf({
        topic: `out/${index}`,
        payload: '{"n":{{ i }},"t":{{ 20 | walk: 0.5 }}}',
        isTemplate: true,
      }),
    },
    pace: { kind: 'rate', perSecond: 10 },
  }),
)

const start = (page: Page, wanted: readonly SenderPlan[]) =>
  page.evaluate(async (all) => {
    const { bridge } = window as unknown as { bridge: Bridge }
    const { value } = (await bridge.invoke('app.snapshot', undefined)) as {
      value: { sessions: { connectionId: string }[] }
    }
    const connectionId = value.sessions[0]?.connectionId
    for (const plan of all) await bridge.invoke('sender.start', { connectionId, plan, latest: {} })
  }, wanted)

const stopAll = (page: Page) =>
  page.evaluate(async () => {
    const { bridge } = window as unknown as { bridge: Bridge }
    await bridge.invoke('sender.stopAll', undefined)
    const { value } = (await bridge.invoke('app.snapshot', undefined)) as { value: { senders: SenderStatus[] } }
    return value.senders
  })

/** The frames of the window while messages come in. */
const framesUnderLoad = async (page: Page, publisher: Publisher) => {
  const before = await readArrived(page)
  const arrivals = await watchArrivals(page)
  const frames = await recordFrames(page)
  await publisher.flood(incoming)
  await arrivals.reached(before + incoming.count)
  return frames.stop()
}

test('ten senders while 5,000 messages a second come in', async ({ application, broker, publisher }) => {
  const { page } = application
  await connectTo(page, broker)
  const without = await framesUnderLoad(page, publisher)
  await start(page, plans)
  await readUse(application.app)
  const { framesPerSecond, longestGapMs } = await framesUnderLoad(page, publisher)
  const { cores } = await readUse(application.app)
  const statuses = await stopAll(page)
  const skipped = statuses.reduce((sum, { counts }) => sum + counts.skipped, 0)
  const rate = statuses.reduce((sum, status) => sum + status.rate, 0)
  report({
    measure: `${senders} senders with ${senders * 10} msg/s in all while ${incoming.rate} msg/s come in`,
    value: `${framesPerSecond.toFixed(1)} fps, ${without.framesPerSecond.toFixed(1)} without the senders, longest gap ${Math.round(longestGapMs)} ms, ${Math.round(rate)} msg/s sent, ${skipped} skipped, main ${cores.main.toFixed(2)} cores, all ${cores.all.toFixed(2)}`,
    target: '58 fps',
    raw: {
      framesPerSecond,
      without: without.framesPerSecond,
      longestGapMs,
      rate,
      skipped,
      main: cores.main,
      all: cores.all,
    },
  })
  expect(statuses).toHaveLength(senders)
})
