import type { DeviceDefinition, PreviewedDeviceMessage } from '#shared/model/device'
import type { MadeMessage } from '#shared/model/publish'
import { newProfile } from '#shared/model/profile'
import { ok, type Result } from '#shared/result'
import { clientIdsOf } from '../senders/clients/ownClients'
import type { SenderClock } from '../senders/schedule/senderClock'
import { withDots, type TemplateEnvironment } from '../templates/templateEnvironment'
import { compileDevice } from './compiledDevice'
import { createDevice } from './device'
import type { OpenDeviceLink } from './link/deviceLink'

/** So many messages of a topic are shown. */
const shownOfTopic = 3
/** So far is looked ahead, and no more time is taken for it: the main process does nothing else meanwhile. */
const aheadMs = 60_000
const mostTakenMs = 200

/**
 * What the first device sends in its first minute, or the beginning of that: it runs as it would, by a clock that does not wait, over
 * a link that goes nowhere. With dots for secrets. Fails as compiling its templates does, and as the first that cannot be filled in.
 */
export const previewDevice = async (
  definition: DeviceDefinition,
  { environment, startedAt }: { readonly environment: TemplateEnvironment; readonly startedAt: number },
): Promise<Result<readonly PreviewedDeviceMessage[]>> => {
  const made = { startedAt, environment: withDots(environment) }
  const compiled = await compileDevice(definition, made)
  if (!compiled.ok) return compiled
  const clientIds = await clientIdsOf({ count: 1, clientId: definition.clientId }, made)
  if (!clientIds.ok) return clientIds
  const clock = createAheadClock()
  const record = createRecord(clock.now)
  const device = createDevice({
    ...made,
    compiled: compiled.value,
    number: 1,
    clientId: clientIds.value[0] ?? '',
    openLink: record.openLink,
    reconnect: newProfile({ id: 'preview' }).reconnect,
    clock,
    now: () => startedAt + clock.now(),
    random: Math.random,
    onChange: () => undefined,
  })
  await device.begin()
  record.enter('telemetry')
  const until = performance.now() + mostTakenMs
  while (performance.now() < until && !device.state().lastError && clock.passToNext(aheadMs)) continue
  record.enter('death')
  await device.stop()
  const { lastError } = device.state()
  return lastError ? { ok: false, error: lastError } : ok(record.shown())
}

/** Keeps what is sent over its link. */
const createRecord = (now: () => number) => {
  const shown: PreviewedDeviceMessage[] = []
  const counts = new Map<string, number>()
  let kind: PreviewedDeviceMessage['kind'] = 'birth'
  const keep = (message: MadeMessage, as = kind) => {
    const count = (counts.get(message.topic) ?? 0) + 1
    counts.set(message.topic, count)
    if (as !== 'telemetry' || count <= shownOfTopic) shown.push({ kind: as, atMs: now(), message })
  }
  const openLink: OpenDeviceLink = ({ will }) => {
    if (will) keep(will, 'will')
    return Promise.resolve(
      ok({
        subscribe: () => Promise.resolve(null),
        send: (message, answer) => {
          keep(message)
          answer(ok({ sequence: 0, reasonCode: 0, protocolVersion: '5', milliseconds: 0 }))
          return null
        },
        close: () => Promise.resolve(),
        cut: () => undefined,
      }),
    )
  }
  return { openLink, enter: (next: PreviewedDeviceMessage['kind']) => void (kind = next), shown: () => shown }
}

/** Time that passes as fast as it can. */
const createAheadClock = () => {
  let time = 0
  const timers = new Set<{ readonly at: number; readonly act: () => void }>()
  const clock: SenderClock = {
    now: () => time,
    after: (milliseconds, act) => {
      const timer = { at: time + milliseconds, act }
      timers.add(timer)
      return () => timers.delete(timer)
    },
  }
  return {
    ...clock,
    /** False = nothing is due up to that time. */
    passToNext: (until: number): boolean => {
      const [next] = [...timers].toSorted((one, other) => one.at - other.at)
      if (!next || next.at > until) return false
      timers.delete(next)
      time = next.at
      next.act()
      return true
    },
  }
}
