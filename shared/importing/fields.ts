import type { Dropped, DropReason } from './foreignConnection'

/** What is said of a connection beside its settings, while its fields are read. */
export interface Remarks {
  readonly dropped: Dropped[]
  readonly guessed: string[]
  readonly kept: Record<string, unknown>
}

export const newRemarks = (): Remarks => ({
  dropped: [],
  guessed: [],
  kept: Object.create(null) as Record<string, unknown>,
})

/**
 * The fields of a record from outside. Whatever type a value has, it is read as what is asked for: files of the same tool have
 * texts, numbers or JSON in a text for the same field. What nobody asked for is dropped by `finish`, and named.
 */
export interface Fields {
  readonly names: readonly string[]
  has(name: string): boolean
  /** '' = there is none. */
  text(name: string): string
  number(name: string): number | undefined
  flag(name: string): boolean | undefined
  /** One value is a list of one. */
  list(name: string): readonly unknown[]
  /** As `read` reads it; undefined = it cannot, and the field is named as one that nobody asked for. */
  parsed<Value>(name: string, read: (value: unknown) => Value | undefined): Value | undefined
  child(name: string): Fields
  children(name: string): readonly Fields[]
  skip(...names: readonly string[]): void
  drop(name: string, why: DropReason): void
  /** Names what was not asked for, and keeps it unless it is a secret. */
  finish(): void
}

const markers = new Map<unknown, unknown>([
  ['TYPE_NULL', null],
  ['TYPE_UNDEFINED', null],
  ['EMPTY_STRING', ''],
  ['EMPTY_ARRAY', []],
  ['EMPTY_OBJECT', {}],
])

const secretName =
  /pass(?:word|phrase|wd)?$|password|passphrase|secret|token|psk$|authenticationdata|apikey|credential/i

/** Whether what stands under such a name may be a secret, so that it belongs into no file of ours. */
export const isSecretName = (name: string): boolean => secretName.test(name)

const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

export const createFields = (value: unknown, remarks: Remarks, path = ''): Fields => {
  const record = recordOf(value)
  const asked = new Set<string>()
  const opened: Fields[] = []
  const at = (name: string) => (path === '' ? name : `${path}.${name}`)
  const get = (name: string): unknown => {
    asked.add(name)
    const found = Object.hasOwn(record, name) ? record[name] : undefined
    return markers.has(found) ? markers.get(found) : found
  }
  const drop = (name: string, why: DropReason) => {
    const found = get(name)
    if (isEmpty(found)) return
    remarks.dropped.push({ field: at(name), why })
    if (why === 'noSetting' || why === 'unclear' || why === 'otherAddress') keep(remarks, at(name), found)
  }
  const child = (name: string, found: unknown): Fields => {
    const fields = createFields(found, remarks, at(name))
    opened.push(fields)
    return fields
  }
  const list = (name: string) => listOf(get(name))
  return {
    names: Object.keys(record),
    has: (name) => Object.hasOwn(record, name) && !isEmpty(record[name]),
    text: (name) => textOf(get(name)),
    number: (name) => numberOf(get(name)),
    flag: (name) => flagOf(get(name)),
    list,
    parsed: (name, read) => {
      const wasAsked = asked.has(name)
      const value = read(get(name))
      if (value === undefined && !wasAsked) asked.delete(name)
      return value
    },
    child: (name) => child(name, get(name)),
    children: (name) => list(name).map((one, index) => child(`${name}.${index}`, one)),
    skip: (...names) => names.forEach((name) => asked.add(name)),
    drop,
    finish: () => {
      for (const fields of opened) fields.finish()
      for (const name of Object.keys(record)) {
        if (asked.has(name) || forbidden.has(name)) continue
        drop(name, secretName.test(name) ? 'secret' : 'noSetting')
      }
    },
  }
}

/** Nothing that somebody could miss: no value, off, zero, or an empty list of such. */
const isEmpty = (value: unknown): boolean => {
  const plain = markers.has(value) ? markers.get(value) : value
  if (plain === null || plain === undefined || plain === '' || plain === false || plain === 0) return true
  if (plain === 'false' || plain === '0') return true
  return typeof plain === 'object' && Object.values(plain).every(isEmpty)
}

/** Also of a text that holds JSON. */
export const recordOf = (value: unknown): Readonly<Record<string, unknown>> => {
  const found = typeof value === 'string' && /^\s*\{/.test(value) ? parsed(value) : value
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Record<string, unknown>) : {}
}

const listOf = (value: unknown): readonly unknown[] => {
  const found = typeof value === 'string' && /^\s*[[{]/.test(value) ? parsed(value) : value
  if (Array.isArray(found)) return found.map((one: unknown) => one)
  return found === undefined || found === null || found === '' ? [] : [found]
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

export const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : ''
}

const numberOf = (value: unknown): number | undefined => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'string' && /^\s*-?\d{1,15}(?:\.\d+)?\s*$/.test(value) ? Number(value) : undefined
}

const flagOf = (value: unknown): boolean | undefined => {
  if (typeof value === 'boolean') return value
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value) !== 0
  if (typeof value !== 'string' || value.trim() === '') return undefined
  if (/^(?:true|1|yes|on)$/i.test(value.trim())) return true
  return /^(?:false|0|no|off)$/i.test(value.trim()) ? false : undefined
}

const deepestKept = 8
const longestKept = 10_000

const keep = (remarks: Remarks, name: string, value: unknown) => {
  const kept = keptValue(structured(value), 0)
  if (kept !== undefined) remarks.kept[name] = kept
}

/** A text that holds JSON is looked into as well: secrets may be in it. */
const structured = (value: unknown): unknown =>
  typeof value === 'string' && /^\s*[[{]/.test(value) ? (parsed(value) ?? value) : value

/** A copy of what is worth keeping, without secrets and without names that are more than a name. */
const keptValue = (value: unknown, depth: number): unknown => {
  if (depth > deepestKept) return undefined
  if (typeof value === 'string') return value.length > longestKept ? undefined : value
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return value.slice(0, 1_000).map((one) => keptValue(one, depth + 1) ?? null)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return undefined
  const pairs = Object.entries(value).filter(([name]) => !secretName.test(name) && !forbidden.has(name))
  return Object.fromEntries(
    pairs.flatMap(([name, one]) => {
      const kept = keptValue(one, depth + 1)
      return kept === undefined ? [] : [[name, kept]]
    }),
  )
}
