import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageOf, planOf } from '../../electron/core/senders/sendersTesting'
import { keepSecrets, newProfile, type Profile } from '../../shared/model/profile'
import type { SenderPlan, SenderStatus } from '../../shared/model/sender'
import { startMosquitto, type Mosquitto, type MosquittoOptions } from '../support/mosquitto'
import { subscribeWithMosquitto, type MosquittoSubscriber } from '../support/mosquittoClients'
import { waitFor } from '../support/waitFor'
import { createCoreHarness, type CoreHarness } from './coreHarness'

let harness: CoreHarness
let broker: Mosquitto | null = null
let listener: MosquittoSubscriber | null = null
beforeEach(() => void (harness = createCoreHarness('sender-plans')))
afterEach(async () => {
  await harness.stop()
  await listener?.stop()
  await broker?.stop()
  broker = listener = null
})

const connectionId = 'p1'
const reconnect = { enabled: true, initialSeconds: 1, maximumSeconds: 1, maximumAttempts: 0 }
const forever = { count: null, afterMs: null }
const template = (topic: string, payload: string) =>
  ({ kind: 'message', message: messageOf({ topic, payload, isTemplate: true }) }) as const
const ownClients = (count: number, clientId: string) => ({ count, clients: 'own', clientId }) as const

/** A connection to a broker of its own, and somebody who listens there to everything. */
const started = async (options: MosquittoOptions = {}, given: Partial<Profile> = {}) => {
  const running = await startMosquitto(options)
  broker = running
  const listening = await subscribeWithMosquitto({ port: running.port(), filters: ['#'], qos: 1 })
  listener = listening
  const core = await harness.start()
  const profile = newProfile({ id: connectionId, name: 'Plant', host: '127.0.0.1', port: running.port(), ...given })
  await core.value('profile.save', { profile, secrets: keepSecrets })
  await core.value('session.connect', { connectionId })
  await harness.reach('online')
  const statuses = async () => (await core.value('app.snapshot', undefined)).senders
  return {
    ...core,
    broker: running,
    listener: listening,
    statuses,
    send: (plan: Partial<SenderPlan>) => core.value('sender.start', { connectionId, plan: planOf(plan), latest: {} }),
    reach: (what: string, isReached: (status: SenderStatus) => boolean, id = 'd') =>
      waitFor(`a sender with ${what}`, async () => {
        const now = (await statuses()).find(({ senderId }) => senderId === id)
        return now && isReached(now) ? now : null
      }),
  }
}

const isFinished = ({ end }: SenderStatus) => end?.kind === 'finished'
const textsOf = (received: readonly { topic: string; payload: Buffer }[]) =>
  received.map(({ topic, payload }) => `${topic} ${payload.toString()}`)

