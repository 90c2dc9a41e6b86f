import { once } from 'node:events'
import { connect } from 'node:net'
import { expect } from 'vitest'
import type { Profile } from '#shared/model/profile'
import type { RetainedEntry, RetainedFate, RetainedPage } from '#shared/model/retained'
import { largestPacketBytes } from '#shared/model/settings'
import { encodePublish } from '../../electron/core/broker/packets/publishPacket'
import { createRetainedManager } from '../../electron/core/retained/retainedManager'
import { waitFor } from '../support/waitFor'
import { publishTo, testProfile, type createStarter } from './sessionHarness'

/** A manager with one connection that is online; its clock can be ahead. */
export const startRetained = async (
  { startedHarness, onStop }: ReturnType<typeof createStarter>,
  { cancelWaitMs, ...given }: Partial<Profile> & { readonly cancelWaitMs?: number },
) => {
  const harness = startedHarness()
  const profile = testProfile(given)
  await harness.connect(profile)
  const clock = { ahead: 0 }
  const manager = createRetainedManager({
    connectedWith: (id) => harness.registry.get(id)?.online()?.settings ?? null,
    maximumPacketBytes: () => largestPacketBytes,
    now: () => Date.now() + clock.ahead,
    ...(cancelWaitMs === undefined ? {} : { cancelWaitMs }),
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
    await waitFor('the work', () => read().work?.stage === 'ended')
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
  /** The latest of each topic of the listing. */
  const fates = (): Record<string, RetainedFate> => {
    const { entries, changes } = read()
    return Object.fromEntries(changes.map(({ place, fate }) => [entries[place]?.topic ?? '?', fate]))
  }
  return { harness, profile, manager, clock, read, listed, worked, clear, undo, retain, fates }
}

/** Fills a broker with retained messages over a socket of its own, in one piece. */
export const fillWithRetained = async (profile: Profile, count: number) => {
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
