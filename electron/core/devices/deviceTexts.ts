import type { MadeMessage } from '#shared/model/publish'
import type { TemplateProblem } from '#shared/model/template'
import { ok, type Result } from '#shared/result'
import { templateFailed, type MessageTemplate } from '../templates/messageTemplate'
import type { TemplateEnvironment } from '../templates/templateEnvironment'
import { commonValues, type Template, type TemplateMemory, type TemplateValues } from '../templates/templateValues'
import type { DeviceVariables } from './deviceVariables'

export interface DeviceTextsParts {
  /** From 1. */
  readonly number: number
  readonly clientId: string
  readonly variables: DeviceVariables
  readonly environment: TemplateEnvironment
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly now: () => number
  /** From 0 to below 1. */
  readonly random: () => number
}

type Names = Readonly<Record<string, unknown>>

/** Fills in the templates of one device: each has walks and counters of its own. */
export interface DeviceTexts {
  /** What every template knows of the device, with further names. */
  names(more?: Names): Names
  /** The messages that a template has made are counted. Fails as rendering does. */
  message(template: MessageTemplate, more?: Names): Result<MadeMessage>
  text(template: Template, more?: Names): Result<string>
  memoryOf(template: object): TemplateMemory
  /** A message was sent. */
  noteSent(): void
  /** The next message is the first of a birth. */
  beginBirth(): void
  /** It connects for so many times already. */
  beginConnection(before: number): void
}

export const createDeviceTexts = (parts: DeviceTextsParts): DeviceTexts => {
  const { number, clientId, variables, environment, startedAt, now, random } = parts
  const common = commonValues({ startedAt, environment, random, latest: () => undefined })
  const memories = new Map<object, TemplateMemory>()
  const made = new Map<object, number>()
  let sequence = 0
  let connects = 0

  const memoryOf = (template: object): TemplateMemory => {
    const memory = memories.get(template) ?? new Map<string, number>()
    memories.set(template, memory)
    return memory
  }
  const names = (more: Names = {}): Names => ({
    state: variables.values(),
    client: clientId,
    sequence,
    connects,
    ...more,
  })
  const valuesFor = (template: object, more?: Names): TemplateValues => {
    const message = (made.get(template) ?? 0) + 1
    made.set(template, message)
    return { ...common, now: now(), device: number, message, row: {}, names: names(more) }
  }
  return {
    names,
    message: (template, more) => template.render(valuesFor(template, more), memoryOf(template)),
    text: (template, more) => {
      const rendered = template.render(valuesFor(template, more), memoryOf(template))
      return rendered.ok ? ok(rendered.text) : textFailed(rendered.problem)
    },
    memoryOf,
    noteSent: () => void (sequence += 1),
    beginBirth: () => void (sequence = 0),
    beginConnection: (before) => void (connects = before),
  }
}

const textFailed = (problem: TemplateProblem) => templateFailed('payload', problem)
