import { LiquidError, type Liquid } from 'liquidjs'
import { loadFakerFields, type FakerFields } from './fakerFields'
import { createTemplateEngine, longestRendered, scopeFor } from './templateEngine'
import type { CompiledTemplate, Template } from './templateValues'
import { TemplateFault } from './templateFault'
import type { TemplateProblem } from '#shared/model/template'
import { lineAndColumn } from '#shared/mqtt/prettyJson'

let engine: Liquid | null = null
let faker: FakerFields | null = null

/** Reads a template; `part` names the text of the message it is. */
export const compileLiquid = async (text: string, part: string): Promise<CompiledTemplate> => {
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

const problemOf = (error: unknown, text: string): TemplateProblem => {
  const cause = LiquidError.is(error) ? (error.originalError ?? error) : error
  if (cause instanceof TemplateFault)
    return { code: cause.code, detail: cause.detail, ...lineAndColumn(text, cause.position) }
  const begin = LiquidError.is(error) ? error.token.begin : 0
  const message = cause instanceof Error ? (cause.message.split(', line:')[0] ?? '') : String(cause)
  const unknown = /^undefined (filter|variable): (.*)$/s.exec(message)
  if (unknown?.[1] === 'variable')
    return { code: 'unknownVariable', detail: unknown[2] ?? '', ...lineAndColumn(text, begin) }
  if (unknown)
    return {
      code: 'unknownFilter',
      detail: unknown[2] ?? '',
      ...lineAndColumn(text, filterAt(text, begin, unknown[2] ?? '')),
    }
  const tag = /^tag "(.*)" not found$/s.exec(message)
  if (tag) return { code: 'unknownTag', detail: tag[1] ?? '', ...lineAndColumn(text, begin) }
  if (message.endsWith('limit exceeded') || cause instanceof RangeError)
    return { code: 'tooMuchWork', detail: '', ...lineAndColumn(text, begin) }
  return { code: 'syntax', detail: message, ...lineAndColumn(text, begin) }
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
