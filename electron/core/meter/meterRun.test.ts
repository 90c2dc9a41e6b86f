import { describe, expect, it } from 'vitest'
import type { MeterStatus } from '#shared/model/meter'
import { fail, ok } from '#shared/result'
import type { HeldFilter } from '../broker/subscriptions/ownFilters'
import type { SenderMeasure } from '../senders/clients/senderRoute'
import { createFakeClock, messageOf, planOf } from '../senders/sendersTesting'
import { createMeterRun } from './meterRun'

const lateAfterMs = 1_000

/** A run that sends nothing by itself: a test says when messages go out and when all have gone. */
const begun = async ({ refusal = null }: { readonly refusal?: ReturnType<typeof fail> | null } = {}) => {
  const clock = createFakeClock()
  const seen: MeterStatus[] = []
  let measure: SenderMeasure | null = null
  let stops = 0
  let isHeld = true
  const held: HeldFilter = {
    granted: Promise.resolve(refusal && refusal.error),
    state: () => ({ phase: 'granted', qos: 1, since: 0 }),
    release: () => (isHeld = false),
  }
  const run = createMeterRun({
    request: {
      meterId: 'm',
      stamp: { carrier: 'payload', name: 'stamp' },
      send: { connectionId: 'c', plan: planOf(), latest: {} },
      receive: { connectionId: 'c', filter: 'a' },
      lateAfterMs,
    },
    run: '00000001',
    session: { holdFilter: () => held, listenToAll: () => () => undefined },
    clock,
    clockOrigin: 0,
    now: clock.now,
    isOwn: () => true,
    startSender: (given) => {
      measure = given
      return Promise.resolve(ok(null))
    },
    stopSender: () => {
      stops += 1
      measure?.onAllSent({ kind: 'stopped' })
    },
    planned: () => null,
    onChange: () => seen.push(run.status()),
  })
  run.begin()
  await held.granted
  const send = () => {
    const clients = { clientsOnline: () => null, clientsLost: () => 0 }
    const sender = { open: () => Promise.resolve(null), isOnline: () => true, ...clients }
    const route = measure?.routeOver({ ...sender, close: () => undefined, send: () => null })
    const { topic, qos, retain } = messageOf()
    route?.send(0, { topic, qos, retain, payload: new Uint8Array(), properties: {} }, () => undefined)
  }
  return {
    run,
    clock,
    seen,
    send,
    allSent: (...why: Parameters<SenderMeasure['onAllSent']>) => measure?.onAllSent(...why),
    phase: () => run.status().phase,
    stops: () => stops,
    isHeld: () => isHeld,
  }
}

describe('a meter', () => {
  it('waits for what is late after all is sent, and lets go of its filter then', async () => {
    const { clock, send, allSent, phase, run, isHeld } = await begun()
    send()
    allSent(null)
    expect(phase()).toEqual({ kind: 'settling' })
    clock.pass(lateAfterMs)
    expect([phase().kind, isHeld()]).toEqual(['settling', true])
    clock.pass(lateAfterMs)
    expect([phase(), isHeld()]).toEqual([{ kind: 'finished', why: 'complete' }, false])
    expect(run.status()).toMatchObject({
      counts: { sent: 1, lost: 1, waiting: 0 },
      endedAt: expect.any(Number) as number,
    })
  })

  it('is not over while the receiver is away, and ends with it', async () => {
    const { clock, send, allSent, phase, run } = await begun()
    send()
    run.receiverChanged('away')
    allSent(null)
    clock.pass(20 * lateAfterMs)
    expect(phase().kind).toBe('settling')
    run.receiverChanged('online')
    clock.pass(lateAfterMs)
    expect(phase().kind).toBe('settling')
    run.receiverChanged('ended')
    expect(phase()).toEqual({ kind: 'finished', why: 'connectionEnded' })
  })

  it('is not over at the first look after this computer stood still', async () => {
    const { clock, allSent, phase } = await begun()
    allSent(null)
    clock.pass(300, () => 60_000)
    expect(phase().kind).toBe('settling')
  })

  it('waits once it is stopped, and is over when it is stopped again', async () => {
    const { run, phase, stops } = await begun()
    run.stop()
    expect([phase().kind, stops()]).toEqual(['settling', 1])
    run.stop()
    expect(phase()).toEqual({ kind: 'finished', why: 'stopped' })
  })

  it('fails where its filter is refused', async () => {
    const { phase } = await begun({ refusal: fail('subscribeRefused', 'No.') })
    expect(phase()).toMatchObject({ kind: 'failed', error: { code: 'subscribeRefused' } })
  })

  it('fails where nothing can be sent, and says how the connection of the sender ended', async () => {
    const impossible = await begun()
    const { error } = fail('stampNeedsObject', 'No object.')
    impossible.allSent({ kind: 'impossible', error })
    expect(impossible.phase()).toEqual({ kind: 'failed', error })
    const cut = await begun()
    cut.allSent({ kind: 'connectionEnded', error: null })
    cut.clock.pass(3 * lateAfterMs)
    expect(cut.phase()).toEqual({ kind: 'finished', why: 'connectionEnded' })
  })
})
