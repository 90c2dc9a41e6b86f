import { describe, expect, it } from 'vitest'
import { fingerprintOf, type RetainedEntry } from '#shared/model/retained'
import type { Profile } from '#shared/model/profile'
import { receiveRawWithMosquitto } from '../support/mosquittoClients'
import { fillWithRetained, startRetained } from './retainedHarness'
import { createStarter } from './sessionHarness'

const starter = createStarter()

const started = async (given: Partial<Profile> = {}) => {
  const broker = await starter.startedBroker()
  return { broker, ...(await startRetained(starter, { port: broker.port(), ...given })) }
}

describe('retained messages', () => {
  it('are listed under a filter, and are cleared and put back as they were', async () => {
    const { broker, listed, clear, undo, retain, harness, profile } = await started()
    const properties = { contentType: 'text/plain', userProperties: [['a', 'b']] as [string, string][] }
    await retain('plant/one', { qos: 2, payload: Buffer.from('first'), properties })
    await retain('plant/two', { qos: 0, payload: Buffer.from([0, 255]) })
    await retain('other')
    const one = {
      topic: 'plant/one',
      size: 5,
      qos: 2,
      expirySeconds: null,
      receivedAt: expect.any(Number) as number,
      fingerprint: fingerprintOf(Buffer.from('first')),
      preview: new Uint8Array(Buffer.from('first')),
      discovery: null,
    }
    const entries = await listed('plant/#')
    expect(entries.toSorted((left, right) => left.topic.localeCompare(right.topic))).toEqual([
      one,
      expect.objectContaining({ topic: 'plant/two', size: 2, qos: 0, expirySeconds: null }),
    ])
    expect(await clear([0, 1])).toMatchObject({ done: 2, counts: { cleared: 2 } })
    expect(await listedTopics(listed)).toEqual(['other'])
    // Undo takes back what was cleared last, so the first is made again.
    await retain('plant/one', { qos: 2, payload: Buffer.from('first'), properties })
    await listed('plant/#')
    await clear([0])
    expect(await undo()).toMatchObject({ kind: 'undo', done: 1, counts: { restored: 1 } })
    expect((await receiveRawWithMosquitto({ port: broker.port(), filters: ['plant/one'] })).toString()).toBe('first')
    expect(await listed('plant/#')).toEqual([one])
    expect(harness.stateOf(profile).phase).toBe('online')
  })

  it('that expired meanwhile are not put back', async () => {
    const { listed, clear, undo, retain, clock, read } = await started()
    await retain('soon', { properties: { messageExpirySeconds: 60 } })
    await retain('never')
    await listed()
    await clear([0, 1])
    expect(read().undoable).toBe(2)
    clock.ahead = 120_000
    expect(await undo()).toMatchObject({ done: 2, counts: { expired: 1, restored: 1 } })
    expect(read().undoable).toBe(0)
    expect(await listedTopics(listed)).toEqual(['never'])
  })

  it('need a connection, and one that is refused says so', async () => {
    const { manager, profile, harness } = await started()
    await harness.registry.disconnect(profile.id)
    expect(manager.list(profile.id, '#')).toMatchObject({ ok: false, error: { code: 'notConnected' } })
    expect(manager.undo(profile.id)).toMatchObject({ ok: false, error: { code: 'notFound' } })
  })

  it.each(['5', '3.1.1'] as const)(
    'of three thousand topics are listed, cleared and put back (MQTT %s)',
    async (protocolVersion) => {
      const { listed, clear, undo, profile } = await started({ protocolVersion })
      await fillWithRetained(profile, 3_000)
      const entries = await listed()
      const cleared = await clear(entries.map((_, place) => place))
      const restored = await undo()
      expect(entries).toHaveLength(3_000)
      expect(new Set(entries.map(({ qos }) => qos))).toEqual(new Set([0]))
      expect(cleared).toMatchObject({ done: 3_000, counts: { cleared: 3_000 } })
      expect(restored).toMatchObject({ done: 3_000, counts: { restored: 3_000 } })
      expect(await listed()).toHaveLength(3_000)
    },
  )

  it('stop being cleared when it is cancelled', async () => {
    const { listed, manager, profile, worked } = await started()
    await fillWithRetained(profile, 2_000)
    const entries = await listed()
    manager.clear(
      profile.id,
      entries.map((_, place) => place),
    )
    manager.cancel(profile.id)
    const work = await worked()
    expect(work).toMatchObject({ cancelled: true })
    expect(await listed()).toHaveLength(2_000 - (work?.counts.cleared ?? 0))
  })
})

const listedTopics = async (list: () => Promise<readonly RetainedEntry[]>) => (await list()).map(({ topic }) => topic)
