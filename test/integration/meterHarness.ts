import { afterEach, beforeEach } from 'vitest'
import { messageOf, planOf } from '../../electron/core/senders/sendersTesting'
import type { MeterRequest, MeterStatus } from '../../shared/model/meter'
import { keepSecrets, newProfile, type Profile } from '../../shared/model/profile'
import type { ComposedMessage } from '../../shared/model/publish'
import type { SenderPlan } from '../../shared/model/sender'
import { startMosquitto, type MosquittoOptions } from '../support/mosquitto'
import { startPacketProxy, type PacketProxyOptions } from '../support/packetProxy'
import { waitFor } from '../support/waitFor'
import { createCoreHarness, type CoreHarness } from './coreHarness'

/** Where messages are sent from, and where they are received; each with a proxy of its own before the broker. */
type Fates = Partial<Record<'sender' | 'receiver', Omit<PacketProxyOptions, 'brokerPort'>>>

interface StartOptions {
  readonly fates?: Fates
  readonly broker?: MosquittoOptions
  readonly profile?: Partial<Profile>
}

export type MeterGiven = Partial<Omit<MeterRequest, 'send'>> & {
  readonly message?: Partial<ComposedMessage>
  readonly plan?: Partial<SenderPlan>
  readonly listensOnly?: boolean
}

/** Two connections to a broker of its own, from one to the other. All ends after each test. */
export const createMeterStarter = () => {
  let harness: CoreHarness
  const stops: (() => Promise<void>)[] = []
  beforeEach(() => void (harness = createCoreHarness('meter')))
  afterEach(async () => {
    await harness.stop()
    for (const stop of stops.splice(0).toReversed()) await stop()
  })

  return async ({ fates = {}, broker: options = {}, profile: given = {} }: StartOptions = {}) => {
    const broker = await startMosquitto(options)
    stops.push(broker.stop)
    const core = await harness.start()
    const phaseOf = async (id: string) =>
      (await core.snapshot()).sessions.find(({ connectionId }) => connectionId === id)?.state.phase
    const connect = async (id: 'sender' | 'receiver') => {
      const proxy = await startPacketProxy({ brokerPort: broker.port(), ...fates[id] })
      stops.push(proxy.stop)
      const profile = newProfile({ id, name: id, host: '127.0.0.1', port: proxy.port, clientId: id, ...given })
      await core.value('profile.save', { profile, secrets: keepSecrets })
      await core.value('session.connect', { connectionId: id })
      await waitFor(`${id} to be online`, async () => (await phaseOf(id)) === 'online')
      return proxy
    }
    const [sender, receiver] = [await connect('sender'), await connect('receiver')]
    const status = async (meterId = 'm') => (await core.snapshot()).meters.find((one) => one.meterId === meterId)
    const reach = (what: string, isReached: (status: MeterStatus) => boolean, meterId = 'm') =>
      waitFor(`a meter with ${what}`, async () => {
        const now = await status(meterId)
        return now && isReached(now) ? now : null
      })
    return {
      ...core,
      broker,
      sender,
      receiver,
      status,
      reach,
      over: (meterId = 'm') =>
        reach('its end', ({ phase }) => phase.kind === 'finished' || phase.kind === 'failed', meterId),
      start: (request: MeterGiven = {}) => core.invoke('meter.start', meterOf(request)),
    }
  }
}

const meterOf = ({ message, plan, listensOnly = false, ...given }: MeterGiven): MeterRequest => ({
  meterId: 'm',
  stamp: { carrier: 'payload', name: 'stamp' },
  send: listensOnly
    ? null
    : {
        connectionId: 'sender',
        plan: planOf({
          source: { kind: 'message', message: messageOf({ topic: 'a', payload: '', ...message }) },
          pace: { kind: 'rate', perSecond: 200 },
          ...plan,
          id: given.meterId ?? 'm',
        }),
        latest: {},
      },
  receive: { connectionId: 'receiver', filter: 'a' },
  lateAfterMs: 2_000,
  ...given,
})
