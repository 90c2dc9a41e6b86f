import type { Aedes, AedesPublishPacket, PublishPacket } from 'aedes'
import type { MadeMessage } from '#shared/model/publish'
import { newProfile } from '#shared/model/profile'
import { ok } from '#shared/result'
import { plantDevice } from '../../devices/delivered/plantDevice'
import { createDeviceGroup } from '../../devices/deviceGroup'
import type { OpenDeviceLink } from '../../devices/link/deviceLink'
import { noEnvironment } from '../../templates/templateEnvironment'

export interface SimulatedDevicesOptions {
  readonly aedes: Aedes
  /** Answers numbers in [0, 1); the same sequence makes the same values. */
  readonly random: () => number
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/**
 * Rooms and machines that publish about 12 messages a second until the answered function is called, without being clients of the
 * broker. Their retained states are there when this resolves.
 */
export const startSimulatedDevices = async ({
  aedes,
  random,
  now,
}: SimulatedDevicesOptions): Promise<() => Promise<void>> => {
  const group = await createDeviceGroup({
    definition: plantDevice,
    openLink: linksInside(aedes),
    reconnect: newProfile({ id: plantDevice.id }).reconnect,
    environment: noEnvironment,
    random,
    now,
    onChange: () => undefined,
  })
  if (!group.ok) throw new Error(group.error.message)
  await group.value.begin()
  return group.value.stop
}

/** Links that end in the broker itself. */
const linksInside =
  (aedes: Aedes): OpenDeviceLink =>
  ({ onMessage }) => {
    const filters: string[] = []
    const deliver = ({ topic, payload, properties }: AedesPublishPacket, done: () => void) => {
      const { responseTopic = null, correlationData = null } = properties ?? {}
      onMessage({ topic, payload: Buffer.from(payload), responseTopic, correlationData })
      done()
    }
    const end = () => {
      for (const filter of filters.splice(0)) aedes.unsubscribe(filter, deliver, () => undefined)
    }
    return Promise.resolve(
      ok({
        subscribe: (filter) => {
          filters.push(filter)
          return new Promise((resolve) => aedes.subscribe(filter, deliver, () => resolve(null)))
        },
        send: (message, answer) => {
          aedes.publish(toPacket(message), () =>
            answer(ok({ sequence: 0, reasonCode: 0, protocolVersion: '5', milliseconds: 0 })),
          )
          return null
        },
        close: () => {
          end()
          return Promise.resolve()
        },
        cut: end,
      }),
    )
  }

const toPacket = ({ topic, payload, qos, retain, properties }: MadeMessage): PublishPacket => {
  const { contentType, userProperties = [] } = properties
  return {
    cmd: 'publish',
    topic,
    payload: Buffer.from(payload),
    qos,
    retain,
    dup: false,
    properties: {
      ...(contentType !== undefined && { contentType }),
      ...(userProperties.length > 0 && { userProperties: Object.fromEntries(userProperties) }),
    },
  }
}
