import type { Page } from '@playwright/test'
import { newProfile, type Profile } from '../../shared/model/profile'
import { expect, test } from './benchBroker'
import { recordFrames } from './frames'
import { readUse } from './processes'
import { report } from './results'
import { personAt } from '../support/person'

const connections = 8
const rate = 2_000
const topics = 200
/** How long the start is watched, and the time after it. */
const startSeconds = 5
const steadySeconds = 8

interface BridgedWindow {
  readonly bridge: { invoke(name: string, input: unknown): Promise<unknown> }
}
const invokeAll = (page: Page, name: string, inputs: readonly unknown[]) =>
  page.evaluate(
    ({ command, all }) => {
      const { bridge } = window as unknown as BridgedWindow
      return Promise.all(all.map((input) => bridge.invoke(command, input)))
    },
    { command: name, all: inputs },
  )

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
  await page.waitForTimeout(2_000)
  const { cores, bytes } = await readUse(app)
  await Promise.all(floods)
  await expect(person.status).toHaveText(/Online/)
  report({
    measure: `${connections} connections x ${rate} msg/s`,
    value: `starting ${start.framesPerSecond.toFixed(1)} fps, longest gap ${start.longestGapMs.toFixed(0)} ms; then ${steady.framesPerSecond.toFixed(1)} fps, longest gap ${steady.longestGapMs.toFixed(0)} ms; cores main ${cores.main.toFixed(2)}, window ${cores.window.toFixed(2)}, graphics ${cores.graphics.toFixed(2)}; ${Math.round(bytes / 2 ** 20)} MB`,
    target: '58 fps, no gap over 100 ms',
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
