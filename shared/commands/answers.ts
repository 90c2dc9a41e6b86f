import { z } from 'zod'
import { profileIdSchema } from '../model/profile'

/** What the window may ask of the main process: the schema that its input must pass, and the type of the answer. */
export interface Command<Input extends z.ZodType, Output> {
  readonly input: Input
  /** Exists for the type only. */
  readonly output?: Output
}
export const answers =
  <Output>() =>
  <Input extends z.ZodType>(input: Input): Command<Input, Output> => ({ input })
export const nothing = z.undefined()
export const byConnection = z.object({ connectionId: profileIdSchema })
export const byMessage = byConnection.extend({ sequence: z.number().int().min(1) })