describe('senders', () => {
  it('run ten at once, and what each counts has arrived', async () => {
    const { send, reach, listener: listening } = await started()
    const ids = Array.from({ length: 10 }, (_, index) => `s${index}`)
    for (const id of ids) {
      const pace = { kind: 'rate', perSecond: 200 } as const
      await send({ id, source: template(id, '{{ i }}'), pace, whenSlow: 'wait', end: { ...forever, count: 100 } })
    }
    for (const id of ids) {
      const { counts, progress } = await reach('an end', isFinished, id)
      expect(counts).toMatchObject({ sent: 100, acknowledged: 100, skipped: 0 })
      expect(progress).toBe(1)
    }
    const received = await listening.waitForMessages(1_000)
    for (const id of ids)
      expect(textsOf(received.filter(({ topic }) => topic === id))).toEqual(
        Array.from({ length: 100 }, (_, index) => `${id} ${index + 1}`),
      )
  })

  it('all stop together, and go one by one when they are removed', async () => {
    const { send, value, reach, statuses } = await started()
    await send({ id: 'one' })
    await send({ id: 'two', pace: { kind: 'rate', perSecond: 500 } })
    await reach('messages', ({ counts }) => counts.sent > 10, 'two')
    await value('sender.stopAll', undefined)
    const ended = await reach(
      'an end and all answers',
      ({ end, unanswered }) => end !== null && unanswered === 0,
      'two',
    )
    expect(ended.end).toEqual({ kind: 'stopped' })
    expect(ended.counts.acknowledged).toBe(ended.counts.sent)
    expect((await statuses()).every(({ end }) => end?.kind === 'stopped')).toBe(true)
    await value('sender.remove', { connectionId, senderId: 'two' })
    expect((await statuses()).map(({ senderId }) => senderId)).toEqual(['one'])
    expect(harness.last('sender.removed')).toEqual({ connectionId, senderId: 'two' })
  })

  it('send a message for each row of a file, also of one that is read in many pieces', async () => {
    const { send, reach, value, listener: listening } = await started()
    const count = 3_000
    const lines = Array.from({ length: count }, (_, index) => `${index},"a, ""b"" ${'x'.repeat(40)}"`)
    const path = join(harness.folder.path, 'rows.csv')
    writeFileSync(path, `id,note\n${lines.join('\n')}\n`)
    harness.dialogs.choosePath = () => Promise.resolve(path)
    const chosen = await value('payloadFile.choose', undefined)
    const rows = { format: 'csv', data: { fileToken: chosen?.token ?? '' } } as const
    const message = messageOf({ topic: 'row/{{ row.id }}', payload: '{{ row.note }}' })
    await send({
      source: { kind: 'rows', message, rows, loops: false },
      pace: { kind: 'rate', perSecond: 5_000 },
      whenSlow: 'wait',
    })
    const { counts, planned } = await reach('an end', isFinished)
    expect([planned, counts.acknowledged]).toEqual([count, count])
    const received = await listening.waitForMessages(count)
    expect(received.map(({ topic }) => topic)).toEqual(lines.map((_, index) => `row/${index}`))
    expect(received.at(-1)?.payload.toString()).toBe(`a, "b" ${'x'.repeat(40)}`)
  })

  it('go through a list with its pauses, in a loop until they are stopped', async () => {
    const { send, listener: listening, value } = await started()
    const steps = ['on', 'off'].map((topic, pauseMs) => ({ message: messageOf({ topic, payload: '' }), pauseMs }))
    await send({ source: { kind: 'list', steps, loops: true }, pace: { kind: 'pauses' }, whenSlow: 'wait' })
    const received = await listening.waitForMessages(6)
    await value('sender.stop', { connectionId, senderId: 'd' })
    expect(received.slice(0, 6).map(({ topic }) => topic)).toEqual(['on', 'off', 'on', 'off', 'on', 'off'])
  })

  it('wait for a broker that takes few at a time, and leave nothing out', async () => {
    const {
      send,
      reach,
      listener: listening,
      broker: running,
    } = await started({
      settings: ['max_inflight_messages 2', 'max_queued_messages 0'],
    })
    const count = 2_000
    running.signal('SIGSTOP')
    await send({
      source: template('a', '{{ i }}'),
      pace: { kind: 'rate', perSecond: 1_000 },
      whenSlow: 'wait',
      end: { ...forever, count },
    })
    const waiting = await reach('messages that are late', ({ late }) => late > 100)
    expect(waiting).toMatchObject({ counts: { acknowledged: 0, skipped: 0 }, end: null })
    running.signal('SIGCONT')
    const { counts, late } = await reach('an end', isFinished)
    expect([counts.sent, counts.acknowledged, counts.skipped, late]).toEqual([count, count, 0, 0])
    const received = await listening.waitForMessages(count)
    expect(textsOf(received)).toEqual(Array.from({ length: count }, (_, index) => `a ${index + 1}`))
  })
})

