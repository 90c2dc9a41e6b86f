import { z } from 'zod'
import type { AppError } from '#shared/result'
import { bytesSchema } from './bytes'
import { profileIdSchema } from './profile'
import { publishRequestSchema, type MadeMessage } from './publish'
import { topicNameSchema } from './publishRules'
import { qosSchema } from './qos'

export const scriptLimits = {
  scripts: 500,
  /** UTF-16 units. */
  text: 2 ** 18,
  /** Messages a second, of one run. */
  perSecond: { least: 1, most: 10_000, first: 100 },
  /** Calls of one try. */
  calls: { least: 1, most: 1_000 },
  /** Milliseconds of one call. */
  callMs: 1_000,
  /** Bytes of the engine with all that a script holds. */
  memoryBytes: 64 * 2 ** 20,
  /** Messages that one call may make. */
  outputs: 1_000,
  /** Bytes of payloads that one call may make. */
  outputBytes: 16 * 2 ** 20,
  /** Lines that one call may write, and characters of a line. */
  lines: 100,
  lineLength: 2_000,
  /** Bytes of the payload that a script is called with. */
  inputBytes: 2 ** 20,
  /** Scripts that run at a time: each has a thread of its own. */
  runs: 20,
} as const

/** A function in JavaScript that gets a message and answers messages; `onMessage` is its name. */
export const scriptSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().max(200),
  text: z.string().max(scriptLimits.text),
  /** Where it answers, it is called for messages under this filter. It may be unfinished while the script does not run. */
  filter: z.string().max(65_535),
  /** Messages beyond so many a second are counted and not sent. */
  perSecond: z.number().int().min(scriptLimits.perSecond.least).max(scriptLimits.perSecond.most),
})
export type Script = z.infer<typeof scriptSchema>

/** What a script is called with. */
const scriptInputSchema = z.object({
  topic: topicNameSchema,
  payload: bytesSchema,
  qos: qosSchema,
  retain: z.boolean(),
  properties: publishRequestSchema.shape.properties,
})
export type ScriptInput = z.infer<typeof scriptInputSchema>

/** `calls`: it is called so often in turn with the same message, as `n` from 1. */
export const scriptTrySchema = z.object({
  text: scriptSchema.shape.text,
  input: scriptInputSchema,
  connectionId: z.string(),
  calls: z.number().int().min(scriptLimits.calls.least).max(scriptLimits.calls.most),
})
export type ScriptTry = z.infer<typeof scriptTrySchema>

/** What a script made; nothing of it was sent. */
export interface ScriptTried {
  /** Up to the first call that failed. */
  readonly outputs: readonly MadeMessage[]
  /** What it wrote by `console.log`, the first lines. */
  readonly lines: readonly string[]
  /** Why a call failed; null = none did. */
  readonly error: AppError | null
  /** How long all calls took. */
  readonly milliseconds: number
}

export const scriptKeySchema = z.object({ connectionId: profileIdSchema, scriptId: z.string().min(1).max(64) })
export type ScriptKey = z.infer<typeof scriptKeySchema>

/** `waiting`: it runs, and the broker has not granted its filter yet. `stopped`: by itself, because of its error. */
type ScriptPhase = 'off' | 'waiting' | 'on' | 'refused' | 'stopped'

interface ScriptCounts {
  /** Messages under its filter. */
  readonly heard: number
  /** Messages it made that were given to the connection. */
  readonly sent: number
  /** More than its messages a second, or more than it could take. */
  readonly limited: number
  /** Calls that failed, and messages that could not be sent. */
  readonly failed: number
}

/** What a script does on a connection since it was started. */
export interface ScriptStatus extends ScriptKey {
  readonly phase: ScriptPhase
  readonly counts: ScriptCounts
  /** The last that failed; null = all is well. */
  readonly error: AppError | null
  /** The last lines it wrote by `console.log`. */
  readonly lines: readonly string[]
  /** It was changed since it was started, and runs as it was then. */
  readonly isChanged: boolean
}

/** Why a script failed. */
export type ScriptProblem =
  | 'syntax'
  | 'noFunction'
  | 'thrown'
  | 'tooLong'
  | 'memory'
  | 'stack'
  | 'neverResolves'
  | 'badOutput'
  | 'tooManyOutputs'
  | 'tooMuchOutput'
  | 'inputTooLarge'
  | 'answersItself'
  | 'loop'
  | 'nothingMade'
