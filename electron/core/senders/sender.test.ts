import { describe, expect, it } from 'vitest'
import type { ConnectionFailure } from '#shared/model/failure'
import type { ComposedMessage, MadeMessage, PublishReceipt } from '#shared/model/publish'
import { newProfile } from '#shared/model/profile'
import type { SenderPlan, SenderStatus } from '#shared/model/sender'
import { fail, ok, type AppError, type Result } from '#shared/result'
import { createLatestPayloads } from '../broker/inbox/latestPayloads'
import { noEnvironment } from '../templates/templateEnvironment'
import { createSenderRegistry, type SenderRegistry } from './senderRegistry'
import { createSender } from './sender'
import { sharedRoute, type Answer } from './clients/senderRoute'
import { createFakeClock, messageOf, planOf } from './sendersTesting'

const receipt = ok({ sequence: 1, reasonCode: 0, protocolVersion: '5', milliseconds: 1 } as const)
const refusal = fail('publishRefused', 'No.', { reasonCode: 0x87, values: { sequence: 1 } })
const fromFile = (fileToken: string) => ({ kind: 'message', message: messageOf(), fileToken }) as const
const startWith = (registry: SenderRegistry, plan: Partial<SenderPlan>) =>
  registry.start({ connectionId: 'c', plan: planOf(plan), latest: {} })
const resetFailure: ConnectionFailure = {
  ...fail('connectionReset', 'Reset.').error,
  stage: 'online',
  tried: {
    scheme: 'mqtt',
    host: 'broker',
    port: 1883,
    path: '',
    protocolVersion: '5',
    clientId: '',
    cleanStart: true,
    hasUsername: false,
    hasPassword: false,
    hasClientCertificate: false,
    certificateFile: '',
    keyFile: '',
    hasWill: false,
  },
  remedies: [],
  retries: 'endless',
  technical: '',
}
const key = { connectionId: 'c', senderId: 'd' }

/** Senders on a connection that answers as `reply` does; default: when it is told to. */
const open = (reply?: (message: MadeMessage, answer: Answer) => AppError | null) => {
  const answers: Answer[] = []
  const requests: MadeMessage[] = []
  const told: SenderStatus[] = []
  const clock = createFakeClock()
  let isOnline = true
  const wait = (_message: MadeMessage, answer: Answer) => {
    answers.push(answer)
    return null
  }
  const session = {
    settings: { profile: newProfile({ id: 'c' }), secrets: {}, change: null },
    send: (message: MadeMessage, answer: Answer) => {
      requests.push(message)
      return (reply ?? wait)(message, answer)
    },
  }
  const registry = createSenderRegistry({
    clock,
    now: () => 0,
    environmentOf: () => noEnvironment,
    maximumPacketBytes: () => 1_000,
    sessions: {
      get: () => ({ online: () => (isOnline ? session : null), followLatest: createLatestPayloads().follow }),
    },
    payloadFiles: {
      read: (token) =>
        Promise.resolve(
          token === 't'
            ? ok({ file: { token, name: 'a.bin', size: 2, modifiedAt: 1 }, bytes: Buffer.from([1, 2]) })
            : fail('notFound', 'This file was not chosen.'),
        ),
      openPieces: () => Promise.resolve(fail('notFound', 'This file was not chosen.')),
    },
    onChange: (statuses) => told.push(...statuses),
    scriptNamed: () => undefined,
    nameOf: () => '',
    onRemoved: (removed) => told.push({ ...statusOf(), ...removed, name: 'removed' }),
  })
  const statusOf = () => {
    const [status] = registry.statuses()
    if (!status) throw new Error('There is no sender.')
    return status
  }
  return {
    registry,
    clock,
    answers,
    requests,
    told,
    goOffline: () => (isOnline = false),
    start: (everyMs = 10) => startWith(registry, { pace: { kind: 'interval', everyMs } }),
    status: statusOf,
  }
}

const answering =
  (result: Result<PublishReceipt>) =>
  (_message: MadeMessage, answer: Answer): null => {
    answer(result)
    return null
  }

