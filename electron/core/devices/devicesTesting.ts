import type { DeviceDefinition } from '#shared/model/device'
import type { MadeMessage } from '#shared/model/publish'
import { newProfile } from '#shared/model/profile'
import { ok } from '#shared/result'
import { createFakeClock } from '../senders/sendersTesting'
import { noEnvironment } from '../templates/templateEnvironment'
import { createDeviceGroup } from './deviceGroup'
import type { DeviceLinkParts } from './link/deviceLink'

/** The same numbers for the same seed. */
const seededRandom = (seed: number) => {
  let state = seed
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647
}

/** A definition that runs by a clock of the test, over links that keep what is sent. */
export const runDefinition = async (definition: DeviceDefinition, seed = 7) => {
  const clock = createFakeClock()
  const sent: (MadeMessage & { readonly atMs: number })[] = []
  const links: DeviceLinkParts[] = []
  const filters: string[] = []
  const group = await createDeviceGroup({
    definition,
    openLink: (parts) => {
      links.push(parts)
      return Promise.resolve(
        ok({
          subscribe: (filter) => {
            filters.push(filter)
            return Promise.resolve(null)
          },
          send: (message, answer) => {
            sent.push({ ...message, atMs: clock.now() })
            answer(ok({ sequence: 0, reasonCode: 0, protocolVersion: '5', milliseconds: 0 }))
            return null
          },
          close: () => Promise.resolve(),
          cut: () => parts.onEnded({ code: 'connectionClosed', message: 'cut' }),
        }),
      )
    },
    reconnect: newProfile({ id: 'a' }).reconnect,
    environment: noEnvironment,
    now: () => 1_700_000_000_000 + clock.now(),
    random: seededRandom(seed),
    clock,
    onChange: () => undefined,
  })
  if (!group.ok) throw new Error(group.error.message)
  await group.value.begin()
  return { group: group.value, clock, sent, links, filters }
}

export const textOf = ({ payload }: Pick<MadeMessage, 'payload'>): string => Buffer.from(payload).toString('utf8')
