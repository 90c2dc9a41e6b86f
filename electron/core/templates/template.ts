import { LiquidError, type Liquid } from 'liquidjs'
import { loadFakerFields, type FakerFields } from './fakerFields'
import { createTemplateEngine, longestRendered, scopeFor } from './templateEngine'
import { TemplateFault } from './templateFault'
import type { TemplateMemory, TemplateProblem, TemplateValues } from './templateValues'

export type Rendered =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: TemplateProblem }

/** A text with places that are filled in anew for each message. */
export interface Template {
  /** Never throws. `memory` is that of the device, and changes. */
  render(values: TemplateValues, memory: TemplateMemory): Rendered
}

export type CompiledTemplate =
  | { readonly ok: true; readonly template: Template }
  | { readonly ok: false; readonly problem: TemplateProblem }

let engine: Liquid | null = null
let faker: FakerFields | null = null

/**
 * Reads a template in Liquid; `part` names the text of the message it is. A text without `{{` and `{%` renders to itself.
 * What is written in it may come from anyone: it reads no files, runs no code, and ends when it takes too long.
 */
export const compileTemplate = async (text: string, part: string): Promise<CompiledTemplate> => {
  if (!isTemplate(text)) return { ok: true, template: { render: () => ({ ok: true, text }) } }
  engine ??= createTemplateEngine()
  if (/\bfaker\b/.test(text)) faker ??= await loadFakerFields()
  try {
    return { ok: true, template: templateOf(engine, { parts: engine.parse(text), text, part }) }
  } catch (error) {
    return { ok: false, problem: problemOf(error, text) }
  }
}

const templateOf = (
  liquid: Liquid,
  { parts, text, part }: { parts: ReturnType<Liquid['parse']>; text: string; part: string },
): Template => ({
  render: (values, memory) => {
    try {
      const rendered = String(liquid.renderSync(parts, scopeFor({ values, memory, part, faker })))
      if (rendered.length > longestRendered) throw new TemplateFault('tooLong', String(longestRendered), 0)
      return { ok: true, text: rendered }
    } catch (error) {
      return { ok: false, problem: problemOf(error, text) }
    }
  },
})

export const isTemplate = (text: string): boolean => text.includes('{{') || text.includes('{%')

const problemOf = (error: unknown, text: string): TemplateProblem => {
  const cause = LiquidError.is(error) ? (error.originalError ?? error) : error
  if (cause instanceof TemplateFault)
    return { code: cause.code, detail: cause.detail, ...placeAt(text, cause.position) }
  const begin = LiquidError.is(error) ? error.token.begin : 0
  const message = cause instanceof Error ? (cause.message.split(', line:')[0] ?? '') : String(cause)
  const unknown = /^undefined (filter|variable): (.*)$/s.exec(message)
  if (unknown?.[1] === 'variable') return { code: 'unknownVariable', detail: unknown[2] ?? '', ...placeAt(text, begin) }
  if (unknown)
    return {
      code: 'unknownFilter',
      detail: unknown[2] ?? '',
      ...placeAt(text, filterAt(text, begin, unknown[2] ?? '')),
    }
  const tag = /^tag "(.*)" not found$/s.exec(message)
  if (tag) return { code: 'unknownTag', detail: tag[1] ?? '', ...placeAt(text, begin) }
  if (message.endsWith('limit exceeded') || cause instanceof RangeError)
    return { code: 'tooMuchWork', detail: '', ...placeAt(text, begin) }
  return { code: 'syntax', detail: message, ...placeAt(text, begin) }
}

/** The library blames the whole output for a filter that it does not know. */
const filterAt = (text: string, from: number, name: string): number => {
  for (let bar = text.indexOf('|', from); bar >= 0; bar = text.indexOf('|', bar + 1)) {
    const after = text.slice(bar + 1)
    const spaces = after.length - after.trimStart().length
    if (after.startsWith(name, spaces)) return bar + 1 + spaces
  }
  return from
}

const placeAt = (text: string, position: number) => {
  const before = text.slice(0, position).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
