import { describe, expect, it } from 'vitest'
import type { ConnectionFailure } from '#shared/model/failure'
import type { PublishReceipt, PublishRequest } from '#shared/model/publish'
import type { SenderPlan, SenderStatus } from '#shared/model/sender'
import { fail, ok, type Result } from '#shared/result'
import { createLatestPayloads } from '../broker/inbox/latestPayloads'
import { createSenderRegistry, type SenderRegistry } from './senderRegistry'
import { startSender } from './sender'
import { createFakeClock, messageOf, planOf } from './sendersTesting'

type Answer = (result: Result<PublishReceipt>) => void
type Publish = (request: PublishRequest) => Promise<Result<PublishReceipt>>

const receipt = ok({ sequence: 1, reasonCode: 0, protocolVersion: '5', milliseconds: 1 } as const)
const refusal = fail('publishRefused', 'No.', { reasonCode: 0x87, values: { sequence: 1 } })
const turn = () => new Promise((resolve) => setImmediate(resolve))
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

/** Senders on a connection that answers as `publish` does; default: when it is told to. */
const open = (given?: Publish) => {
  const answers: Answer[] = []
  const requests: PublishRequest[] = []
  const told: SenderStatus[] = []
  const clock = createFakeClock()
  let isOnline = true
  const publish: Publish = given ?? (() => new Promise((resolve) => answers.push(resolve)))
  const registry = createSenderRegistry({
    clock,
    now: () => 0,
    sessions: {
      get: () => ({ online: () => isOnline, followLatest: createLatestPayloads().follow }),
      publish: (request) => {
        requests.push(request)
        return publish(request)
      },
    },
    payloadFiles: {
      read: (token) =>
        Promise.resolve(
          token === 't'
            ? ok({ file: { token, name: 'a.bin', size: 2, modifiedAt: 1 }, bytes: Buffer.from([1, 2]) })
            : fail('notFound', 'This file was not chosen.'),
        ),
    },
    onChange: (status) => told.push(status),
    onRemoved: () => undefined,
  })
  return {
    registry,
    clock,
    answers,
    requests,
    told,
    goOffline: () => (isOnline = false),
    start: (everyMs = 10) => startWith(registry, { pace: { kind: 'interval', everyMs } }),
    status: () => registry.statuses()[0],
  }
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
    await turn()
    expect(status()?.counts).toEqual({ sent: 5, acknowledged: 1, refused: 1, lost: 1, interrupted: 1, skipped: 0 })
    expect(status()).toMatchObject({ topic: 'a', qos: 1, pace: { everyMs: 10 }, end: null })
  })

  it('goes on after a refusal, and keeps the first one', async () => {
    let refused = 0
    const { clock, requests, start, status } = open(() =>
      Promise.resolve({ ok: false, error: { ...refusal.error, message: `No. ${++refused}` } }),
    )
    await start()
    clock.pass(50)
    await turn()
    expect(requests).toHaveLength(6)
    expect(status()).toMatchObject({ counts: { refused: 6 }, firstRefusal: { message: 'No. 1' }, end: null })
  })

  it('ends at what cannot be sent at all, and counts no such message', async () => {
    const { clock, requests, start, status } = open(() =>
      Promise.resolve(fail('retainNotSupported', 'No.', { field: 'retain' })),
    )
    await start()
    await turn()
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
    expect(status()?.counts).toMatchObject({ sent: 100, skipped: 51 })
    for (const answer of answers) answer(receipt)
    await turn()
    clock.pass(10)
    expect(status()?.counts).toMatchObject({ sent: 101, acknowledged: 100, skipped: 51 })
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
    await turn()
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
    const { registry, clock, told, start } = open(() => Promise.resolve(receipt))
    await start(1)
    expect(told).toHaveLength(1)
    for (let round = 0; round < 100; round++) {
      clock.pass(10)
      await turn()
    }
    registry.stop(key)
    expect(told.at(-1)).toMatchObject({ counts: { sent: 1_001, acknowledged: 1_001 }, end: { kind: 'stopped' } })
    expect(told.length).toBeLessThan(500)
  })
})

it('asks for no further message where the first could not be made', () => {
  const clock = createFakeClock()
  let asked = 0
  const sender = startSender({
    request: { connectionId: 'c', plan: planOf(), latest: {} },
    startedAt: 0,
    source: {
      topic: 'a',
      qos: 0,
      next: () => {
        asked += 1
        return fail('templateFailed', 'No.')
      },
      close: () => undefined,
    },
    publish: () => Promise.resolve(receipt),
    clock,
    onChange: () => undefined,
  })
  clock.pass(100)
  expect(asked).toBe(1)
  expect(sender.status().end).toMatchObject({ kind: 'impossible', error: { code: 'templateFailed' } })
})
