import type { PayloadRule } from '#shared/model/payloadRule'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import type { ForeignSchema } from './foreignConnection'
import { stableId } from './stableId'

/** A schema of another tool as a rule of ours, and the file that it becomes. */
export interface ImportedSchema {
  readonly name: string
  readonly rule: PayloadRule
  /** The topics are not said by the tool: those under the schema's name are taken. */
  readonly isFilterGuessed: boolean
  /** Null = it stays where it is. */
  readonly text: string | null
}

interface SchemaPlace {
  readonly tool: string
  /** The folder for schemas, without a sign behind it. */
  readonly schemas: string
}

const endings = { protobuf: '.proto', avro: '.avsc', jsonSchema: '.json' } as const

/** The rule of a schema that stands in the file of another tool. */
export const importedSchema = (schema: ForeignSchema, { tool, schemas }: SchemaPlace): ImportedSchema => {
  const { name, kind, text } = schema
  const id = `import-${stableId([tool, name, kind, schema.filter ?? ''].join('\0'))}`
  const plain = fileNameOf(name)
  const file = plain.endsWith(endings[kind]) ? plain : `${plain}${endings[kind]}`
  return { ...ruleOf(schema, { id, path: `${schemas}/${id}/${file}` }), name, text }
}

/** The same of a schema's own file, which stays where it is. */
export const schemaInPlace = (path: string, kind: ForeignSchema['kind']): ImportedSchema => {
  const name = path.replace(/^.*[/\\]/, '')
  return { ...ruleOf({ name, kind }, { id: `import-${stableId(path)}`, path }), name, text: null }
}

const ruleOf = (
  { name, kind, filter }: Omit<ForeignSchema, 'text'>,
  { id, path }: { readonly id: string; readonly path: string },
): Pick<ImportedSchema, 'rule' | 'isFilterGuessed'> => {
  const isSaid = filter !== undefined && topicFilterProblem(filter) === null
  const schema =
    kind === 'protobuf' ? ({ kind, path, messageType: '' } as const) : ({ kind, path } satisfies PayloadRule['schema'])
  return {
    isFilterGuessed: !isSaid,
    rule: { id, connectionId: null, filter: isSaid ? filter : `${levelOf(name)}/#`, schema },
  }
}

const fileNameOf = (name: string): string =>
  name
    .replace(/^.*[/\\]/, '')
    .replace(/[^\p{L}\p{N}_.-]+/gu, '_')
    .replace(/^\.+/, '')
    .slice(0, 100) || 'schema'

const levelOf = (name: string): string => fileNameOf(name).replace(/\.[^.]*$/, '') || 'schema'
