import type { JsonPath } from '#shared/json/jsonPath'
import { writtenNumber } from '../../model/logSearch/writtenNumber'

interface NumberField {
  readonly path: JsonPath
  /** The value as a short text, to recognise the field by. */
  readonly text: string
}

const mostFields = 40

/** The fields of a JSON object or array that are numbers or say one, in their order. */
export const numberPaths = (json: string): readonly NumberField[] => {
  if (!/^\s*[[{]/.test(json)) return []
  const found: NumberField[] = []
  const walk = (value: unknown, path: JsonPath) => {
    if (found.length >= mostFields) return
    if (typeof value === 'number' || (typeof value === 'string' && !Number.isNaN(writtenNumber(value))))
      found.push({ path, text: String(value) })
    else if (isTagged(value)) walk(value.$tag[1], path)
    else if (Array.isArray(value)) value.forEach((one, at) => walk(one, [...path, at]))
    else if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value)) walk(one, [...path, key])
  }
  try {
    walk(JSON.parse(json), [])
  } catch {
    return []
  }
  return found
}

/** As `nodeJson` writes a value of CBOR with its tag, which is no step of a path. */
const isTagged = (value: unknown): value is { readonly $tag: readonly unknown[] } =>
  typeof value === 'object' && value !== null && '$tag' in value && Array.isArray(value.$tag) && value.$tag.length === 2
