import protobuf from 'protobufjs'
import descriptor from 'protobufjs/google/protobuf/descriptor.json'
import type { FieldKind, ProtobufEnum, ProtobufField, ProtobufMessage } from '#shared/encoding/protobuf/protobufSchema'
import { scalarTypes } from '#shared/encoding/protobuf/protobufSchema'
import { messageOf as textOf } from '#shared/text/messageOf'
import type { ProtoFile, ProtoFileProblem, ReadProtoFiles } from './protoFile'

/** Of protobufjs only the parser is used: what it writes and reads with is code made at run time. */
export interface ProtoParser {
  add(file: ProtoFile): ParsedProto
  /** Types that every compiler of Protobuf brings along; false = the file is none of them. */
  addWellKnown(path: string): boolean
  /** Once all files are there. `file` is named where a type is missing. */
  finish(file: string): ReadProtoFiles
}

type ParsedProto =
  | { readonly ok: true; readonly imports: readonly string[] }
  | { readonly ok: false; readonly problem: ProtoFileProblem }

export const createProtoParser = (): ProtoParser => {
  const root = new protobuf.Root()
  const wellKnown = new Set<string>()
  return {
    add: ({ name, text }) => {
      try {
        const { imports = [], weakImports = [] } = protobuf.parse(text, root, { keepCase: true })
        return { ok: true, imports: [...imports, ...weakImports] }
      } catch (error) {
        return problem('notProto', name, error)
      }
    },
    addWellKnown: (path) => {
      const json = path === 'google/protobuf/descriptor.proto' ? descriptor : protobuf.common.get(path)
      if (json?.nested && !wellKnown.has(path)) root.addJSON(json.nested)
      wellKnown.add(path)
      return json?.nested !== undefined
    },
    finish: (file) => {
      try {
        root.resolveAll()
      } catch (error) {
        return problem('unresolved', file, error)
      }
      const messages: ProtobufMessage[] = []
      const enums: ProtobufEnum[] = []
      for (const object of objectsIn(root)) {
        if (object instanceof protobuf.Type) messages.push(messageOf(object))
        else if (object instanceof protobuf.Enum) enums.push(enumOf(object))
      }
      return { ok: true, schema: { messages, enums } }
    },
  }
}

/** All that is declared, also inside each other. */
const objectsIn = (root: protobuf.NamespaceBase): readonly protobuf.ReflectionObject[] =>
  root.nestedArray.flatMap((object) => [object, ...(object instanceof protobuf.Namespace ? objectsIn(object) : [])])

const messageOf = (type: protobuf.Type): ProtobufMessage => ({
  name: fullName(type),
  fields: type.fieldsArray.map(fieldOf).toSorted((one, other) => one.number - other.number),
})

const enumOf = (type: protobuf.Enum): ProtobufEnum => ({ name: fullName(type), values: Object.entries(type.values) })

const fieldOf = (field: protobuf.Field): ProtobufField => {
  const type = kindOf(field)
  const label = field.map ? 'map' : field.repeated ? 'repeated' : 'single'
  const isMessage = type.kind === 'message'
  const isPackable = !isMessage && type.name !== 'string' && type.name !== 'bytes'
  return {
    ...namesOf(field),
    number: field.id,
    type,
    label,
    mapKey: field instanceof protobuf.MapField ? (scalarTypes.find((name) => name === field.keyType) ?? null) : null,
    isPacked: label === 'repeated' && isPackable && field.packed,
    isGroup: field.delimited,
    isRequired: field.required,
    isImplicit: label === 'single' && !isMessage && !field.hasPresence,
    oneof: field.partOf?.name ?? null,
  }
}

const namesOf = (field: protobuf.Field): Pick<ProtobufField, 'name' | 'jsonName'> => {
  if (field.declaringField) {
    const name = `[${fullName(field.declaringField)}]`
    return { name, jsonName: name }
  }
  // The field of a group is named like its type, in lower case.
  const isGroup = field.resolvedType !== null && Reflect.get(field.resolvedType, 'group') === true
  const name = isGroup ? field.name.toLowerCase() : field.name
  return { name, jsonName: isGroup ? name : field.jsonName }
}

const kindOf = ({ type, resolvedType }: protobuf.Field): FieldKind => {
  if (resolvedType) {
    return { kind: resolvedType instanceof protobuf.Enum ? 'enum' : 'message', name: fullName(resolvedType) }
  }
  return { kind: 'scalar', name: scalarTypes.find((name) => name === type) ?? 'bytes' }
}

const fullName = ({ fullName: name }: protobuf.ReflectionObject): string => name.replace(/^\./, '')

const problem = (code: ProtoFileProblem['code'], file: string, error: unknown) => {
  const detail = textOf(error)
  const [place, line] = / \(line (\d+)\)$/.exec(detail) ?? []
  return {
    ok: false,
    problem: { code, file, line: line ? Number(line) : null, detail: place ? detail.slice(0, -place.length) : detail },
  } as const
}
