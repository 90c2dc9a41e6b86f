import type { TemplateProblem } from '#shared/model/template'
import type { TemplateEnvironment } from './templateEnvironment'

/** What a template may ask for while it is rendered. Times are milliseconds since 1970. */
export interface TemplateValues {
  readonly now: number
  /** When its sender started, from which waves are counted. */
  readonly startedAt: number
  /** Which message of its device it is: 1, 2, ... */
  readonly message: number
  /** Which device sends it: 1, 2, ... */
  readonly device: number
  /** Columns of the row of data that the message is made from; empty without data. */
  readonly row: Readonly<Record<string, unknown>>
  /** Further names that the template knows; default: none. */
  readonly names?: Readonly<Record<string, unknown>>
  /** Variables of the environment that is in use. */
  readonly environment: TemplateEnvironment
  /** The payload of a topic's last message as text, as far as it has come; undefined = none has. */
  readonly latest: (topic: string) => string | undefined
  /** From 0 to below 1. */
  readonly random: () => number
}

/** What walks and counters of one device remember from one message to the next, by the place where they stand. */
export type TemplateMemory = Map<string, number>

export type Rendered =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: TemplateProblem }

/** A text with places that are filled in anew for each message. */
export interface Template {
  /** Never throws. `memory` is that of the device, and changes. What is said of a problem has dots for secrets. */
  render(values: TemplateValues, memory: TemplateMemory): Rendered
}

export type CompiledTemplate =
  | { readonly ok: true; readonly template: Template }
  | { readonly ok: false; readonly problem: TemplateProblem }

type CommonValues = Pick<TemplateValues, 'startedAt' | 'environment' | 'latest' | 'random'>

/** What the messages of all devices have in common that begin at a time. */
export const commonValues = (given: Omit<CommonValues, 'random'> & Partial<CommonValues>): CommonValues => ({
  random: Math.random,
  ...given,
})