describe('a sender', () => {
  it('counts what became of its messages', async () => {
    const { clock, answers, start, status } = open()
    await start()
    clock.pass(40)
    answers[0]?.(receipt)
    answers[1]?.(refusal)
    answers[2]?.(fail('publishInterrupted', '', { values: { sequence: 3, again: 'no' } }))
    answers[3]?.(fail('publishInterrupted', '', { values: { sequence: 4, again: 'yes' } }))
    expect(status().counts).toEqual({ sent: 5, acknowledged: 1, refused: 1, lost: 1, interrupted: 1, skipped: 0 })
    expect(status()).toMatchObject({ topic: 'a', qos: 1, pace: { everyMs: 10 }, end: null })
  })

  it('goes on after a refusal, and keeps the first one', async () => {
    let refused = 0
    const { clock, requests, start, status } = open((_message, answer) => {
      answer({ ok: false, error: { ...refusal.error, message: `No. ${++refused}` } })
      return null
    })
    await start()
    clock.pass(50)
    expect(requests).toHaveLength(6)
    expect(status()).toMatchObject({ counts: { refused: 6 }, firstRefusal: { message: 'No. 1' }, end: null })
  })

  it('ends at what cannot be sent at all, and counts no such message', async () => {
    const { clock, requests, start, status } = open(() => fail('retainNotSupported', 'No.', { field: 'retain' }).error)
    await start()
    clock.pass(50)
    expect(requests).toHaveLength(1)
    expect(status()).toMatchObject({
      counts: { sent: 0, refused: 0 },
      end: { kind: 'impossible', error: { code: 'retainNotSupported' } },
    })
  })

  it('lets a hundred wait for their answers, skips the next ones, and goes on at its times', async () => {
    const { clock, answers, requests, start, status } = open()
    await start()
    clock.pass(1_500)
    expect(requests).toHaveLength(100)
    expect(status().counts).toMatchObject({ sent: 100, skipped: 51 })
    for (const answer of answers) answer(receipt)
    clock.pass(10)
    expect(status().counts).toMatchObject({ sent: 101, acknowledged: 100, skipped: 51 })
  })

  it('lets one wait where payloads are huge', async () => {
    const { registry, clock, requests } = open()
    await startWith(registry, { source: { kind: 'message', message: messageOf({ payload: 'x'.repeat(2 ** 25) }) } })
    clock.pass(100)
    expect(requests).toHaveLength(1)
  })

  it('ends with its connection and says why; what was under way is still counted', async () => {
    const { registry, clock, answers, requests, told, start } = open()
    await start()
    const reason = resetFailure
    const state = { phase: 'waiting', attempt: 1, nextTryAt: 1, reason } as const
    registry.sessionChanged({ connectionId: 'other', state, subscriptions: [] })
    clock.pass(10)
    registry.sessionChanged({ connectionId: 'c', state, subscriptions: [] })
    expect(told.at(-1)).toMatchObject({ counts: { sent: 2 }, end: { kind: 'connectionEnded', error: reason } })
    clock.pass(100)
    expect(requests).toHaveLength(2)
    answers[0]?.(receipt)
    expect(registry.statuses()[0]?.counts).toMatchObject({ sent: 2, acknowledged: 1 })
  })

  it('is stopped once, and is not found afterwards', async () => {
    const { registry, clock, requests, told, start } = open()
    expect(registry.stop(key)).toMatchObject({ error: { code: 'notFound' } })
    await start()
    expect(registry.stop(key)).toEqual(ok(null))
    expect(told.at(-1)?.end).toEqual({ kind: 'stopped' })
    expect(registry.stop(key)).toMatchObject({ error: { code: 'notFound' } })
    clock.pass(100)
    expect(requests).toHaveLength(1)
  })

  it.each([
    ['itself', (registry: SenderRegistry) => void registry.stop(key)],
    ['all', (registry: SenderRegistry) => registry.stopAll()],
    ['removing it', (registry: SenderRegistry) => void registry.remove(key)],
    ['its end', (registry: SenderRegistry) => registry.close()],
  ])('that is stopped while its file is read does not begin: by %s', async (_how, stop) => {
    const { registry, clock, requests } = open()
    const starting = startWith(registry, { source: fromFile('t') })
    stop(registry)
    expect(await starting).toMatchObject({ error: { code: 'cancelled' } })
    clock.pass(100)
    expect(requests).toEqual([])
    expect(registry.statuses()).toEqual([])
  })

  it('that is started again while its file is read begins once, as it was asked for last', async () => {
    const { registry, clock, requests, start } = open()
    const starting = startWith(registry, { source: fromFile('t'), pace: { kind: 'interval', everyMs: 1 } })
    await start(50)
    expect(await starting).toMatchObject({ error: { code: 'cancelled' } })
    clock.pass(100)
    expect(requests).toHaveLength(3)
  })

  it('takes the place of the one its draft had on that connection', async () => {
    const { registry, clock, requests, start } = open()
    await start()
    await start(50)
    clock.pass(100)
    expect(requests).toHaveLength(1 + 3)
    expect(registry.statuses()).toMatchObject([{ pace: { everyMs: 50 }, counts: { sent: 3 } }])
  })

  it('does not start without a connection, nor without its file', async () => {
    const { registry, goOffline, start, requests } = open()
    const unread = await startWith(registry, { source: fromFile('unknown') })
    expect(unread).toMatchObject({ error: { code: 'notFound' } })
    goOffline()
    expect(await start()).toMatchObject({ error: { code: 'notConnected' } })
    expect(registry.statuses()).toEqual([])
    expect(requests).toEqual([])
  })

  it('reads a file once and sends what was in it', async () => {
    const { registry, clock, requests } = open()
    await startWith(registry, { source: fromFile('t') })
    clock.pass(20)
    expect(requests.map(({ payload }) => [...payload])).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ])
  })

  it('goes with a connection that is removed, and nothing more is told of it', async () => {
    const { registry, clock, requests, told, start } = open()
    await start()
    registry.sessionRemoved('c')
    const before = told.length
    clock.pass(100)
    expect(requests).toHaveLength(1)
    expect(registry.statuses()).toEqual([])
    expect(told).toHaveLength(before)
  })

  it('tells its start and its end at once, and of thousands between them not each', async () => {
    const { registry, clock, told, start } = open(answering(receipt))
    await start(1)
    expect(told).toHaveLength(1)
    clock.pass(1_000)
    registry.stop(key)
    expect(told.at(-1)).toMatchObject({ counts: { sent: 1_001, acknowledged: 1_001 }, end: { kind: 'stopped' } })
    expect(told.length).toBeLessThan(500)
  })
})

