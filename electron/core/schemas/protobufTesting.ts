import protobuf from 'protobufjs'
import { createProtobufTypes, type ProtobufTypes } from '#shared/encoding/protobuf/protobufTypes'
import { readProtoFiles } from './protoFiles'

/** One .proto file as ours, and as the library that is the witness of tests. */
export interface TestedSchema {
  readonly types: ProtobufTypes
  readonly witness: (name: string) => protobuf.Type
}

export const testedSchema = async (text: string): Promise<TestedSchema> => {
  const read = await readProtoFiles(['main.proto'], (path) =>
    Promise.resolve(path === 'main.proto' ? { name: path, text } : null),
  )
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  const root = new protobuf.Root()
  const { imports = [] } = protobuf.parse(text, root, { keepCase: true })
  for (const path of imports) root.addJSON(protobuf.common.get(path)?.nested ?? {})
  root.resolveAll()
  return { types: createProtobufTypes(read.schema), witness: (name) => root.lookupType(name) }
}
