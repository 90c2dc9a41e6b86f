import type { ProtocolVersion } from '#shared/model/qos'
import { hexDigits } from '#shared/mqtt/payloadText'
import { readVariableInteger, variableIntegerLength } from '#shared/mqtt/propertySection'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { termClause, type FieldTerm } from './fieldTerms'
import type { PacketField, PacketProblem } from './packetField'
import { ruleClause, type PacketRule } from './packetRules'
import type { PacketSide, PacketType } from './packetType'

/** What is known of a packet before its body is read. */
export interface PacketContext {
  readonly bytes: Uint8Array
  readonly version: ProtocolVersion
  readonly type: PacketType
  /** Null = it is not known who sent it. */
  readonly from: PacketSide | null
}

/** A field without what follows from its place. */
interface FieldParts {
  readonly field: string
  readonly term: FieldTerm
  readonly value?: string | number | null
  readonly text?: string
  readonly clause?: string
  readonly children?: readonly PacketField[]
  readonly problems?: readonly PacketProblem[]
}

/** Reads fields one behind the other. What is not there is told once, as a field with what is left; then every read answers null. */
export interface FieldReader {
  readonly context: PacketContext
  readonly fields: PacketField[]
  at(): number
  left(): number
  /** Nothing more can be read. */
  isBroken(): boolean
  /** One, two or four bytes. */
  number(size: 1 | 2 | 4, partsOf: (value: number) => FieldParts): number | null
  /** A variable byte integer (MQTT 5 §1.5.5). */
  variable(partsOf: (value: number) => FieldParts): number | null
  /** Two bytes of length and a text. */
  text(lengthField: string, partsOf: (value: string) => FieldParts): string | null
  /** Two bytes of length and bytes, whose value is their text where they are one, else hex digits. */
  binary(lengthField: string, parts: FieldParts): string | null
  /** All that is left. */
  rest(parts: FieldParts): void
  /** A reader of the next bytes, whose fields stand in a group. */
  group(length: number): FieldReader
  /** Nothing behind this can be read, and that is told already. */
  stop(): void
  /** Bytes that no field is made of. */
  strayed(rule: PacketRule, detail?: string): void
}

/** What a rule says of this packet; nothing where the version has no such rule. */
export const broken = ({ version, type }: PacketContext, rule: PacketRule, detail = ''): readonly PacketProblem[] => {
  const clause = ruleClause(rule, version, type)
  return clause === null ? [] : [{ rule, clause, detail }]
}

export const fieldOf = (
  { version, type }: PacketContext,
  [offset, length]: readonly [offset: number, length: number],
  { field, term, value = null, text, clause, children = [], problems = [] }: FieldParts,
): PacketField => ({
  field,
  term,
  value,
  text: text ?? (value === null ? '' : String(value)),
  offset,
  length,
  clause: clause ?? termClause(term, version, type),
  children,
  problems,
})

/** So many fields are made of one packet: nobody reads more, and a SUBSCRIBE of 256 MiB has 67 million filters. */
const mostFields = 20_000

/** `isCut` = the bytes end before the packet does because no more of them were kept, which is no fault of the packet. */
export const createFieldReader = (
  context: PacketContext,
  { start, end, isCut }: { readonly start: number; readonly end: number; readonly isCut: boolean },
): FieldReader => {
  const { bytes } = context
  const limit = Math.min(end, bytes.length)
  const fields: PacketField[] = []
  let at = start
  let isBroken = false

  const add = (length: number, parts: FieldParts) => {
    fields.push(fieldOf(context, [at, length], parts))
    at += length
  }
  const strayed = (rule: PacketRule, detail = '') => {
    if (isBroken) return
    isBroken = true
    const value = hexDigits(bytes.subarray(at, Math.min(limit, at + 64)))
    const problems = isCut && rule === 'cutShort' ? [] : broken(context, rule, detail)
    if (problems.length > 0 || limit > at) add(limit - at, { field: malformedField, term: 'noField', value, problems })
  }
  const has = (length: number): boolean => {
    if (isBroken) return false
    if (fields.length >= mostFields) isBroken = true
    else if (at + length > limit) strayed('cutShort')
    return !isBroken
  }
  const numberAt = (size: number): number => {
    let value = 0
    for (let index = 0; index < size; index++) value = value * 256 + (bytes[at + index] ?? 0)
    return value
  }
  /** The length in front of a text or of bytes; null = it is not all there. */
  const prefix = (field: string): number | null => {
    if (!has(2)) return null
    const length = numberAt(2)
    add(2, { field, term: 'textLength', value: length })
    return has(length) ? length : null
  }
  return {
    context,
    fields,
    at: () => at,
    left: () => (isBroken ? 0 : Math.max(0, limit - at)),
    isBroken: () => isBroken,
    number: (size, partsOf) => {
      if (!has(size)) return null
      const value = numberAt(size)
      add(size, { value, ...partsOf(value) })
      return value
    },
    variable: (partsOf) => {
      if (!has(1)) return null
      const length = variableIntegerLength(bytes, at, limit)
      if (length === 0) {
        strayed(limit - at >= 4 ? 'lengthTooLong' : 'cutShort')
        return null
      }
      const value = readVariableInteger(bytes, at)
      const { problems = [], ...parts } = partsOf(value)
      const shortest = isShortest(value, length) ? [] : broken(context, 'lengthNotShortest')
      add(length, { value, ...parts, problems: [...problems, ...shortest] })
      return value
    },
    text: (lengthField, partsOf) => {
      const length = prefix(lengthField)
      if (length === null) return null
      const value = decodeUtf8(bytes.subarray(at, at + length))
      const { problems = [], ...parts } = partsOf(value)
      add(length, { value, ...parts, problems: [...textProblems(context, at, length), ...problems] })
      return value
    },
    binary: (lengthField, parts) => {
      const length = prefix(lengthField)
      if (length === null) return null
      const data = bytes.subarray(at, at + length)
      const value = isUtf8(data) ? decodeUtf8(data) : hexDigits(data)
      add(length, { value, ...parts })
      return value
    },
    rest: (parts) => {
      if (isBroken) return
      const length = Math.max(0, (isCut ? end : limit) - at)
      add(length, parts)
    },
    group: (length) => {
      const reader = createFieldReader(context, { start: at, end: Math.min(end, at + length), isCut })
      at = Math.min(limit, at + length)
      return reader
    },
    stop: () => void (isBroken = true),
    strayed,
  }
}

/** Wireshark's name of what it cannot read. */
const malformedField = '_ws.malformed'

const isShortest = (value: number, length: number): boolean =>
  length === (value < 2 ** 7 ? 1 : value < 2 ** 14 ? 2 : value < 2 ** 21 ? 3 : 4)

const textProblems = (context: PacketContext, start: number, length: number): readonly PacketProblem[] => {
  const { bytes } = context
  const end = start + length
  if (!isUtf8(bytes, start, end)) return broken(context, 'notUtf8')
  return bytes.subarray(start, end).includes(0) ? broken(context, 'nullCharacter') : []
}
