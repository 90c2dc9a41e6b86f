import { afterEach, beforeEach } from 'vitest'
import { keepSecrets, newProfile, type Profile } from '../../shared/model/profile'
import type { Exchange, RequestToSend } from '../../shared/model/request'
import { startMosquitto, type MosquittoOptions } from '../support/mosquitto'
import { connectRaw } from '../support/rawMqttClient'
import { waitFor } from '../support/waitFor'
import { createCoreHarness, type CoreHarness } from './coreHarness'
import { startFakeServer } from './sessionFakeServer'

export const connectionId = 'p1'
const clientId = 'asker'

/** Connections from which requests are sent, and on which they are answered; all ends after each test. */
export const createRequestStarter = () => {
  let harness: CoreHarness
  const stops: (() => Promise<void>)[] = []
  const onStop = (stop: () => Promise<void>) => void stops.push(stop)
  beforeEach(() => void (harness = createCoreHarness('requests')))
  afterEach(async () => {
    await harness.stop()
    for (const stop of stops.splice(0)) await stop()
  })

  /** A connection from which requests are sent. */
  const connectedTo = async (port: number, given: Partial<Profile> = {}) => {
    const core = await harness.start()
    const profile = newProfile({ id: connectionId, name: 'Plant', host: '127.0.0.1', clientId, port, ...given })
    await core.value('profile.save', { profile, secrets: keepSecrets })
    await core.value('session.connect', { connectionId })
    await harness.reach('online')
    const known = async () => (await core.value('app.snapshot', undefined)).requests[0]
    return {
      ...core,
      last: harness.last,
      /** What a restart of the application finds. */
      restarted: async () => {
        await core.core.dispose()
        return harness.start()
      },
      known,
      request: (request: Partial<RequestToSend> & Pick<RequestToSend, 'message'>) =>
        core.value('request.send', {
          connectionId,
          latest: {},
          responsePattern: '{{ topic }}/response',
          timeoutMs: 60_000,
          ...request,
        }),
      reach: (what: string, isReached: (exchanges: readonly Exchange[]) => boolean) =>
        waitFor(`requests with ${what}`, async () => {
          const exchanges = (await known())?.exchanges ?? []
          return isReached(exchanges) ? exchanges : null
        }),
    }
  }

  /** The same to a broker of its own. */
  const started = async (options: MosquittoOptions = {}, given: Partial<Profile> = {}) => {
    const running = await startMosquitto(options)
    onStop(running.stop)
    return {
      ...(await connectedTo(running.port(), given)),
      broker: running,
      unsubscribed: () => waitFor('UNSUBSCRIBE', () => running.log().includes('Received UNSUBSCRIBE')),
    }
  }

  /** The same to a server that says what a test wants. */
  const startedFake = async (...server: Parameters<typeof startFakeServer>) => {
    const fake = await startFakeServer(...server)
    onStop(fake.stop)
    return { ...(await connectedTo(fake.port)), received: () => fake.connections.flatMap(({ received }) => received) }
  }

  return { connectedTo, started, startedFake }
}

/** A device that takes requests, and answers when a test says so. */
export const device = async (port: number, version: 4 | 5 = 5) => {
  const { client } = await connectRaw(port, { clientId: 'device' }, version)
  const topic = 'plant/#'
  client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 0 }] })
  await client.next('suback')
  return {
    requests: (count: number) =>
      waitFor(`${count} requests`, () => (client.of('publish').length >= count ? client.of('publish') : null)),
    answer: (answerTopic: string, payload: string, correlationData?: Buffer) =>
      client.send({
        cmd: 'publish',
        topic: answerTopic,
        payload,
        qos: 0,
        dup: false,
        retain: false,
        ...(correlationData && { properties: { correlationData } }),
      }),
  }
}
