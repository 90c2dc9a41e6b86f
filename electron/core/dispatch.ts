import { commands, type Handlers } from '#shared/contract'
import { fail, type Result } from '#shared/result'
import { errorOfIssue } from '#shared/schemaIssue'
import { messageOf } from '#shared/text/messageOf'
import type { z } from 'zod'
import type { Log } from './log'

type AnyHandler = (input: unknown) => Promise<Result<unknown>> | Result<unknown>
export type Dispatch = (name: unknown, input: unknown) => Promise<Result<unknown>>

/**
 * Carries out a command by name: known, then parsed, then handled. Never throws and never rejects: `unknownCommand`,
 * `invalidInput` with the dotted path of the field to blame, or `internal` for what a handler threw, which is logged.
 */
export const createDispatch = (handlers: Handlers, log: Log): Dispatch => {
  const carryOut = async (name: keyof typeof commands, input: unknown): Promise<Result<unknown>> => {
    const parsed = commands[name].input.safeParse(input)
    if (!parsed.success) return invalidInput(parsed.error)
    // The cast holds because the command's schema has just parsed the input.
    return (handlers[name] as AnyHandler)(parsed.data)
  }
  return async (name, input) => {
    if (!isCommandName(name)) return fail('unknownCommand', 'There is no such command.')
    try {
      return await carryOut(name, input)
    } catch (error) {
      log.error(`${name} failed unexpectedly`, error)
      return fail('internal', messageOf(error))
    }
  }
}

const isCommandName = (name: unknown): name is keyof typeof commands =>
  typeof name === 'string' && Object.hasOwn(commands, name)

/** The first issue at its field; where a rule names the error it stands for, that one. */
const invalidInput = (error: z.ZodError) => {
  const [issue] = error.issues
  const field = issue?.path.map(String).join('.') ?? ''
  const { code, message, values } = (issue && errorOfIssue(issue)) ?? {
    code: 'invalidInput' as const,
    message: issue?.message ?? 'The input is not valid.',
  }
  return fail(code, message, { ...(field !== '' && { field }), ...(values && { values }) })
}
