import type { FilterImplOptions } from 'liquidjs'
import { jsonPathOf } from '#shared/json/jsonPath'
import { createJsonValueReader } from '#shared/json/jsonValue'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import type { FakerFields } from './fakerFields'
import { decimalsOf, nextOfCounter, nextOfWalk, randomBetween, randomChoice, sineAt } from './generators'
import { TemplateFault } from './templateFault'
import type { TemplateProblemCode } from '#shared/model/template'
import type { TemplateMemory, TemplateValues } from './templateValues'

/** What one rendering reads and changes. */
export interface Rendering {
  readonly values: TemplateValues
  readonly memory: TemplateMemory
  /** Which text of the message it is, so that the walks of two texts are two. */
  readonly part: string
  readonly faker: FakerFields | null
}

/** Where the scope of a template holds its rendering; no template can name it. */
export const renderingKey = Symbol('rendering')

type FilterHandler = Extract<FilterImplOptions, (...all: never) => unknown>
type Filter = ThisParameterType<FilterHandler>

/** By name, as they stand behind `|`. */
export const testDataFilters: Readonly<Record<string, FilterHandler>> = {
  /** `{{ 20 | random: 30 }}`: a whole number from 20 to 30; `{{ 20 | random: 30, 2 }}`: with two decimals. */
  random(this: Filter, least: unknown, ...[most, decimals]: unknown[]) {
    const bounds = { least: numberOf(this, least), most: numberOf(this, most) }
    if (bounds.most < bounds.least) throw fault(this, 'notANumber', `${bounds.least} > ${bounds.most}`)
    const places =
      decimals === undefined
        ? Math.max(decimalsOf(bounds.least), decimalsOf(bounds.most))
        : Math.min(15, Math.max(0, Math.floor(numberOf(this, decimals))))
    return randomBetween(renderingOf(this).values.random, bounds, places)
  },

  /** `{{ "on" | choice: "off", "idle" }}`, or of a list: `{{ "a,b" | split: "," | choice }}`. */
  choice(this: Filter, first: unknown, ...others: unknown[]) {
    const items = [...(Array.isArray(first) ? (first as unknown[]) : [first]), ...others]
    if (items.length === 0) throw fault(this, 'nothingToChoose', '')
    return randomChoice(renderingOf(this).values.random, items)
  },

  /** `{{ 20 | walk: 0.5 }}`: begins at 20 and goes at most 0.5 up or down from message to message; `walk: 0.5, 10, 30` stays from 10 to 30. */
  walk(this: Filter, start: unknown, ...[step, least, most]: unknown[]) {
    const { memory, values } = renderingOf(this)
    return nextOfWalk(memory, placeOf(this), {
      start: numberOf(this, start),
      step: numberOf(this, step),
      bounds: {
        least: least === undefined ? -Infinity : numberOf(this, least),
        most: most === undefined ? Infinity : numberOf(this, most),
      },
      random: values.random,
    })
  },

  /** `{{ 1 | counter }}`: 1, 2, 3 ... from message to message; `{{ 0 | counter: 5 }}`: 0, 5, 10 ... */
  counter(this: Filter, start: unknown, step: unknown = 1) {
    const { memory } = renderingOf(this)
    return nextOfCounter(memory, placeOf(this), { start: numberOf(this, start), step: numberOf(this, step) })
  },

  /**
   * `{{ 20 | sine: 5, 60 }}`: between 15 and 25, once up and down in 60 seconds, by the time since its sender started;
   * `sine: 5, 60, 0.5`: as it is half a second later.
   */
  sine(this: Filter, mean: unknown, ...[amplitude, periodSeconds, laterSeconds = 0]: unknown[]) {
    const { now, startedAt } = renderingOf(this).values
    const period = numberOf(this, periodSeconds)
    if (period <= 0) throw fault(this, 'notANumber', String(period))
    return sineAt(now - startedAt + 1_000 * numberOf(this, laterSeconds), {
      mean: numberOf(this, mean),
      amplitude: numberOf(this, amplitude),
      periodSeconds: period,
    })
  },

  /** `{{ 1.5 | float32 }}`: the four bytes of the nearest number of single precision in hex, the lowest first. */
  float32(this: Filter, value: unknown) {
    const bytes = Buffer.alloc(4)
    bytes.writeFloatLE(numberOf(this, value))
    return bytes.toString('hex')
  },

  /** `{{ "person.fullName" | faker }}`: a made-up value. */
  faker(this: Filter, name: unknown) {
    const value = renderingOf(this).faker?.(textOf(name))
    if (value === undefined) throw fault(this, 'unknownFakerField', textOf(name))
    return value
  },

  /** `{{ "plant/temp" | latest }}`: the payload of the topic's last message; `latest: "$.celsius"`: a field of it, as it was written. */
  latest(this: Filter, topic: unknown, path?: unknown) {
    const payload = renderingOf(this).values.latest(textOf(topic))
    if (payload === undefined) throw fault(this, 'noMessageYet', textOf(topic))
    if (path === undefined) return payload
    const jsonPath = jsonPathOf(textOf(path))
    const field = jsonPath && createJsonValueReader(jsonPath)(encodeUtf8(payload))
    if (field === null) throw fault(this, 'noSuchField', textOf(path))
    return field
  },
}

const renderingOf = (filter: Filter): Rendering => Reflect.get(filter.context.environments, renderingKey) as Rendering

const fault = (filter: Filter, code: TemplateProblemCode, detail: string) =>
  new TemplateFault(code, detail, filter.token.begin)

/** Two walks of one message are two, and those in a loop are one. */
const placeOf = (filter: Filter) => `${renderingOf(filter).part} ${filter.token.begin}`

const numberOf = (filter: Filter, value: unknown): number => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number === 'number' && Number.isFinite(number)) return number
  throw fault(filter, 'notANumber', textOf(value))
}

/** Templates have lists and objects as well, which name nothing. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
