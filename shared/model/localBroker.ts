import { z } from 'zod'
import { utf8Length } from '../mqtt/topicFilter'
import { profileSchema } from './profile'

/** User name and password that the local broker asks of its clients. */
export const localBrokerAccessSchema = z.object({
  username: profileSchema.shape.username.min(1, 'required'),
  password: z
    .string()
    .min(1, 'required')
    .refine((password) => utf8Length(password) <= 65_535, 'tooLong'),
})

export type LocalBrokerAccess = z.infer<typeof localBrokerAccessSchema>

/** What the local broker refuses something for: the limit that was reached. */
export const localBrokerRefusals = [
  'clients',
  'packet',
  'retained',
  'subscriptions',
  'sessions',
  'receiveMaximum',
  'queue',
  'unread',
  'memory',
  'password',
] as const
export type LocalBrokerRefusal = (typeof localBrokerRefusals)[number]

/** Who is connected to the local broker. Texts are visible text of a bounded length. */
export interface LocalBrokerClient {
  readonly clientId: string
  readonly protocolVersion: '5' | '3.1.1' | '3.1'
  /** '' = none. */
  readonly username: string
}

/** Who uses the local broker, and what it refused. */
export interface LocalBrokerUse {
  /** In the order in which they came. */
  readonly clients: readonly LocalBrokerClient[]
  /** How often each limit refused something, since the broker was started. */
  readonly refused: Readonly<Partial<Record<LocalBrokerRefusal, number>>>
}

export const unusedLocalBroker: LocalBrokerUse = { clients: [], refused: {} }
