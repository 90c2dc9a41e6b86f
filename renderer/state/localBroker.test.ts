import { describe, expect, it } from 'vitest'
import { fail, ok } from '#shared/result'
import { openTestWindow, type TestWindowOptions } from '../testing/testWindow'
import { localBrokerState } from './localBroker'
import { noticesState } from './notices'
import { startLocalBroker } from './session'

const running = { localBroker: { phase: 'running', port: 1883, devices: true } } as const
const failing = { 'localBroker.start': () => fail('localBrokerFailed', 'No port.') } as const
const started = { 'localBroker.start': () => ok({ connectionId: 'c' }) } as const

const windowWith = (options: TestWindowOptions) => {
  const { app, main } = openTestWindow(options)
  return { app, main, local: () => app.get(localBrokerState) }
}

describe('starting the local broker', () => {
  it('says beside the button why it did not start', async () => {
    const { app, local } = windowWith({ answers: failing })
    await startLocalBroker(app)
    expect(local().broker).toMatchObject({ phase: 'failed', error: { code: 'localBrokerFailed' } })
  })
})

describe('simulated devices', () => {
  it('only remembers the wish while the broker is stopped', async () => {
    const { local, main } = windowWith({})
    await local().setSimulatedDevices(false)
    expect([local().simulatedDevices, main.asked]).toEqual([false, []])
  })

  it('switches them in the running broker without connecting again', async () => {
    const { local, main } = windowWith({ snapshot: running, answers: started })
    await local().setSimulatedDevices(false)
    expect(main.asked).toEqual([{ name: 'localBroker.start', input: { devices: false } }])
    expect(local().simulatedDevices).toBe(false)
  })

  it('takes the switch back when that fails', async () => {
    const { app, local } = windowWith({ snapshot: running, answers: failing })
    await local().setSimulatedDevices(false)
    expect(local().simulatedDevices).toBe(true)
    expect(app.get(noticesState).all).toHaveLength(1)
  })
})
