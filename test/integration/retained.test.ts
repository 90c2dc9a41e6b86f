import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { fingerprintOf, type RetainedEntry, type RetainedPage } from '#shared/model/retained'
import { encodePublish } from '../../electron/core/broker/publishPacket'
import { createRetainedManager } from '../../electron/core/retained/retainedManager'
import type { Profile } from '#shared/model/profile'
import { largestPacketBytes } from '#shared/model/settings'
import { receiveRawWithMosquitto } from '../support/mosquittoClients'
import { waitFor } from '../support/waitFor'
import { createStarter, publishTo, testProfile } from './sessionHarness'

const { onStop, startedBroker, startedHarness } = createStarter()

const started = async (given: Partial<Profile> = {}) => {
  const broker = await startedBroker()
  const harness = startedHarness()
  const profile = testProfile({ port: broker.port(), ...given })
  await harness.connect(profile)
  const clock = { ahead: 0 }
  const manager = createRetainedManager({
    dialled: (id) => harness.registry.get(id)?.dialled() ?? null,
    maximumPacketBytes: () => largestPacketBytes,
    now: () => Date.now() + clock.ahead,
  })
  onStop(() => {
    manager.closeAll()
    return Promise.resolve()
  })
  const read = (from = 0): RetainedPage => {
    const page = manager.read({ connectionId: profile.id, from, changesFrom: 0 })
    if (!page.ok) throw new Error(page.error.message)
    return page.value
  }
  const listed = async (filter = '#') => {
    expect(manager.list(profile.id, filter)).toMatchObject({ ok: true })
    await waitFor('the listing', () => read().phase === 'listed')
    const entries: RetainedEntry[] = []
    while (entries.length < read().total) entries.push(...read(entries.length).entries)
    return entries
  }
  const worked = async () => {
    await waitFor('the work', () => read().work?.running === false)
    return read().work
  }
  const clear = async (places: readonly number[]) => {
    expect(manager.clear(profile.id, places)).toMatchObject({ ok: true })
    return worked()
  }
  const undo = async () => {
    expect(manager.undo(profile.id)).toMatchObject({ ok: true })
    return worked()
  }
  const retain = (topic: string, more: object = {}) =>
    harness.registry.publish(publishTo(profile, { topic, qos: 1, retain: true, ...more }))
  return { broker, harness, profile, manager, clock, read, listed, clear, undo, retain }
}

/** Fills a broker with retained messages over a socket of its own, in one piece. */
const fill = async (profile: Profile, count: number) => {
  const socket = connect(profile.port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(Buffer.from([0x10, 13, 0, 4, 77, 81, 84, 84, 4, 2, 0, 0, 0, 1, 0x66]))
  await once(socket, 'data')
  const packets = Array.from({ length: count }, (_, index) => {
    const request = publishTo(profile, { topic: `fill/${index % 100}/${index}`, retain: true })
    return encodePublish({ ...request, payload: Buffer.from(`value ${index}`) }, false).bytes
  })
  socket.write(Buffer.concat([...packets, Buffer.from([0xc0, 0])]))
  await once(socket, 'data')
  socket.destroy()
}

describe('retained messages', () => {
  it('are listed under a filter, and are cleared and put back as they were', async () => {
    const { broker, listed, clear, undo, retain, harness, profile } = await started()
    const properties = { contentType: 'text/plain', userProperties: [['a', 'b']] as [string, string][] }
    await retain('plant/one', { qos: 2, payload: Buffer.from('first'), properties })
    await retain('plant/two', { qos: 0, payload: Buffer.from([0, 255]) })
    await retain('other')
    const one = {
      ...{ topic: 'plant/one', size: 5, qos: 2, expirySeconds: null },
      fingerprint: fingerprintOf(Buffer.from('first')),
    }
    const entries = await listed('plant/#')
    expect(entries.toSorted((left, right) => left.topic.localeCompare(right.topic))).toEqual([
      one,
      expect.objectContaining({ topic: 'plant/two', size: 2, qos: 0, expirySeconds: null }),
    ])
    expect(await clear([0, 1])).toMatchObject({ done: 2, failed: 0 })
    expect(await listedTopics(listed)).toEqual(['other'])
    // A new listing has nothing to undo, so the first is made again.
    await retain('plant/one', { qos: 2, payload: Buffer.from('first'), properties })
    await listed('plant/#')
    await clear([0])
    expect(await undo()).toMatchObject({ kind: 'undo', done: 1, failed: 0, expired: 0 })
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
    expect(await undo()).toMatchObject({ done: 2, expired: 1, failed: 0 })
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
    'of ten thousand topics are listed, cleared and put back (MQTT %s)',
    async (protocolVersion) => {
      const { listed, clear, undo, profile } = await started({ protocolVersion })
      await fill(profile, 10_000)
      const at = [performance.now()]
      const entries = await listed()
      at.push(performance.now())
      const cleared = await clear(entries.map((_, place) => place))
      at.push(performance.now())
      const restored = await undo()
      at.push(performance.now())
      const [list, clearing, undoing] = at.slice(1).map((time, index) => Math.round(time - (at[index] ?? 0)))
      console.info(`10,000 retained messages: listed in ${list} ms, cleared in ${clearing} ms, undone in ${undoing} ms`)
      expect(entries).toHaveLength(10_000)
      expect(new Set(entries.map(({ qos }) => qos))).toEqual(new Set([0]))
      expect(cleared).toMatchObject({ done: 10_000, failed: 0 })
      expect(restored).toMatchObject({ done: 10_000, failed: 0, expired: 0 })
      expect(await listed()).toHaveLength(10_000)
    },
    30_000,
  )

  it('stop being cleared when it is cancelled', async () => {
    const { listed, manager, profile, read } = await started()
    await fill(profile, 2_000)
    const entries = await listed()
    manager.clear(
      profile.id,
      entries.map((_, place) => place),
    )
    manager.cancel(profile.id)
    await waitFor('the end', () => read().work?.running === false)
    const work = read().work
    expect(work).toMatchObject({ cancelled: true, failed: 0 })
    expect(await listed()).toHaveLength(2_000 - (work?.done ?? 0))
  })
})

const listedTopics = async (list: () => Promise<readonly RetainedEntry[]>) => (await list()).map(({ topic }) => topic)
