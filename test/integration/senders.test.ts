import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepSecrets, newProfile } from '../../shared/model/profile'
import { messageOf, planOf } from '../../electron/core/senders/sendersTesting'
import type { SenderStatus } from '../../shared/model/sender'
import { startMosquitto, type Mosquitto, type MosquittoOptions } from '../support/mosquitto'
import { publishWithMosquitto, subscribeWithMosquitto } from '../support/mosquittoClients'
import { waitFor } from '../support/waitFor'
import { createCoreHarness, type CoreHarness } from './coreHarness'

let harness: CoreHarness
let broker: Mosquitto | null = null
beforeEach(() => void (harness = createCoreHarness('senders')))
afterEach(async () => {
  await harness.stop()
  await broker?.stop()
  broker = null
})

const connectionId = 'p1'
const senderId = 'd'

/** A connection to a broker of its own, from which messages are repeated. */
const started = async (options: MosquittoOptions = {}) => {
  const running = await startMosquitto(options)
  broker = running
  const core = await harness.start()
  const profile = newProfile({ id: connectionId, name: 'Plant', host: '127.0.0.1', port: running.port() })
  await core.value('profile.save', { profile, secrets: keepSecrets })
  await core.value('session.connect', { connectionId })
  await harness.reach('online')
  const status = async () => (await core.value('app.snapshot', undefined)).senders[0]
  return {
    ...core,
    broker: running,
    status,
    repeat: (qos: 0 | 1 | 2, intervalMs: number) =>
      core.value('sender.start', {
        connectionId,
        plan: planOf({
          source: { kind: 'message', message: messageOf({ topic: 'speed', qos }) },
          pace: { kind: 'interval', everyMs: intervalMs },
        }),
        latest: {},
      }),
    reach: (what: string, isReached: (status: SenderStatus) => boolean) =>
      waitFor(`a sender with ${what}`, async () => {
        const now = await status()
        return now && isReached(now) ? now : null
      }),
  }
}

describe('a message that is repeated', () => {
  it.each([0, 1, 2] as const)('with QoS %i arrives as often as was counted, at its interval', async (qos) => {
    const { broker: running, value, repeat, reach } = await started()
    const listener = await subscribeWithMosquitto({ port: running.port(), filters: ['#'], qos })
    const from = performance.now()
    await repeat(qos, 10)
    await reach('two seconds behind it', ({ counts }) => counts.sent + counts.skipped >= 200)
    await value('sender.stop', { connectionId, senderId })
    const passed = performance.now() - from
    const { counts } = await reach('an answer to each', ({ counts: { sent, acknowledged } }) => acknowledged === sent)
    // What was due is what was sent or skipped, whatever this computer did meanwhile.
    expect((counts.sent + counts.skipped) / (passed / 10)).toBeLessThan(1.05)
    await listener.waitForMessages(counts.sent)
    await value('message.publish', {
      connectionId,
      topic: 'last',
      payload: new Uint8Array(),
      qos: 1,
      retain: false,
      properties: {},
    })
    const received = await waitFor('the last message', () =>
      listener.received().some(({ topic }) => topic === 'last') ? listener.received() : null,
    )
    expect(received.filter(({ topic }) => topic === 'speed')).toHaveLength(counts.sent)
    await listener.stop()
  })

  it('goes on where the broker refuses it, and says why', async () => {
    const { repeat, reach } = await started({ acl: ['topic read #'] })
    await repeat(1, 10)
    const { firstRefusal, end } = await reach('refusals', ({ counts }) => counts.refused >= 3)
    expect(firstRefusal).toMatchObject({ code: 'publishRefused', reasonCode: 0x87 })
    expect(end).toBeNull()
  })

  it('ends with the connection and says how that ended', async () => {
    const { broker: running, repeat, reach, status, value } = await started()
    await repeat(0, 10)
    await reach('messages', ({ counts }) => counts.sent > 3)
    await running.stop()
    const ended = await reach('an end', ({ end }) => end !== null)
    expect(ended.end).toMatchObject({ kind: 'connectionEnded', error: { stage: 'online' } })
    expect(harness.last('sender.changed')?.[0]?.end).toMatchObject({ kind: 'connectionEnded' })
    await value('session.disconnect', { connectionId })
    expect(await status()).toEqual(ended)
  })

  it('ends with a disconnect', async () => {
    const { repeat, reach, value } = await started()
    await repeat(1, 5)
    await reach('messages', ({ counts }) => counts.acknowledged > 3)
    await value('session.disconnect', { connectionId })
    const ended = await reach('an end', ({ end }) => end !== null)
    expect(ended.end).toEqual({ kind: 'connectionEnded', error: null })
  })

  it('ends at what the broker does not take at all', async () => {
    const { repeat, reach } = await started({ listenerSettings: { tcp: ['max_qos 0'] } })
    await repeat(1, 5)
    const { end, counts } = await reach('an end', (now) => now.end !== null)
    expect(end).toMatchObject({ kind: 'impossible', error: { code: 'qosNotSupported' } })
    expect(counts.sent).toBe(0)
  })
})

