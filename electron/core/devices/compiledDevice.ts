import type { DeviceCommand, DeviceDefinition, DeviceTelemetry } from '#shared/model/device'
import type { ComposedMessage } from '#shared/model/publish'
import { ok, type AppError, type Result } from '#shared/result'
import { compileAnswer, type AnswerTemplate } from '../responder/answerTemplate'
import { compileMessage, templateFailed, type MessageTemplate } from '../templates/messageTemplate'
import { compileTemplate } from '../templates/template'
import type { TemplateEnvironment } from '../templates/templateEnvironment'
import type { Template } from '../templates/templateValues'
import { variablesIn } from './deviceVariables'

/** A definition whose texts are read as templates. */
export interface CompiledDevice {
  readonly definition: DeviceDefinition
  readonly variables: readonly CompiledVariable[]
  readonly births: readonly MessageTemplate[]
  readonly telemetry: readonly CompiledTelemetry[]
  readonly commands: readonly CompiledCommand[]
  readonly will: MessageTemplate | null
  readonly deaths: readonly MessageTemplate[]
}

export interface CompiledVariable {
  readonly name: string
  readonly everyMs: number
  readonly start: Template
  /** Null = only commands change it. */
  readonly next: Template | null
}

export interface CompiledTelemetry extends Pick<
  DeviceTelemetry,
  'message' | 'everyMs' | 'afterMs' | 'jitter' | 'sent' | 'isOn'
> {
  readonly template: MessageTemplate
  /** Variables that it names. */
  readonly names: readonly string[]
}

export interface CompiledCommand extends Pick<DeviceCommand, 'reads' | 'birthsAgain'> {
  readonly filter: Template
  /** Null = each message is one. */
  readonly when: Template | null
  readonly sets: readonly { readonly variable: string; readonly value: Template }[]
  readonly answer: AnswerTemplate | null
}

export interface CompileParts {
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly environment: TemplateEnvironment
}

/** Fails as compiling templates does; `field` says in which part of the definition. */
export const compileDevice = async (
  definition: DeviceDefinition,
  parts: CompileParts,
): Promise<Result<CompiledDevice>> => {
  const { variables, births, telemetry, commands, will, deaths } = definition
  try {
    return ok({
      definition,
      variables: await each(variables, 'variables', async ({ name, everyMs, start, next }) => ({
        name,
        everyMs,
        start: await text(start, `${name} start`),
        next: await textOrNone(next, `${name} next`),
      })),
      births: await each(births, 'births', message),
      telemetry: await each(telemetry, 'telemetry', async (one) => ({
        ...one,
        template: await message(one.message),
        names: variablesIn(JSON.stringify(one.message)),
      })),
      commands: await each(commands, 'commands', (command) => compileCommand(command, parts)),
      will: (await each(will ? [will] : [], 'will', message))[0] ?? null,
      deaths: await each(deaths, 'deaths', message),
    })
  } catch (error) {
    if (!(error instanceof NotCompiled)) throw error
    return { ok: false, error: error.failure }
  }
}

const compileCommand = async (command: DeviceCommand, parts: CompileParts): Promise<CompiledCommand> => {
  const { reads, birthsAgain, filter, when, sets, answer } = command
  return {
    reads,
    birthsAgain,
    filter: await text(filter, 'filter'),
    when: await textOrNone(when, 'when'),
    sets: await Promise.all(
      sets.map(async ({ variable, value }, place) => ({ variable, value: await text(value, `set ${place}`) })),
    ),
    answer: answer && valueOf(await compileAnswer(answer, parts)),
  }
}

class NotCompiled extends Error {
  constructor(readonly failure: AppError) {
    super(failure.message)
  }
}

/** Says of what fails where in the definition it stands. */
const each = async <Item, Compiled>(
  items: readonly Item[],
  field: string,
  compile: (item: Item) => Promise<Compiled>,
): Promise<readonly Compiled[]> => {
  const compiled: Compiled[] = []
  for (const [place, item] of items.entries()) {
    try {
      compiled.push(await compile(item))
    } catch (error) {
      throw error instanceof NotCompiled ? new NotCompiled({ ...error.failure, field: `${field}.${place}` }) : error
    }
  }
  return compiled
}

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new NotCompiled(result.error)
  return result.value
}

const message = async (composed: ComposedMessage) => valueOf(await compileMessage({ ...composed, isTemplate: true }))

/** A text that is no message; `part` keeps the walks of two texts apart. */
const text = async (source: string, part: string): Promise<Template> => {
  const compiled = await compileTemplate(source, part)
  if (!compiled.ok) throw new NotCompiled(templateFailed('payload', compiled.problem).error)
  return compiled.template
}

const textOrNone = (source: string, part: string) => (source === '' ? Promise.resolve(null) : text(source, part))
