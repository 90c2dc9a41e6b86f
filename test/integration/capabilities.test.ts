import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { trialIds, type CapabilityReport, type TrialId } from '../../shared/model/capabilities'
import { keepSecrets, newProfile, type Profile } from '../../shared/model/profile'
import { startMosquitto, type Mosquitto, type MosquittoOptions } from '../support/mosquitto'
import { waitFor } from '../support/waitFor'
import { createCoreHarness, type CoreHarness } from './coreHarness'
import { politely, startFakeServer } from './sessionFakeServer'

let harness: CoreHarness
const stops: (() => Promise<void> | void)[] = []
beforeEach(() => void (harness = createCoreHarness('capabilities')))
afterEach(async () => {
  await harness.stop()
  for (const stop of stops.splice(0)) await stop()
})

const started = async (options: MosquittoOptions = {}): Promise<Mosquitto> => {
  const broker = await startMosquitto(options)
  stops.push(broker.stop)
  return broker
}
const prefix = 'topicscope/trial/abcd1234'

const tried = async (given: Partial<Profile>, trials: readonly TrialId[] = trialIds) =>
  await triedOn(await harness.start(), given, trials)

const triedOn = async (
  { value }: Awaited<ReturnType<CoreHarness['start']>>,
  given: Partial<Profile>,
  trials: readonly TrialId[] = trialIds,
) => {
  const profile = newProfile({ id: 'c', name: 'Bench', host: '127.0.0.1', clientId: 'bench-1', ...given })
  await value('profile.save', { profile, secrets: keepSecrets })
  await value('session.connect', { connectionId: 'c' })
  await harness.reach('online')
  return value('capabilities.try', { connectionId: 'c', prefix, trials: [...trials] })
}
const findings = ({ results }: CapabilityReport) =>
  Object.fromEntries(
    results.map(({ trial, finding, value }) => [trial, value === null ? finding : `${finding} ${value}`]),
  )

describe('what mosquitto can do', () => {
  it('in MQTT 5 is found out by trying, and nothing of it stays', async () => {
    const broker = await started()
    const core = await harness.start()
    const { value } = core
    const report = await triedOn(core, { port: broker.port() })
    expect(findings(report)).toEqual({
      maximumQos: 'measured 2',
      retain: 'yes',
      wildcard: 'yes',
      shared: 'yes',
      identifiers: 'yes',
      topicLength: 'atLeast 65535',
      payloadLength: 'atLeast 2097152',
      session: 'yes',
      clientIdLength: 'atLeast 65535',
      clientIdCharacters: 'yes',
    })
    expect(report.phase).toBe('ended')
    expect(harness.last('session.changed')?.state.phase).toBe('online')
    expect(broker.log()).not.toMatch(/bench-1 (already connected|disconnected)/)
    await value('retained.list', { connectionId: 'c', filter: `${prefix}/#` })
    await waitFor('the listing is whole', async () => {
      const page = await value('retained.read', { connectionId: 'c', from: 0, changesFrom: 0 })
      return page.phase === 'listed'
    })
    expect((await value('retained.read', { connectionId: 'c', from: 0, changesFrom: 0 })).total).toBe(0)
  })

  it('in 3.1.1 is found out where CONNACK can say nothing', async () => {
    const broker = await started()
    const report = await tried({ port: broker.port(), protocolVersion: '3.1.1' }, [
      'maximumQos',
      'retain',
      'wildcard',
      'shared',
      'identifiers',
      'session',
    ])
    expect(findings(report)).toEqual({
      maximumQos: 'measured 2',
      retain: 'yes',
      wildcard: 'yes',
      shared: 'yes',
      identifiers: 'no',
      session: 'yes',
    })
  })

  it('is measured to the byte where it has a limit', async () => {
    const broker = await started({
      settings: ['message_size_limit 5000', 'retain_available false'],
      listenerSettings: { tcp: ['max_qos 1'] },
    })
    const report = await tried({ port: broker.port() }, ['maximumQos', 'retain', 'payloadLength'])
    expect(findings(report)).toEqual({ maximumQos: 'measured 1', retain: 'no', payloadLength: 'measured 5000' })
    const [, , payload] = report.results
    expect(payload?.words).toContain('Packet too large')
    expect(payload?.tries).toBeLessThan(30)
  })
})

describe('a server that grants what it does not do', () => {
  it('is found out', async () => {
    const server = await startFakeServer(politely())
    stops.push(server.stop)
    const report = await tried({ port: server.port }, ['shared', 'retain'])
    expect(findings(report)).toEqual({ shared: 'no', retain: 'no' })
  })

  it('is tried for as long as a person wants', async () => {
    const server = await startFakeServer(politely())
    stops.push(server.stop)
    const { value } = await harness.start()
    const profile = newProfile({ id: 'c', name: 'Bench', host: '127.0.0.1', port: server.port })
    await value('profile.save', { profile, secrets: keepSecrets })
    await value('session.connect', { connectionId: 'c' })
    await harness.reach('online')
    const running = value('capabilities.try', { connectionId: 'c', prefix, trials: ['shared', 'retain', 'session'] })
    await waitFor('a trial', () => harness.last('capabilities.changed')?.results[0]?.isRunning === true)
    await value('capabilities.cancel', { connectionId: 'c' })
    const report = await running
    expect(report.phase).toBe('cancelled')
    expect(report.results.at(-1)).toMatchObject({ finding: null, tries: 0 })
  })
})

it('is tried on a connection that is online only', async () => {
  const { value, invoke } = await harness.start()
  await value('profile.save', { profile: newProfile({ id: 'c', name: 'x', host: 'h' }), secrets: keepSecrets })
  expect(await invoke('capabilities.try', { connectionId: 'c', prefix, trials: ['retain'] })).toMatchObject({
    error: { code: 'notConnected' },
  })
  expect(await invoke('capabilities.try', { connectionId: 'c', prefix: 'a/#', trials: ['retain'] })).toMatchObject({
    error: { code: 'invalidInput' },
  })
})
