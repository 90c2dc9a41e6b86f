import { describe, expect, it } from 'vitest'
import type { ReplayPlan, ReplayStatus } from '#shared/model/recordings'
import type { RecordedMessage } from '#shared/recording/recordedMessage'
import { createFakeClock } from '../../senders/sendersTesting'
import type { Answer, SenderRoute } from '../../senders/clients/senderRoute'
import type { MessageSource } from '../messageSource'
import { createReplay } from './replay'

const recorded = (at: number | null, given: Partial<RecordedMessage> = {}): RecordedMessage => ({
  time: at === null ? null : BigInt(Math.round(at * 1_000)) * 1_000n,
  topic: `t/${at}`,
  payload: new Uint8Array([1]),
  qos: 1,
  retain: false,
  dup: false,
  direction: null,
  connection: null,
  packetId: null,
  properties: {},
  ...given,
})

const sourceOf = (messages: readonly RecordedMessage[]): MessageSource => ({
  summary: { messages: messages.length, from: null, to: null },
  async *read() {
    await Promise.resolve()
    for (let at = 0; at < messages.length; at += 2) yield messages.slice(at, at + 2)
  },
  close: () => Promise.resolve(),
})

const plan: ReplayPlan = {
  sourceId: 's',
  connectionId: 'c',
  pace: { kind: 'recorded', factor: 1 },
  from: null,
  to: null,
  include: [],
  exclude: [],
  rewrites: [],
  prefix: '',
  direction: 'all',
  withoutEchoes: true,
  qos: null,
  retain: null,
  keepsProperties: true,
}

/** Reading goes on in turns of its own. */
const turns = async () => {
  for (let turn = 0; turn < 1_000; turn++) await Promise.resolve()
}

const started = async (messages: readonly RecordedMessage[], given: Partial<ReplayPlan> = {}) => {
  const clock = createFakeClock()
  const sent: { readonly topic: string; readonly at: number }[] = []
  const answers: Answer[] = []
  const statuses: ReplayStatus[] = []
  const route: SenderRoute = {
    open: () => Promise.resolve(null),
    isOnline: () => true,
    send: (_device, { topic }, answer) => {
      sent.push({ topic, at: clock.now() })
      answers.push(answer)
      return null
    },
    clientsOnline: () => null,
    clientsLost: () => 0,
    close: () => undefined,
  }
  const replay = createReplay({
    plan: { ...plan, ...given },
    sourceName: 'night',
    source: sourceOf(messages),
    route,
    takesProperties: true,
    clock,
    onChange: (status) => statuses.push(status),
  })
  await turns()
  return {
    clock,
    sent,
    replay,
    statuses,
    times: () => sent.map(({ at }) => at),
    answerAll: () =>
      answers
        .splice(0)
        .forEach((answer) =>
          answer({ ok: true, value: { sequence: 1, reasonCode: 0, protocolVersion: '5', milliseconds: 1 } }),
        ),
  }
}

describe('a replay at the recorded times', () => {
  const messages = [1_000, 1_010, 1_010.5, 1_200].map((at) => recorded(at))

  it.each([
    [1, [0, 10, 10.5, 200]],
    [2, [0, 5, 5.25, 100]],
    [0.5, [0, 20, 21, 400]],
  ] as const)('sends each at its time, %s times as fast', async (factor, times) => {
    const {
      clock,
      times: sentAt,
      answerAll,
      statuses,
    } = await started(messages, {
      pace: { kind: 'recorded', factor },
    })
    clock.pass(1_000)
    expect(sentAt()).toEqual(times)
    answerAll()
    expect(statuses.at(-1)).toMatchObject({
      phase: 'finished',
      sent: 4,
      acknowledged: 4,
      driftMs: { mean: 0, most: 0 },
    })
  })

  it('says by how much it was late, and does not lag behind after that', async () => {
    const many = Array.from({ length: 100 }, (_, at) => recorded(at))
    const { clock, times, answerAll, statuses } = await started(many)
    clock.pass(500, () => 3)
    expect(times()).toHaveLength(100)
    expect(times().at(-1)).toBeLessThanOrEqual(105)
    answerAll()
    const { mean, most } = statuses.at(-1)?.driftMs ?? { mean: 0, most: 0 }
    expect(most).toBe(3)
    expect(mean).toBeGreaterThan(0)
    expect(mean).toBeLessThan(3)
  })

  it('times that go back, and messages without one, wait for nothing', async () => {
    const { clock, times } = await started([recorded(100), recorded(50), recorded(null), recorded(130)])
    clock.pass(100)
    expect(times()).toEqual([0, 0, 0, 30])
  })

  it('a pause is no time of the recording', async () => {
    const { clock, times, replay } = await started([recorded(0), recorded(10), recorded(30), recorded(40)])
    clock.pass(15)
    replay.pause()
    clock.pass(1_000)
    replay.resume()
    clock.pass(100)
    // What was due next goes out at once, and the rest at its distance.
    expect(times()).toEqual([0, 10, 1_015, 1_025])
  })
})

describe('a replay at another pace', () => {
  it('step by step: one, and one more each time it is asked for', async () => {
    const { clock, sent, replay } = await started([recorded(0), recorded(5_000), recorded(9_000)], {
      pace: { kind: 'step' },
    })
    clock.pass(10)
    expect(sent).toHaveLength(1)
    replay.step()
    clock.pass(10)
    expect(sent).toHaveLength(2)
    expect(replay.status()).toMatchObject({ phase: 'paused', read: 2 })
  })

  it('as fast as it is acknowledged: no more than a thousand wait for their answers', async () => {
    const many = Array.from({ length: 1_500 }, (_, at) => recorded(at * 1_000))
    const { clock, sent, answerAll, replay } = await started(many, { pace: { kind: 'fast' } })
    for (let round = 0; round < 20; round++) {
      clock.pass(1)
      await turns()
    }
    expect(sent).toHaveLength(1_000)
    answerAll()
    for (let round = 0; round < 20; round++) {
      clock.pass(1)
      await turns()
    }
    expect(sent).toHaveLength(1_500)
    answerAll()
    expect(replay.status()).toMatchObject({ phase: 'finished', acknowledged: 1_500 })
  })

  it('what cannot be sent is counted with the first reason, and the others go out', async () => {
    const { clock, sent, answerAll, replay } = await started([recorded(0), recorded(1)], {
      rewrites: [{ filter: 't/0', topic: '' }],
      pace: { kind: 'fast' },
    })
    clock.pass(1)
    answerAll()
    expect(sent.map(({ topic }) => topic)).toEqual(['t/1'])
    expect(replay.status()).toMatchObject({
      phase: 'finished',
      unsendable: 1,
      firstProblem: { code: 'topicInvalid' },
    })
  })
})