const forever = { count: null, afterMs: null }
const sharedBy = (count: number) => ({ count, clients: 'shared', clientId: '' }) as const
const template = (given: Partial<ComposedMessage>) =>
  ({ kind: 'message', message: messageOf({ isTemplate: true, ...given }) }) as const
const textOf = ({ topic, payload }: MadeMessage) => `${topic} ${Buffer.from(payload).toString()}`

describe('a plan', () => {
  it('is finished after so many messages, when the last of them is answered', async () => {
    const { registry, clock, answers, requests, status } = open()
    await startWith(registry, { end: { ...forever, count: 5 } })
    clock.pass(1_000)
    expect(requests).toHaveLength(5)
    expect(status()).toMatchObject({ planned: 5, progress: 1, unanswered: 5, end: null })
    answers.slice(0, 4).forEach((answer) => answer(receipt))
    expect(status().end).toBeNull()
    answers[4]?.(refusal)
    expect(status()).toMatchObject({
      counts: { sent: 5, acknowledged: 4, refused: 1 },
      unanswered: 0,
      progress: 1,
      end: { kind: 'finished' },
    })
  })

  it('is finished after a time, with what was due until then', async () => {
    const { registry, clock, requests, status } = open(answering(receipt))
    await startWith(registry, { end: { ...forever, afterMs: 95 } })
    clock.pass(50)
    expect(status()).toMatchObject({ planned: 10, progress: expect.closeTo(50 / 95) as number })
    clock.pass(1_000)
    expect(requests).toHaveLength(10)
    expect(status().end).toEqual({ kind: 'finished' })
  })

  it('that waits leaves nothing out: what the broker does not take yet is late, and goes out in its order', async () => {
    const { registry, clock, answers, requests, status } = open()
    const source = template({ payload: '{{ i }}' })
    await startWith(registry, { source, whenSlow: 'wait', end: { ...forever, count: 200 } })
    clock.pass(1_490)
    expect(requests).toHaveLength(100)
    expect(status()).toMatchObject({ late: 50, unanswered: 100, counts: { sent: 100, skipped: 0 } })
    for (let place = 0; answers[place]; place++) {
      answers[place]?.(receipt)
      clock.pass(10)
    }
    expect(requests.map(textOf)).toEqual(Array.from({ length: 200 }, (_, index) => `a ${index + 1}`))
    expect(status()).toMatchObject({ late: 0, counts: { sent: 200, skipped: 0 }, end: { kind: 'finished' } })
  })

  it('leaves out nothing of a burst because it is large, nor of many devices that send at the same time', async () => {
    const { registry, clock, status } = open(answering(receipt))
    await startWith(registry, { shape: { rampMs: 0, burst: 500, jitter: 0 } })
    expect(status().counts).toMatchObject({ sent: 200, skipped: 0 })
    clock.pass(100, () => 20)
    expect(status().counts).toMatchObject({ sent: 500, skipped: 0 })
    const steps = [{ message: messageOf(), pauseMs: 1_000 }]
    const source = { kind: 'list', steps, loops: true } as const
    await startWith(registry, { source, pace: { kind: 'pauses' }, devices: sharedBy(700) })
    clock.pass(100, () => 20)
    expect(status().counts).toMatchObject({ sent: 700, skipped: 0 })
  })

  it('has many devices send from one message, each with its number and a memory of its own', async () => {
    const { registry, clock, requests } = open(answering(receipt))
    const source = template({ topic: 'dev/{{ n }}', payload: '{{ i }} {{ 10 | counter: 5 }}' })
    await startWith(registry, { source, devices: sharedBy(3), end: { ...forever, count: 7 } })
    clock.pass(100)
    expect(requests.map(textOf)).toEqual([
      'dev/1 1 10',
      'dev/2 1 10',
      'dev/3 1 10',
      'dev/1 2 15',
      'dev/2 2 15',
      'dev/3 2 15',
      'dev/1 3 20',
    ])
  })

  it('sends a message for each row, once or again and again', async () => {
    const { registry, clock, requests, status } = open(answering(receipt))
    const rows = { format: 'csv', data: { text: 'id,value\n7,on\n8,off\n' } } as const
    const message = messageOf({ topic: 'd/{{ row.id }}', payload: '{{ row.value }}' })
    await startWith(registry, { source: { kind: 'rows', message, rows, loops: false } })
    clock.pass(100)
    expect(requests.map(textOf)).toEqual(['d/7 on', 'd/8 off'])
    expect(status()).toMatchObject({ planned: 2, progress: 1, end: { kind: 'finished' } })
    await startWith(registry, { source: { kind: 'rows', message, rows, loops: true }, end: { ...forever, count: 3 } })
    clock.pass(100)
    await new Promise((resolve) => setImmediate(resolve))
    clock.pass(100)
    expect(requests.slice(2).map(textOf)).toEqual(['d/7 on', 'd/8 off', 'd/7 on'])
  })

  it('ends at a row that is none, and says where', async () => {
    const { registry, clock, requests, status } = open(answering(receipt))
    const rows = { format: 'jsonLines', data: { text: '{"id":1}\n{"id"}\n' } } as const
    await startWith(registry, { source: { kind: 'rows', message: messageOf(), rows, loops: false } })
    clock.pass(100)
    expect(requests).toHaveLength(1)
    expect(status().end).toMatchObject({ kind: 'impossible', error: { code: 'rowUnreadable', values: { line: 2 } } })
    const broken = { format: 'csv', data: { text: 'a,b\n1\n' } } as const
    const refused = await startWith(registry, {
      source: { kind: 'rows', message: messageOf(), rows: broken, loops: false },
    })
    expect(refused).toMatchObject({ error: { code: 'rowUnreadable', values: { line: 2 } } })
  })

  it('goes through a list with its pauses, once or in a loop', async () => {
    const { registry, clock, requests, status } = open(answering(receipt))
    const steps = [
      { message: messageOf({ topic: 'on' }), pauseMs: 30 },
      { message: messageOf({ topic: 'off' }), pauseMs: 0 },
      { message: messageOf({ topic: 'beat-{{ n }}', payload: '{{ i }}', isTemplate: true }), pauseMs: 70 },
    ]
    const pace = { kind: 'pauses' } as const
    await startWith(registry, { source: { kind: 'list', steps, loops: false }, pace, devices: sharedBy(2) })
    expect(requests.map(({ topic }) => topic)).toEqual(['on', 'on'])
    clock.pass(1_000)
    expect(requests.slice(2).map(textOf)).toEqual(['off 123', 'off 123', 'beat-1 3', 'beat-2 3'])
    expect(status()).toMatchObject({ planned: 6, wantedRate: null, end: { kind: 'finished' } })
    await startWith(registry, { source: { kind: 'list', steps, loops: true }, pace })
    clock.pass(130)
    expect(requests.slice(6).map(({ topic }) => topic)).toEqual(['on', 'off', 'beat-1', 'on', 'off', 'beat-1'])
  })

  it('sends a recording at its own times, so many times as fast, once or in a loop', async () => {
    const lineAt = (ms: number, topic: string, qos = 0) =>
      JSON.stringify({ time: new Date(ms).toISOString(), topic, qos, retain: false, encoding: 'utf8', payload: 'x' })
    const text = [lineAt(5_000, 'a'), 'no message', lineAt(5_100, 'b', 1), lineAt(5_300, 'c')].join('\n')
    const { registry, clock, requests, status } = open(answering(receipt))
    const play = (loops: boolean) =>
      startWith(registry, {
        source: { kind: 'recording', data: { text }, loops },
        pace: { kind: 'recorded', speed: 2 },
      })
    const topics = () => requests.map(({ topic }) => topic).join('')
    await play(false)
    expect(status()).toMatchObject({ topic: 'a', qos: 1, planned: 3, leftOut: { code: 'recordedLinesLeftOut' } })
    clock.pass(49)
    expect(topics()).toBe('a')
    clock.pass(1)
    expect(topics()).toBe('ab')
    clock.pass(100)
    expect(topics()).toBe('abc')
    expect(status()).toMatchObject({ counts: { sent: 3, acknowledged: 3 }, progress: 1, end: { kind: 'finished' } })
    await play(true)
    clock.pass(150 + 75)
    expect(topics()).toBe('abcabca')
    registry.stopAll()
  })

  it('leaves out of a recording what is due while the broker is slow, and nothing else', async () => {
    const lineAt = (place: number) =>
      JSON.stringify({
        time: new Date(place * 10).toISOString(),
        topic: String(place),
        qos: 1,
        retain: false,
        encoding: 'utf8',
        payload: '',
      })
    const most = 5_000
    const text = Array.from({ length: most + 20 }, (_, place) => lineAt(place)).join('\n')
    const { registry, clock, requests, answers, status } = open()
    await startWith(registry, {
      source: { kind: 'recording', data: { text }, loops: false },
      pace: { kind: 'recorded', speed: 1 },
    })
    for (let read = 0; read < most; read += 10) {
      clock.pass(100)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(status().counts).toMatchObject({ sent: most, skipped: 1 })
    for (const answer of answers.splice(0)) answer(receipt)
    clock.pass(100)
    expect(requests.slice(most).map(({ topic }) => topic)).toEqual([
      '5001',
      '5002',
      '5003',
      '5004',
      '5005',
      '5006',
      '5007',
      '5008',
      '5009',
      '5010',
    ])
  })

  it('has the highest QoS of its messages: those of QoS 0 alone are never acknowledged', async () => {
    const { registry, status } = open(answering(receipt))
    const steps = ([0, 2, 1] as const).map((qos) => ({ message: messageOf({ qos }), pauseMs: 10 }))
    const pace = { kind: 'pauses' } as const
    await startWith(registry, { source: { kind: 'list', steps, loops: false }, pace })
    expect(status().qos).toBe(2)
    await startWith(registry, { source: { kind: 'list', steps: steps.slice(0, 1), loops: false }, pace })
    expect(status().qos).toBe(0)
  })

  it('is stopped with all others, and forgotten when it is removed', async () => {
    const { registry, clock, requests, told } = open(answering(receipt))
    await startWith(registry, {})
    await startWith(registry, { id: 'e' })
    registry.stopAll()
    clock.pass(100)
    expect(requests).toHaveLength(2)
    expect(registry.statuses().map(({ end }) => end?.kind)).toEqual(['stopped', 'stopped'])
    expect(registry.remove(key)).toEqual(ok(null))
    expect(told.at(-1)).toMatchObject({ senderId: 'd', name: 'removed' })
    expect(registry.statuses()).toMatchObject([{ senderId: 'e' }])
    expect(registry.remove(key)).toMatchObject({ error: { code: 'notFound' } })
  })

  it('that has the times of a recording it is not is not started', async () => {
    const { registry } = open()
    expect(await startWith(registry, { pace: { kind: 'recorded', speed: 1 } })).toMatchObject({
      error: { code: 'invalidInput', field: 'plan.pace' },
    })
  })

  it('that does not go together is not started', async () => {
    const { registry } = open()
    const own = (count: number, clientId: string) => ({ devices: { count, clients: 'own', clientId } }) as const
    expect(await startWith(registry, { pace: { kind: 'pauses' } })).toMatchObject({ error: { field: 'plan.pace' } })
    expect(await startWith(registry, own(1_001, 'd{{ n }}'))).toMatchObject({ error: { code: 'tooManyClients' } })
    expect(await startWith(registry, own(2, 'same'))).toMatchObject({ error: { code: 'sameClientIds' } })
    expect(await startWith(registry, own(2, '{{ x }}'))).toMatchObject({
      error: { code: 'templateFailed', values: { part: 'clientId' } },
    })
    const source = { kind: 'message', message: messageOf({ topic: 'a/#' }) } as const
    expect(await startWith(registry, { source })).toMatchObject({ error: { code: 'invalidInput', field: 'topic' } })
    expect(registry.statuses()).toEqual([])
  })

  it('tells how it goes: its rate, its drift and the intervals as they were', async () => {
    const { registry, clock, status } = open(answering(receipt))
    await startWith(registry, { shape: { rampMs: 0, burst: 1, jitter: 0 } })
    expect(status()).toMatchObject({ intervals: null, wantedRate: 100, progress: null, planned: null })
    clock.pass(10_000, () => 3)
    expect(status().rate).toBeCloseTo(100, -1)
    expect(status().recent.slice(0, 9)).toEqual([100, 100, 100, 100, 100, 100, 100, 100, 100])
    expect(status().intervals?.p50).toBeCloseTo(10, 0)
    expect(status().driftMs).toBe(3)
  })
})

it('asks for no further message where the first could not be made', () => {
  const clock = createFakeClock()
  let asked = 0
  const sender = createSender({
    request: { connectionId: 'c', plan: planOf(), latest: {} },
    startedAt: 0,
    seed: 0,
    source: {
      topic: 'a',
      qos: 0,
      recorded: null,
      leftOut: null,
      total: () => null,
      next: () => {
        asked += 1
        return fail('templateFailed', 'No.')
      },
      close: () => undefined,
    },
    route: sharedRoute(() => null),
    clock,
    onTurn: () => undefined,
  })
  sender.begin()
  clock.pass(100)
  expect(asked).toBe(1)
  expect(sender.status().end).toMatchObject({ kind: 'impossible', error: { code: 'templateFailed' } })
})
