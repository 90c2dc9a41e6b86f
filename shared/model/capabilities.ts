import { z } from 'zod'
import { isWithinBytes } from './size'
import type { ProfileId } from './profile'

/** What of a server can be found out by trying, in the order in which it is tried. */
export const trialIds = [
  'maximumQos',
  'retain',
  'wildcard',
  'shared',
  'identifiers',
  'topicLength',
  'payloadLength',
  'session',
  'clientIdLength',
  'clientIdCharacters',
] as const
export type TrialId = (typeof trialIds)[number]

/** What lengths are tried up to, in bytes: a topic and a client ID have two bytes for theirs (MQTT 5 §1.5.4). */
export const trialLimits = { stringBytes: 65_535, payloadBytes: 2 ** 21 } as const

/** Topics of trials begin with it; it is a topic name itself. */
export const trialPrefixSchema = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => !/[+#\0]/.test(text) && !text.startsWith('$') && !text.endsWith('/'), 'topic')
  .refine(isWithinBytes(1_000), 'tooLong')

/**
 * What a trial found. `yes` = the server does it, `no` = it does not, or refuses it; `measured` = the largest value it took
 * (`value`), `atLeast` = it took the largest that was tried; `unclear` = nothing was found out.
 */
export type TrialFinding = 'yes' | 'no' | 'measured' | 'atLeast' | 'unclear'

/** Groups of characters of a client ID: which of them a server takes. */
export type CharacterGroup =
  | 'empty'
  | 'space'
  | 'slash'
  | 'wildcards'
  | 'dollar'
  | 'punctuation'
  | 'accents'
  | 'han'
  | 'emoji'

export interface TrialResult {
  readonly trial: TrialId
  /** Null = it waits, or is under way. */
  readonly finding: TrialFinding | null
  readonly isRunning: boolean
  /** Of `measured` and `atLeast`: a QoS, or bytes. */
  readonly value: number | null
  /** Of the characters of client IDs: which are taken, and which are not. */
  readonly taken: readonly CharacterGroup[]
  readonly refused: readonly CharacterGroup[]
  /** What the server or the system said against it; '' = nothing. Untrusted. */
  readonly words: string
  /** How often something was sent to find it out. */
  readonly tries: number
}

export interface CapabilityReport {
  readonly connectionId: ProfileId
  readonly phase: 'running' | 'ended' | 'cancelled'
  readonly prefix: string
  readonly results: readonly TrialResult[]
}
