import { randomUUID } from 'node:crypto'
import { CaptureTag, Drop, Liquid, type Context } from 'liquidjs'
import { renderingKey, testDataFilters, type Rendering } from './testDataFilters'
import { TemplateFault } from './templateFault'

/** UTF-16 units that a template may render to: a little more than a payload that MQTT brokers usually take. */
export const longestRendered = 4 * 2 ** 20
const longestTemplate = 2 ** 20
/** Far more than a message takes, and less than a person waits. */
export const longestRenderingMs = 1000
/** Items of lists and characters of texts that filters may make. */
const mostMemory = 8 * 2 ** 20

/** Names a template knows beside `assign` and loops. Functions are called each time they are named. */
export const scopeFor = (rendering: Rendering): object => {
  const { values } = rendering
  return {
    [renderingKey]: rendering,
    now: new Now(values.now),
    i: values.message,
    n: values.device,
    uuid: () => randomUUID(),
    random: () => values.random(),
    row: values.row,
    env: values.environment.values,
    ...values.names,
  }
}

/**
 * Liquid without what reads files or includes other templates, and with the filters of test data. What takes too long, or
 * grows too large, ends with a fault.
 */
export const createTemplateEngine = (): Liquid => {
  const engine = new Liquid({
    parseLimit: longestTemplate,
    renderLimit: longestRenderingMs,
    memoryLimit: mostMemory,
    strictFilters: true,
    strictVariables: true,
    // What a request may lack can be asked for, in conditions and by the filter `default`.
    lenientIf: true,
    ownPropertyOnly: true,
    // Without this, the names of templates would be looked for in the working folder.
    templates: {},
  })
  for (const tag of ['include', 'render', 'layout', 'block']) Reflect.deleteProperty(engine.tags, tag)
  engine.registerTag('capture', BoundedCapture)
  for (const [name, filter] of Object.entries(testDataFilters)) engine.registerFilter(name, filter)
  return engine
}

/** `{{ now }}` is ISO 8601 in UTC with milliseconds; the other usual forms are its fields, and `date` formats it. */
class Now extends Drop {
  readonly ms: number
  readonly unix: number
  readonly iso: string
  readonly local: string
  constructor(milliseconds: number) {
    super()
    this.ms = Math.floor(milliseconds)
    this.unix = Math.floor(milliseconds / 1000)
    this.iso = new Date(this.ms).toISOString()
    this.local = localIso(new Date(this.ms))
  }
  override valueOf(): string {
    return this.iso
  }
}

/** ISO 8601 with the offset of the computer's time zone. */
const localIso = (date: Date): string => {
  const offset = -date.getTimezoneOffset()
  const shifted = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1)
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${shifted}${offset < 0 ? '-' : '+'}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`
}

/** The library does not count what is captured, which a loop could double until no memory is left. */
class BoundedCapture extends CaptureTag {
  override *render(context: Context): Generator<unknown, void, string> {
    yield* super.render(context)
    const captured: unknown = Reflect.get(context.bottom(), this.variable)
    if (typeof captured === 'string' && captured.length > longestRendered)
      throw new TemplateFault('tooLong', String(longestRendered), this.token.begin)
  }
}
