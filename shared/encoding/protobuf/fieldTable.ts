import { scalarTypes, type ProtobufField, type ProtobufSchema } from './protobufSchema'
import { createProtobufTypes, type ProtobufTypes } from './protobufTypes'

/** Messages by name, with a line a field: number, name and type, `*` = repeated. */
export type FieldTables = Readonly<Record<string, readonly string[]>>

/** The types of messages that the code knows by itself, without a schema from outside. */
export const typesOfTables = (tables: FieldTables): ProtobufTypes => {
  const messages = Object.entries(tables).map(([name, lines]) => ({ name, fields: lines.map(fieldOf) }))
  return createProtobufTypes({ messages, enums: [] } satisfies ProtobufSchema)
}

const fieldOf = (line: string): ProtobufField => {
  const [number = '', name = '', written = ''] = line.split(' ')
  const typeName = written.replace('*', '')
  const scalar = scalarTypes.find((one) => one === typeName)
  return {
    name,
    jsonName: name,
    number: Number(number),
    type: scalar ? { kind: 'scalar', name: scalar } : { kind: 'message', name: typeName },
    label: written === typeName ? 'single' : 'repeated',
    mapKey: null,
    isPacked: false,
    isGroup: false,
    isRequired: false,
    isImplicit: false,
    oneof: null,
  }
}
