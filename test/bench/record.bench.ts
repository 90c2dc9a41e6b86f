import { loadavg } from 'node:os'
import type { HistoryStatus } from '../../shared/model/history'
import { keepSecrets, type Profile } from '../../shared/model/profile'
import type { Result } from '../../shared/result'
import { connectTo, expect, readArrived, test, watchArrivals } from './benchBroker'
import { recordFrames } from './frames'
import { readUse } from './processes'
import { report } from './results'

const seconds = Number(process.env['RECORD_SECONDS'] ?? 15)
const topics = 1_000

for (const rate of [10_000, 50_000])
  test(`record ${rate} messages a second on disk`, async ({ application, broker, publisher }) => {
    test.setTimeout(seconds * 8_000 + 120_000)
    const { page, app } = application
    await connectTo(page, broker)
    // The form would do the same; here the profile is the one that is there, with its history on.
    await page.evaluate(async (secrets) => {
      const snapshot = (await window.bridge.invoke('app.snapshot', undefined)) as Result<{
        profiles: readonly { profile: Profile }[]
      }>
      const found = snapshot.ok ? snapshot.value.profiles.find(({ profile }) => profile.name === 'Bench') : undefined
      const history = { mode: 'on', incoming: true, outgoing: true, include: [], exclude: [] }
      await window.bridge.invoke('profile.save', { profile: { ...found?.profile, history }, secrets })
    }, keepSecrets)
    const status = () =>
      page.evaluate(async () => {
        const snapshot = (await window.bridge.invoke('app.snapshot', undefined)) as Result<{
          profiles: readonly { profile: Profile }[]
        }>
        const id = snapshot.ok
          ? snapshot.value.profiles.find(({ profile }) => profile.name === 'Bench')?.profile.id
          : ''
        const told = (await window.bridge.invoke('history.status', { connectionId: id })) as Result<HistoryStatus>
        return told.ok ? told.value : null
      })
    const count = rate * seconds
    const arrivedBefore = await readArrived(page)
    const arrivals = await watchArrivals(page)
    await readUse(app)
    const frames = await recordFrames(page)
    const { sent, seconds: taken } = await publisher.flood({ rate, count, topics })
    const figures = await frames.stop()
    const use = await readUse(app)
    await arrivals.reached(arrivedBefore + count)
    const written = async () => {
      const now = await status()
      return (now?.segments.reduce((sum, { messages }) => sum + messages, 0) ?? 0) + (now?.missing ?? 0)
    }
    await expect.poll(written).toBe(count)
    const last = await status()
    const bytes = last?.segments.reduce((sum, segment) => sum + segment.bytes, 0) ?? 0
    report({
      measure: `${rate} msg/s of 150 B recorded for ${seconds} s`,
      value: `${figures.framesPerSecond.toFixed(1)} fps, longest gap ${figures.longestGapMs.toFixed(0)} ms; not kept ${last?.missing ?? NaN}; taken off the publisher ${Math.round(sent / taken)} msg/s; ${(bytes / count).toFixed(0)} B a row in ${last?.segments.length ?? 0} files; cores main with its threads ${use.cores.main.toFixed(2)}, window ${use.cores.window.toFixed(2)}; load of the machine ${loadavg()[0]?.toFixed(1)}`,
      target: '>= 55 fps, nothing lost',
      raw: { ...figures, missing: last?.missing ?? NaN, bytesPerRow: bytes / count, load: loadavg()[0] ?? NaN },
    })
    expect(last?.missing).toBe(0)
  })
