import { SchemaFault } from '../schemaFault'
import { scaledInteger } from '../writtenNumber'
import type { WrittenValue } from '../writtenValue'
import { avroTypeName, type AvroLogical, type AvroNamed, type AvroSchema, type AvroType } from './avroSchema'

export interface Branch {
  readonly index: number
  readonly branch: AvroType
  readonly content: WrittenValue
}

type Named = AvroSchema['named']

/**
 * The branch of a union that a value is of: the one that the only key of an object names, as in Avro's JSON, else the one that takes
 * the value as it is. A number without a point is an integer where there is a branch for one, a text a text.
 */
export const branchFor = (named: Named, branches: readonly AvroType[], value: WrittenValue): Branch => {
  const wrapped = namedBranch(branches, value)
  if (wrapped) return wrapped
  const fits = branches.map((branch) => fitOf(named, branch, value))
  const best = Math.max(0, ...fits)
  const index = fits.indexOf(best)
  const branch = branches[index]
  const names = branches.map(avroTypeName).join(', ')
  if (best === noFit || !branch) throw new SchemaFault('noBranch', value.position, names)
  if (fits.lastIndexOf(best) !== index) throw new SchemaFault('severalBranches', value.position, names)
  return { index, branch, content: value }
}

/** The same for a default, of which the first branch that takes it is meant. */
export const firstBranchFor = (named: Named, branches: readonly AvroType[], value: WrittenValue): Branch => {
  const index = branches.findIndex((one) => fitOf(named, one, value) !== noFit)
  const branch = branches[index]
  if (!branch) throw new SchemaFault('noBranch', value.position, branches.map(avroTypeName).join(', '))
  return { index, branch, content: value }
}

const namedBranch = (branches: readonly AvroType[], value: WrittenValue): Branch | null => {
  if (value.kind !== 'map' || value.members.length !== 1) return null
  const [[key, content] = []] = value.members
  if (key === undefined || !content) return null
  const names = branches.map(avroTypeName)
  const full = names.indexOf(key)
  const short = names.filter((name) => name.endsWith(`.${key}`))
  const index = full >= 0 || short.length !== 1 ? full : names.indexOf(short[0] ?? '')
  const branch = branches[index]
  return branch ? { index, branch, content } : null
}

const noFit = 0
/** The type takes the value, which is rather one of another. */
const loosely = 1
const exactly = 2

const fitOf = (named: Named, type: AvroType, value: WrittenValue): number => {
  if (type.kind === 'array') return value.kind === 'list' ? exactly : noFit
  if (type.kind === 'map') return value.kind === 'map' ? exactly : noFit
  if (type.kind === 'union') return noFit
  if (type.kind === 'named') return namedFit(named.get(type.name), value)
  const { name, logical } = type
  if (name === 'null' || name === 'boolean') {
    return value.kind === 'constant' && (value.value === null) === (name === 'null') ? exactly : noFit
  }
  if (name === 'string') return value.kind === 'text' ? exactly : noFit
  if (name === 'bytes') return bytesFit(value, logical, null)
  if (name === 'int' || name === 'long') return wholeFit(value, name, logical)
  if (value.kind === 'text') return /^(?:NaN|-?Infinity)$/.test(value.text) ? loosely : noFit
  return value.kind !== 'number' ? noFit : /^-?\d+$/.test(value.digits) ? loosely : exactly
}

const wholeFit = (value: WrittenValue, name: 'int' | 'long', logical: AvroLogical | null): number => {
  if (value.kind === 'text') return logical ? loosely : noFit
  if (value.kind !== 'number') return noFit
  const whole = scaledInteger(value.digits)
  if (typeof whole !== 'bigint' || BigInt.asIntN(name === 'int' ? 32 : 64, whole) !== whole) return noFit
  return /^-?\d+$/.test(value.digits) ? exactly : loosely
}

const bytesFit = (value: WrittenValue, logical: AvroLogical | null, size: number | null): number => {
  if (value.kind === 'number') return logical?.name === 'decimal' ? exactly : noFit
  if (value.kind === 'bytes') return size === null || value.bytes.length === size ? exactly : noFit
  if (value.kind !== 'text') return noFit
  return size === null || value.text.length === size || logical?.name === 'uuid' ? loosely : noFit
}

const namedFit = (type: AvroNamed | undefined, value: WrittenValue): number => {
  if (type?.kind === 'enum') return value.kind === 'text' && type.symbols.includes(value.text) ? exactly : noFit
  if (type?.kind === 'fixed') return bytesFit(value, type.logical, type.size)
  if (!type || value.kind !== 'map') return noFit
  const keys = new Set(value.members.map(([key]) => key))
  const names = new Set(type.fields.map(({ name }) => name))
  const isWhole = type.fields.every(({ name, defaultValue }) => keys.has(name) || defaultValue !== null)
  return isWhole && [...keys].every((key) => names.has(key)) ? exactly : noFit
}