describe('devices', () => {
  it('share a connection, each in its turn', async () => {
    const { send, reach, listener: listening } = await started()
    const devices = { count: 50, clients: 'shared', clientId: '' } as const
    await send({
      source: template('dev/{{ n }}', '{{ i }}'),
      devices,
      pace: { kind: 'interval', everyMs: 200 },
      whenSlow: 'wait',
      end: { ...forever, count: 150 },
    })
    await reach('an end', isFinished)
    const received = await listening.waitForMessages(150)
    expect(textsOf(received)).toEqual(
      Array.from({ length: 150 }, (_, index) => `dev/${(index % 50) + 1} ${Math.floor(index / 50) + 1}`),
    )
  })

  it('have clients of their own with their IDs, which are closed when all is sent', async () => {
    const { send, reach, listener: listening, broker: running } = await started()
    await send({
      source: template('dev/{{ n }}', '{{ i }}'),
      devices: ownClients(30, 'device-{{ n }}'),
      pace: { kind: 'interval', everyMs: 100 },
      end: { ...forever, count: 90 },
      whenSlow: 'wait',
    })
    await reach('thirty clients', ({ clientsOnline }) => clientsOnline === 30)
    const { counts, clientsOnline } = await reach('an end', isFinished)
    expect([counts.sent, counts.acknowledged, clientsOnline]).toEqual([90, 90, 0])
    await listening.waitForMessages(90)
    for (let device = 1; device <= 30; device++) {
      expect(running.log()).toContain(` as device-${device} (`)
      await waitFor(`device ${device} to go`, () => running.log().includes(`Client device-${device} disconnected`))
    }
  })

  it('that cannot be connected are left out, and the first reason is told', async () => {
    const {
      send,
      reach,
      listener: listening,
      value,
    } = await started({ listenerSettings: { tcp: ['max_connections 5'] } })
    await send({ source: template('dev/{{ n }}', ''), devices: ownClients(10, 'device-{{ n }}') })
    const status = await reach('messages of all that are there', ({ counts }) => counts.acknowledged >= 9)
    const online = status.clientsOnline ?? 0
    expect(online).toBeGreaterThan(0)
    expect(online).toBeLessThan(10)
    expect(status.firstRefusal).not.toBeNull()
    expect(status.counts.skipped).toBeGreaterThan(0)
    await value('sender.stop', { connectionId, senderId: 'd' })
    const topics = new Set((await listening.waitForMessages(9)).map(({ topic }) => topic))
    expect(topics.size).toBe(online)
  })

  it('end with the connection of the profile', async () => {
    const { send, reach, value } = await started()
    await send({ source: template('dev/{{ n }}', ''), devices: ownClients(3, '') })
    await reach('messages', ({ counts }) => counts.acknowledged > 3)
    await value('session.disconnect', { connectionId })
    const { end, clientsOnline } = await reach('an end', (status) => status.end !== null)
    expect([end, clientsOnline]).toEqual([{ kind: 'connectionEnded', error: null }, 0])
  })

  it('come back after the broker was away, and say what was not sent meanwhile', async () => {
    const { send, reach, broker: running } = await started({}, { reconnect })
    await send({ source: template('dev/{{ n }}', ''), devices: ownClients(30, 'device-{{ n }}') })
    await reach('messages', ({ counts }) => counts.acknowledged > 30)
    await running.halt('SIGKILL')
    const away = await reach('no client', ({ clientsOnline }) => clientsOnline === 0)
    expect(away).toMatchObject({ end: null, clientsLost: 30 })
    await reach('messages left out', ({ counts }) => counts.skipped > away.counts.skipped)
    await running.start()
    const back = await reach('all clients', ({ clientsOnline }) => clientsOnline === 30)
    const { counts } = await reach('messages of them', (now) => now.counts.acknowledged > back.counts.acknowledged + 30)
    expect(counts.acknowledged + counts.lost).toBeLessThanOrEqual(counts.sent)
    for (const device of [1, 30]) expect(running.log().split(` as device-${device} (`)).toHaveLength(3)
  })

  it('end where none of their clients is left', async () => {
    const { send, reach, broker: running } = await started({}, { reconnect: { ...reconnect, enabled: false } })
    await send({ source: template('dev/{{ n }}', ''), devices: ownClients(3, '') })
    await reach('messages', ({ counts }) => counts.acknowledged > 3)
    await running.halt('SIGKILL')
    const { end } = await reach('an end', (status) => status.end !== null)
    expect(end).toMatchObject({ kind: 'connectionEnded', error: { code: expect.any(String) as string } })
  })
})

it('previews the messages of devices and of rows', async () => {
  const { value, invoke } = await started()
  const message = messageOf({ topic: 'dev/{{ n }}/{{ row.id }}', payload: '{{ i }}', isTemplate: true })
  const preview = (text: string) =>
    invoke('template.preview', {
      connectionId,
      message,
      latest: {},
      count: 3,
      intervalMs: 1_000,
      devices: 2,
      rows: { format: 'csv', data: { text } },
    })
  const shown = await preview('id\n7\n8\n9\n')
  expect(shown.ok && shown.value.map((one) => one.ok && one.value.topic)).toEqual(['dev/1/7', 'dev/2/8', 'dev/1/9'])
  expect(await preview('id\n7,8\n')).toMatchObject({ ok: false, error: { code: 'rowUnreadable', values: { line: 2 } } })
  await value('session.disconnect', { connectionId })
})

it('keeps plans with a name over a restart', async () => {
  const { value } = await harness.start()
  const plans = [planOf({ id: 'one', name: 'Heartbeat' }), planOf({ id: 'two', name: 'Load' })]
  await value('senderPlans.save', plans)
  const again = await harness.start()
  expect((await again.snapshot()).senderPlans).toEqual(plans)
})
