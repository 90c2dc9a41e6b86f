import type { FieldTerm } from './fieldTerms'
import type { PacketProblem } from './packetField'

export interface FlagParts {
  readonly field: string
  readonly term: FieldTerm
  readonly bit: number
  readonly problems?: readonly PacketProblem[]
}

/** One bit of a flag byte. */
export const bitOf = (flags: number, { bit, ...parts }: FlagParts) => {
  const value = (flags & bit) === 0 ? 0 : 1
  return { ...parts, value, text: value === 1 ? 'set (1)' : 'not set (0)' }
}

const qosNames = ['at most once', 'at least once', 'exactly once'] as const

/** MQTT 5 §4.3. */
export const qosText = (qos: number): string => `${qosNames[qos] ?? 'not allowed'} (${qos})`
