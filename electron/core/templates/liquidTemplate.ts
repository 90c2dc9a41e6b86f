import { LiquidError, type Liquid } from 'liquidjs'
import { loadFakerFields, type FakerFields } from './fakerFields'
import { createTemplateEngine, longestRendered, longestRenderingMs, scopeFor } from './templateEngine'
import { withDots, type TemplateEnvironment } from './templateEnvironment'
import type { CompiledTemplate, Rendered, Template, TemplateMemory, TemplateValues } from './templateValues'
import { TemplateFault } from './templateFault'
import type { TemplateProblem } from '#shared/model/template'
import { secretDots } from '#shared/model/environment'
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
): Template => {
  const renderedOnce = (values: TemplateValues, memory: TemplateMemory): Rendered => {
    try {
      const rendered = String(liquid.renderSync(parts, scopeFor({ values, memory, part, faker })))
      if (rendered.length > longestRendered) throw new TemplateFault('tooLong', String(longestRendered), 0)
      return { ok: true, text: rendered }
    } catch (error) {
      return { ok: false, problem: environmentProblem(problemOf(error, text), values.environment) }
    }
  }
  const rendering = (values: TemplateValues, memory: TemplateMemory): Rendered => {
    const before = new Map(memory)
    for (let attempt = 1; ; attempt++) {
      const start = process.cpuUsage()
      const rendered = renderedOnce(values, memory)
      const isStalled = !rendered.ok && rendered.problem.code === 'tooMuchWork' && !hasWorked(process.cpuUsage(start))
      if (!isStalled || attempt === mostAttempts) return rendered
      memory.clear()
      for (const [name, value] of before) memory.set(name, value)
    }
  }
  return {
    render: (values, memory) => {
      const rendered = rendering(values, memory)
      const { environment } = values
      if (rendered.ok || !environment.hasSecrets) return rendered
      const shown = rendering({ ...values, environment: withDots(environment) }, new Map(memory))
      return { ok: false, problem: shownProblem(rendered.problem, shown) }
    },
  }
}

/**
 * The library's limit is one of time that passes, which also passes while the computer sleeps or does something else. What was
 * stopped by it and has hardly worked is rendered again.
 */
const hasWorked = ({ user, system }: NodeJS.CpuUsage): boolean => user + system > (longestRenderingMs * 1_000) / 2
const mostAttempts = 5

/** What is to blame may have been made of a secret: the rendering that has only dots says the same, or else nothing is said of it. */
const shownProblem = (problem: TemplateProblem, shown: Rendered): TemplateProblem =>
  !shown.ok && shown.problem.code === problem.code ? shown.problem : { ...problem, detail: secretDots }

/** So many names are said in the place of one that is not there. */
const mostKnown = 20

/** Says what keeps a variable of the environment from being filled in, and which ones there are. */
const environmentProblem = (problem: TemplateProblem, { isInUse, names }: TemplateEnvironment): TemplateProblem => {
  const [, name] = /^env\.(.+)$/s.exec(problem.code === 'unknownVariable' ? problem.detail : '') ?? []
  if (name === undefined) return problem
  if (!isInUse) return { ...problem, code: 'noEnvironment' }
  if (names.includes(name)) return { ...problem, code: 'secretNotKnown', detail: name }
  const known = [...names.slice(0, mostKnown), ...(names.length > mostKnown ? ['…'] : [])].join(', ')
  return { ...problem, code: 'unknownEnvironmentVariable', detail: name, ...(known === '' ? {} : { known }) }
}

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
