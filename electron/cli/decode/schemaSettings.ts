import { readFile, stat } from 'node:fs/promises'
import type { DecoderSettings } from '#shared/decoding/decoder'
import { parseAvroSchema } from '#shared/encoding/avro/parsedAvroSchema'
import { readDescriptorSet } from '#shared/encoding/protobuf/descriptorSet'
import type { ProtobufSchema } from '#shared/encoding/protobuf/protobufSchema'
import { createProtobufTypes } from '#shared/encoding/protobuf/protobufTypes'
import { lineAndColumn } from '#shared/mqtt/prettyJson'
import { protobufOf } from '../../core/payloadRules/payloadRules'
import { readSchemaFiles } from '../../core/payloadRules/schemaFiles'
import type { DecodeArguments } from './decodeArguments'

type SchemaSettings = Pick<DecoderSettings, 'protobuf' | 'avro'>

export type ReadSchema =
  | { readonly ok: true; readonly settings: SchemaSettings }
  | { readonly ok: false; readonly problem: string }

/** What the schema of a command line is to its decoder. */
export const readSchema = async ({ chain, schema, type }: DecodeArguments): Promise<ReadSchema> => {
  const { name } = chain.decoder
  if (name.startsWith('protobuf')) return schema === null ? withoutSchema(type) : protobufSettings(schema, type)
  if (name.startsWith('avro')) return schema === null ? wrong('avro wants --schema') : avroSettings(schema, type)
  if (schema !== null || type !== null) return wrong(`${name} has no schema`)
  return { ok: true, settings: {} }
}

const withoutSchema = (type: string | null): ReadSchema =>
  type === null ? { ok: true, settings: {} } : wrong('--type wants --schema')

const avroSettings = async (path: string, type: string | null): Promise<ReadSchema> => {
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return wrong(`${path} cannot be read`)
  const parsed = parseAvroSchema(text)
  if (!parsed.ok) {
    const { line, column } = lineAndColumn(text, parsed.position)
    return wrong(`${path}:${line}:${column}: ${parsed.detail}${parsed.problem === 'schema' ? ` ${parsed.name}` : ''}`)
  }
  const { schema } = parsed
  if (type === null) return { ok: true, settings: { avro: { schema, name: null } } }
  const name = fullName([...schema.named.keys()], type)
  return name.ok ? { ok: true, settings: { avro: { schema, name: name.name } } } : name
}

const protobufSettings = async (path: string, type: string | null): Promise<ReadSchema> => {
  const read = await protobufSchema(path)
  if (!read.ok) return read
  const { schema } = read
  const names = schema.messages.map(({ name }) => name)
  const name = type === null ? onlyName(schema) : fullName(names, type)
  if (!name.ok) return name
  return { ok: true, settings: { protobuf: { types: createProtobufTypes(schema), name: name.name } } }
}

type ReadProtobuf = { readonly ok: true; readonly schema: ProtobufSchema } | Extract<ReadSchema, { ok: false }>

/** A .proto file, a folder of them, or a descriptor set. */
const protobufSchema = async (path: string): Promise<ReadProtobuf> => {
  const found = await stat(path).catch(() => null)
  if (!found) return wrong(`${path} cannot be read`)
  if (!found.isDirectory() && !path.endsWith('.proto')) {
    const set = readDescriptorSet(await readFile(path))
    return set.ok ? set : wrong(`${path} is neither a .proto file nor a descriptor set (byte ${set.offset})`)
  }
  const { read } = await readSchemaFiles(path, new AbortController().signal)
  if (!read.ok) return wrong(`${path}: ${read.error.message}`)
  const content = await protobufOf(read.value)
  if (content.kind === 'protobuf') return { ok: true, schema: content.schema }
  if (content.kind !== 'faultyProtobuf') return wrong(`${path} is no schema`)
  const { code, file, line, detail } = content.problem
  return wrong(`${file}${line === null ? '' : `:${line}`}: ${detail === '' ? code : `${code}: ${detail}`}`)
}

type Name = { readonly ok: true; readonly name: string } | Extract<ReadSchema, { ok: false }>

/** A name may leave out its package, where no other type is called the same. */
const fullName = (names: readonly string[], wanted: string): Name => {
  const exact = wanted.replace(/^\./, '')
  if (names.includes(exact)) return { ok: true, name: exact }
  const [only, another] = names.filter((name) => name.endsWith(`.${exact}`))
  if (only === undefined) return wrong(`${wanted} is no type of the schema, which has ${listed(names)}`)
  return another === undefined ? { ok: true, name: only } : wrong(`${wanted} may be ${only} or ${another}`)
}

/** Without --type, the message that no other has a field of, if there is one. */
const onlyName = ({ messages }: ProtobufSchema): Name => {
  const own = messages.filter(({ name }) => !name.startsWith('google.protobuf.'))
  const used = new Set(
    own.flatMap(({ name, fields }) => fields.flatMap(({ type }) => (type.name === name ? [] : [type.name]))),
  )
  const [only, another] = own.filter(({ name }) => !used.has(name))
  if (only && !another) return { ok: true, name: only.name }
  return wrong(`--type is missing; the schema has ${listed(own.map(({ name }) => name))}`)
}

const mostListed = 20

const listed = (names: readonly string[]): string =>
  names.length > mostListed ? `${names.slice(0, mostListed).join(', ')} and more` : names.join(', ') || 'none'

const wrong = (problem: string) => ({ ok: false, problem }) as const
