import type { DeviceDefinition, DeviceKey, DeviceStatus, PreviewedDeviceMessage } from '#shared/model/device'
import type { ProfileId } from '#shared/model/profile'
import { fail, ok, type Result } from '#shared/result'
import type { OnlineSession } from '../broker/session/onlineSession'
import { computerClock } from '../senders/schedule/senderClock'
import { toldSoon } from '../senders/toldSoon'
import type { EntryListStore } from '../storage/entryListStore'
import type { TemplateEnvironment } from '../templates/templateEnvironment'
import { deliveredDevices } from './delivered/deliveredDevices'
import { createDeviceGroup, type DeviceGroup } from './deviceGroup'
import { previewDevice } from './devicePreview'
import { openClientLinks } from './link/clientLink'

export interface DeviceRegistryParts {
  readonly sessions: {
    readonly get: (id: ProfileId) => { online(): Pick<OnlineSession, 'settings'> | null } | undefined
  }
  readonly store: Pick<EntryListStore<DeviceDefinition>, 'current' | 'save'>
  /** The variables that templates of a connection have; devices keep those of their start. */
  readonly environmentOf: (id: ProfileId) => TemplateEnvironment
  /** Called with what devices do: when they are started and stopped, and between some times a second. */
  readonly onChange: (status: DeviceStatus) => void
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly maximumPacketBytes: () => number
  /** Gets a line for every control packet; null = that was not asked for. */
  readonly debug?: ((line: string) => void) | null
}

/** Definitions of devices, and those that run. They are clients of their own and go on whatever becomes of the session. */
export interface DeviceRegistry {
  /** All of the person's definitions. One that runs goes on as it was started. */
  save(definitions: readonly DeviceDefinition[]): Promise<Result<null>>
  /**
   * Starts a definition with the settings of a session that is online, in the place of what runs of it there. Fails with `notFound`,
   * `notConnected`, `sameClientIds`, and as compiling its templates does; then what runs goes on.
   */
  start(key: DeviceKey): Promise<Result<null>>
  /** Fails with `notFound` where it does not run. */
  stop(key: DeviceKey): Promise<Result<null>>
  stopAll(): Promise<void>
  /** Those that run, and what became of the others on connections that are there. */
  statuses(): readonly DeviceStatus[]
  /** What the first device would send at first. Fails as starting does. */
  preview(connectionId: ProfileId, definition: DeviceDefinition): Promise<Result<readonly PreviewedDeviceMessage[]>>
  sessionRemoved(id: ProfileId): void
  /** Stops all; resolves when their connections have ended. */
  close(): Promise<void>
}

interface Running {
  readonly key: DeviceKey
  readonly name: string
  readonly group: DeviceGroup
  isRunning: boolean
  readonly telling: ReturnType<typeof toldSoon>
}

export const createDeviceRegistry = (parts: DeviceRegistryParts): DeviceRegistry => {
  const { sessions, store, environmentOf, onChange, now } = parts
  const all = new Map<string, Running>()
  const turns = createTurns()

  const stopOne = async (running: Running) => {
    running.isRunning = false
    running.telling.stop()
    await running.group.stop()
    // Another one may have been started in its place meanwhile.
    if (all.get(keyText(running.key)) === running) onChange(statusOf(running))
  }
  /** False = it does not run. */
  const stopAt = async (place: string): Promise<boolean> => {
    const running = all.get(place)
    if (!running?.isRunning) return false
    await stopOne(running)
    return true
  }
  const stopAll = async () => {
    const places = new Set([...all.keys(), ...turns.waiting()])
    await Promise.all([...places].map((place) => turns.take(place, () => stopAt(place))))
  }
  const start = async (key: DeviceKey): Promise<Result<null>> => {
    const opened = await openGroup(parts, key, () => all.get(keyText(key))?.telling.soon())
    if (!opened.ok) return opened
    await stopAt(keyText(key))
    // The connection may have been forgotten meanwhile: nobody could stop them any more.
    if (!sessions.get(key.connectionId)) return notConnected
    const running: Running = {
      ...opened.value,
      key: { connectionId: key.connectionId, deviceId: key.deviceId },
      isRunning: true,
      telling: toldSoon(computerClock, () => onChange(statusOf(running))),
    }
    all.set(keyText(key), running)
    void running.group.begin()
    onChange(statusOf(running))
    return ok(null)
  }

  return {
    save: (definitions) => store.save(definitions),
    start: (key) => turns.take(keyText(key), () => start(key)),
    stop: async (key) => {
      const stopped = await turns.take(keyText(key), () => stopAt(keyText(key)))
      return stopped ? ok(null) : fail('notFound', 'These devices do not run.')
    },
    stopAll,
    statuses: () => [...all.values()].map(statusOf),
    preview: (connectionId, definition) =>
      previewDevice(definition, { environment: environmentOf(connectionId), startedAt: now() }),
    sessionRemoved: (id) => {
      for (const running of [...all.values()].filter(({ key }) => key.connectionId === id)) {
        all.delete(keyText(running.key))
        if (running.isRunning) void stopOne(running)
      }
    },
    close: stopAll,
  }
}

/** The devices of a definition, which have not begun yet. */
const openGroup = async (parts: DeviceRegistryParts, key: DeviceKey, onChange: () => void) => {
  const { sessions, store, environmentOf, now, maximumPacketBytes, debug = null } = parts
  const { connectionId, deviceId } = key
  const definition = [...deliveredDevices, ...store.current()].find(({ id }) => id === deviceId)
  if (!definition) return fail('notFound', 'There is no such device.')
  const madeWith = sessions.get(connectionId)?.online()?.settings
  if (!madeWith) return notConnected
  const group = await createDeviceGroup({
    definition,
    openLink: openClientLinks({ madeWith, maximumPacketSize: maximumPacketBytes, now, debug }),
    reconnect: madeWith.profile.reconnect,
    environment: environmentOf(connectionId),
    now,
    onChange,
  })
  return group.ok ? ok({ group: group.value, name: definition.name }) : group
}

const keyText = ({ connectionId, deviceId }: DeviceKey): string => `${connectionId} ${deviceId}`

const notConnected = fail('notConnected', 'Connect before devices are started.')

/** What starts and stops the same devices, one after the other in the order in which it was asked for. */
const createTurns = () => {
  const last = new Map<string, Promise<unknown>>()
  return {
    take: async <T>(place: string, act: () => Promise<T>): Promise<T> => {
      const turn = (last.get(place) ?? Promise.resolve()).then(act, act)
      last.set(place, turn)
      try {
        return await turn
      } finally {
        if (last.get(place) === turn) last.delete(place)
      }
    },
    /** Where something goes on. */
    waiting: () => last.keys(),
  }
}

const statusOf = ({ key, name, isRunning, group }: Running): DeviceStatus => ({
  ...key,
  name,
  isRunning,
  devices: group.states(),
})
