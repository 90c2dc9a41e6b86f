import { newProfile, type Profile } from '../../shared/model/profile'
import { expect, test } from './benchBroker'
import { recordFrames } from './frames'
import { invokeAll } from './invoke'
import { aMessage, readUse } from './processes'
import { report } from './results'
import { personAt } from '../support/person'

const connections = 8
const topics = 200
/** How long the start is watched, and the time after it. */
const startSeconds = 5
const steadySeconds = 8
const costSeconds = 2
const targets: Readonly<Record<number, string>> = {
  2_000: '59 fps, no gap over 100 ms',
  8_000: '52 fps, no gap over 100 ms',
}

const profileAt = (index: number, port: number): Profile =>
  newProfile({
    id: `bench-${index}`,
    name: `Bench ${index}`,
    host: '127.0.0.1',
    port,
    clientId: `bench-${index}`,
    subscriptions: [
      { id: 'all', filter: `c${index}/#`, qos: 0, colour: 'blue', alias: '', enabled: true, muted: false },
    ],
  })

for (const rate of [2_000, 8_000])
  test(`${connections} connections at ${rate} messages a second each`, async ({ application, broker, publisher }) => {
    const { page, app } = application
    const profiles = Array.from({ length: connections }, (_, index) => profileAt(index, broker.port()))
    const keep = { change: 'keep' } as const
    const secrets = { password: keep, keyPassphrase: keep, proxyPassword: keep }
    for (const profile of profiles) await invokeAll(page, 'profile.save', [{ profile, secrets }])
    const person = personAt(page)
    await person.chooseProfile('Bench 0')
    const seconds = startSeconds + steadySeconds + 4
    const floods = profiles.map((_, index) =>
      publisher.flood({ rate, count: rate * seconds, topics, topicPrefix: `c${index}/` }),
    )
    const starting = await recordFrames(page)
    await invokeAll(
      page,
      'session.connect',
      profiles.map(({ id }) => ({ connectionId: id })),
    )
    await page.waitForTimeout(startSeconds * 1_000)
    const start = await starting.stop()
    const going = await recordFrames(page)
    await page.waitForTimeout(steadySeconds * 1_000)
    const steady = await going.stop()
    await readUse(app)
    await page.waitForTimeout(costSeconds * 1_000)
    const use = await readUse(app)
    const { cores, bytes } = use
    await Promise.all(floods)
    await expect(person.status).toHaveText(/Online/)
    report({
      measure: `${connections} connections x ${rate} msg/s`,
      value: `starting ${start.framesPerSecond.toFixed(1)} fps, longest gap ${start.longestGapMs.toFixed(0)} ms; then ${steady.framesPerSecond.toFixed(1)} fps, longest gap ${steady.longestGapMs.toFixed(0)} ms; us of CPU a message: ${aMessage(use, rate * connections * costSeconds)}; cores main ${cores.main.toFixed(2)}, window ${cores.window.toFixed(2)}, graphics ${cores.graphics.toFixed(2)}; ${Math.round(bytes / 2 ** 20)} MB`,
      target: targets[rate] ?? '',
      raw: {
        startFps: start.framesPerSecond,
        startGapMs: start.longestGapMs,
        steadyFps: steady.framesPerSecond,
        steadyGapMs: steady.longestGapMs,
        ...cores,
        bytes,
      },
    })
  })
