import protobuf from 'protobufjs'
import 'protobufjs/ext/descriptor.js'
import { describe, expect, it } from 'vitest'
import type { ProtobufSchema } from '#shared/encoding/protobuf/protobufSchema'
import { readDescriptorSet } from '#shared/encoding/protobuf/descriptorSet'
import { readProtoFiles } from './protoFiles'
import { proto2, proto3 } from './protobufTesting'

const schemaOf = async (text: string): Promise<ProtobufSchema> => {
  const read = await readProtoFiles(['main.proto'], (path) =>
    Promise.resolve(path === 'main.proto' ? { name: path, text } : null),
  )
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  return read.schema
}

/** What the library makes of a file in place of a compiler. */
const descriptorSetOf = (text: string): Uint8Array => {
  const root = new protobuf.Root()
  const { imports = [] } = protobuf.parse(text, root, { keepCase: true })
  for (const path of imports) root.addJSON(protobuf.common.get(path)?.nested ?? {})
  root.resolveAll()
  const set = root.toDescriptor(text.includes('proto3') ? 'proto3' : 'proto2')
  return set.$type.encode(set).finish()
}

/**
 * Without the well-known types, whose fields the library names in its own way, and without the copies of extensions that it puts among the
 * fields of the message.
 */
const byName = ({ messages, enums }: ProtobufSchema) => ({
  messages: messages
    .filter(({ name }) => !name.startsWith('google.'))
    .map(({ name, fields }) => ({ name, fields: fields.filter((field) => !field.name.startsWith('.')) }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1)),
  enums: enums.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
})

describe('readDescriptorSet', () => {
  it.each([
    ['proto3', proto3],
    ['proto2', proto2],
  ])('reads the types that a .proto file of %s declares', async (_, text) => {
    const read = readDescriptorSet(descriptorSetOf(text))
    expect(read.ok && byName(read.schema)).toEqual(byName(await schemaOf(text)))
  })

  it('refuses what is no descriptor set', () => {
    expect(readDescriptorSet(Uint8Array.of(0x0a, 5, 1))).toEqual({ ok: false, reason: 'cutShort', offset: 2 })
    expect(readDescriptorSet(new Uint8Array())).toEqual({ ok: true, schema: { messages: [], enums: [] } })
  })
})
