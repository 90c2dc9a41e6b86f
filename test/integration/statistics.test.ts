import { afterEach, beforeEach, expect, it } from 'vitest'
import { keepSecrets, newProfile } from '../../shared/model/profile'
import { startMosquitto } from '../support/mosquitto'
import { waitFor } from '../support/waitFor'
import { createCoreHarness, type CoreHarness } from './coreHarness'

let harness: CoreHarness
const stops: (() => Promise<void>)[] = []
beforeEach(() => void (harness = createCoreHarness('statistics')))
afterEach(async () => {
  await harness.stop()
  for (const stop of stops.splice(0)) await stop()
})

it('what mosquitto publishes of itself comes when it is asked for, its retained values too, and ends', async () => {
  const broker = await startMosquitto({ settings: ['sys_interval 1'] })
  stops.push(broker.stop)
  const { value, invoke } = await harness.start()
  const profile = newProfile({ id: 'c', name: 'Bench', host: '127.0.0.1', port: broker.port() })
  await value('profile.save', { profile, secrets: keepSecrets })
  expect(await invoke('statistics.watch', { connectionId: 'c', isOn: true })).toMatchObject({
    error: { code: 'notConnected' },
  })
  await value('session.connect', { connectionId: 'c' })
  await harness.reach('online')
  expect(broker.log()).not.toContain('$SYS/#')
  await value('statistics.watch', { connectionId: 'c', isOn: true })
  const told = () =>
    harness.events.flatMap((event) => (event.name === 'statistics.changed' ? event.payload.values : []))
  await waitFor('the version', () => told().some(({ topic }) => topic === '$SYS/broker/version'))
  await waitFor('what is counted', () => told().filter(({ topic }) => topic === '$SYS/broker/uptime').length > 1)
  expect(told().find(({ topic }) => topic === '$SYS/broker/version')?.text).toMatch(/^mosquitto version /)
  expect(harness.last('statistics.changed')).toMatchObject({ phase: 'on', error: null })
  await value('statistics.watch', { connectionId: 'c', isOn: false })
  await waitFor('UNSUBSCRIBE', () => /Received UNSUBSCRIBE/.test(broker.log()))
  expect(harness.last('statistics.changed')?.phase).toBe('off')
})