describe('a template', () => {
  const message = messageOf({
    topic: 'dev/{{ i }}',
    payload: '{"n": {{ i }}, "echo": {{ "speed" | latest }}}',
    format: 'json',
    isTemplate: true,
  })
  const speed = { id: 's', filter: 'speed', qos: 1, colour: 'blue', alias: '', enabled: true, muted: false } as const
  const template = { connectionId, message, latest: { speed: '0' } }
  const repeated = (given: Partial<typeof message> = {}) => ({
    connectionId,
    plan: planOf({
      source: { kind: 'message', message: { ...message, ...given } },
      pace: { kind: 'interval', everyMs: 5 },
    }),
    latest: template.latest,
  })

  it('is filled in for each message that is repeated, with what has come last', async () => {
    const { broker: running, value, reach } = await started()
    await value('subscription.save', { connectionId, subscription: speed })
    const listener = await subscribeWithMosquitto({ port: running.port(), filters: ['dev/#'], qos: 1 })
    await value('sender.start', repeated())
    await listener.waitForMessages(3)
    await publishWithMosquitto({ port: running.port(), topic: 'speed', payload: '42' })
    let seen = 3
    for (; !(await listener.waitForMessages(seen)).some(({ payload }) => payload.toString().endsWith('42}')); seen++);
    await value('sender.stop', { connectionId, senderId })
    const { counts } = await reach('an answer to each', ({ counts: { sent, acknowledged } }) => acknowledged === sent)
    const received = await listener.waitForMessages(counts.sent)
    expect(received.map(({ topic }) => topic)).toEqual(received.map((_, index) => `dev/${index + 1}`))
    expect(received[0]?.payload.toString()).toBe('{"n": 1, "echo": 0}')
    await listener.stop()
  })

  it('counts on from one single send of its draft to the next, until its texts change or it is to begin anew', async () => {
    const { broker: running, value } = await started()
    const listener = await subscribeWithMosquitto({ port: running.port(), filters: ['dev/#'], qos: 1 })
    const draft = (payload = '{{ 1 | counter }}', draftId = 'one') => ({
      connectionId,
      draftId,
      message: messageOf({ topic: 'dev/{{ i }}', payload, qos: 1, isTemplate: true }),
      latest: {},
    })
    const next = async () => {
      const [first] = await value('template.preview', { ...draft(), count: 1, intervalMs: 1000 })
      return first?.ok && first.value.number
    }
    await Promise.all([1, 2, 3, 4, 5].map(() => value('message.publishTemplate', draft())))
    expect(await next()).toBe(6)
    await value('message.publishTemplate', draft(undefined, 'two'))
    await value('template.countAnew', { draftId: 'one' })
    expect(await next()).toBe(1)
    await value('message.publishTemplate', draft())
    await value('message.publishTemplate', draft('{{ 7 | counter }}'))
    const sent = await listener.waitForMessages(8)
    expect(sent.map(({ topic, payload }) => `${topic} ${payload.toString()}`)).toEqual([
      ...[1, 2, 3, 4, 5].map((number) => `dev/${number} ${number}`),
      'dev/1 1',
      'dev/1 1',
      'dev/1 7',
    ])
    await listener.stop()
  })

  it('is previewed, sent once, and not sent with a reason where it fails', async () => {
    const { broker: running, value, invoke } = await started()
    const listener = await subscribeWithMosquitto({ port: running.port(), filters: ['dev/#'], qos: 1 })
    const preview = await value('template.preview', { ...template, count: 3, intervalMs: 1000 })
    expect(preview.map((one) => one.ok && one.value.topic)).toEqual(['dev/1', 'dev/2', 'dev/3'])
    const sent = await value('message.publishTemplate', template)
    expect(sent.delivery.ok).toBe(true)
    expect(await listener.waitForMessages(1)).toMatchObject([{ topic: 'dev/1' }])
    for (const result of [
      await invoke('message.publishTemplate', { ...template, latest: {} }),
      await invoke('sender.start', repeated({ topic: 'a/{{ x' })),
    ])
      expect(result).toMatchObject({ ok: false, error: { code: 'templateFailed' } })
    expect(await listener.waitForMessages(1)).toHaveLength(1)
    await listener.stop()
  })

  it('that fails on its way ends its sender with the reason', async () => {
    const { value, reach } = await started()
    await value('sender.start', repeated({ payload: '{% if i > 2 %}{{ gone }}{% endif %}' }))
    const { counts, end } = await reach('an end', (status) => status.end !== null)
    expect(end).toMatchObject({ kind: 'impossible', error: { code: 'templateFailed', values: { detail: 'gone' } } })
    expect(counts.sent).toBe(2)
  })
})
