import type { UserProperties } from '#shared/model/fieldSchemas'
import type { Profile } from '#shared/model/profile'
import type { Qos } from '#shared/model/qos'
import { noWill, willSchema } from '#shared/model/will'
import { topicNameProblem } from '#shared/mqtt/topicFilter'
import type { z } from 'zod'
import { connectPropertiesSchema } from '#shared/model/connectFields'
import { isSecretName } from './fields'
import type { Dropped, ForeignConnection } from './foreignConnection'

export const qosOf = (value: number | undefined): Qos => (value === 1 || value === 2 ? value : 0)

/** What CONNECT says of MQTT 5; what no server could be told is named, and the default stands in its place. */
export const connectPropertiesOf = (
  { connectProperties }: ForeignConnection,
  dropped: Dropped[],
): Profile['connectProperties'] =>
  soundFields(connectPropertiesSchema, { given: connectProperties ?? {}, start: connectPropertiesSchema.parse({}) }, [
    dropped,
    'connectProperties',
  ])

export const willOf = ({ will }: ForeignConnection, dropped: Dropped[]): Profile['will'] => {
  if (!will || will.topic === '') return noWill
  const isSound = topicNameProblem(will.topic) === null
  if (!isSound) dropped.push({ field: 'will.topic', why: 'invalid' })
  const { properties = {}, ...plain } = will
  const start = { ...noWill, ...plain, enabled: isSound, qos: qosOf(will.qos), retain: will.retain ?? false }
  return soundFields(willSchema, { given: properties, start }, [dropped, 'will'])
}

interface GivenFields<Value> {
  readonly given: Readonly<Partial<Record<keyof Value, unknown>>>
  readonly start: Value
}

/** Each field by itself, so that one that is wrong takes none of the others with it. */
const soundFields = <Value extends object>(
  schema: z.ZodType<Value>,
  { given, start }: GivenFields<Value>,
  [dropped, at]: readonly [Dropped[], string],
): Value => {
  let sound = start
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue
    const plain = name === 'userProperties' ? withoutSecrets(value, [dropped, at]) : value
    const next = schema.safeParse({ ...sound, [name]: plain })
    if (next.success) sound = next.data
    else if (next.error.issues.some(({ path }) => path[0] === name))
      dropped.push({ field: `${at}.${name}`, why: 'invalid' })
    // What else is wrong of it is found where the whole profile is looked at.
    else sound = { ...sound, [name]: plain }
  }
  return sound
}

/** A token that a server takes out of a user property would stand readable in the profile. */
const withoutSecrets = (value: unknown, [dropped, at]: readonly [Dropped[], string]): unknown =>
  (value as UserProperties).filter(([name]) => {
    if (!isSecretName(name)) return true
    dropped.push({ field: `${at}.userProperties.${name.slice(0, 100)}`, why: 'secret' })
    return false
  })
