// Why it is so: build/docs/decisions/49-a-schema-stays-where-it-is.md
import { basename } from 'node:path'
import type { ChosenFile } from '#shared/commands/fileCommands'
import type { ExportedRules, ImportedRules } from '#shared/contract'
import type { BoundSchema, PayloadRule, SchemaChoice, SchemaContent } from '#shared/model/payloadRule'
import { readDescriptorSet } from '#shared/encoding/protobuf/descriptorSet'
import { fail, ok, type Result } from '#shared/result'
import type { Dialogs, FilePurpose } from '../files/dialogs'
import type { EntryListStore } from '../storage/entryListStore'
import { readProtoFiles } from '../schemas/protoFiles'
import { createRuleFiles } from './ruleFiles'
import { readSchemaFiles, type SchemaFile } from './schemaFiles'
import { watchFiles, type Looks } from './watchFiles'

/** The rules of payloads, and the files of their schemas. */
export interface PayloadRules {
  all(): readonly PayloadRule[]
  /** All of them. Fails with `fileNotConfirmed` where one names a file that was not chosen in the system's dialog. */
  save(rules: readonly PayloadRule[]): Promise<Result<null>>
  /** The files of these may be named from now on: they were imported. */
  trust(rules: readonly PayloadRule[]): void
  /** The system's dialog; null = cancelled. */
  choose(choice: SchemaChoice): Promise<Result<ChosenFile | null>>
  /**
   * What stands in the files of a schema now; from then on their changes are told. Fails as reading does, and with
   * `fileNotConfirmed`.
   */
  read(schema: Pick<BoundSchema, 'path' | 'kind'>): Promise<Result<SchemaContent>>
  /** Writes those that count on a connection to a file that is chosen; null = cancelled. Fails with `storageFailed`. */
  exportTo(connectionId: string): Promise<Result<ExportedRules | null>>
  /** What a file that is chosen says, for a connection: its schemas count as chosen. Null = cancelled. Fails as reading does. */
  importTo(connectionId: string): Promise<Result<ImportedRules | null>>
  close(): void
}

export interface PayloadRulesParts {
  readonly store: EntryListStore<PayloadRule>
  readonly dialogs: Pick<Dialogs, 'choosePath' | 'savePath'>
  /** The path of a schema whose files may be others now. */
  readonly onChange: (path: string) => void
}

const purposes: Readonly<Record<SchemaChoice, FilePurpose>> = {
  jsonSchema: 'jsonSchema',
  protobuf: 'protobuf',
  protobufFolder: 'protobufFolder',
  avro: 'avro',
}

export const createPayloadRules = ({ store, dialogs, onChange }: PayloadRulesParts): PayloadRules => {
  /** A page that was taken over has no other file read. */
  const chosen = new Set(pathsOf(store.current()))
  const closing = new AbortController()
  /** How the files of each schema looked when it was read, by its path. */
  const looksAt = new Map<string, Looks>()
  /** Of these no rule has the schema any more. One that comes back is told of what changed meanwhile. */
  const resting = new Set<string>()
  const watch = watchFiles((changed) => {
    for (const [path, looks] of looksAt) if (!resting.has(path) && looks.has(changed)) onChange(path)
  })
  const follow = () => {
    const followed = [...looksAt].filter(([path]) => !resting.has(path))
    watch.follow(new Map(followed.flatMap(([, looks]) => [...looks])))
  }
  const restUnused = (rules: readonly PayloadRule[]) => {
    const used = new Set(pathsOf(rules))
    for (const path of looksAt.keys()) {
      if (used.has(path)) resting.delete(path)
      else resting.add(path)
    }
    follow()
  }
  const files = createRuleFiles(dialogs, (path) => chosen.add(path))
  const notChosen = (path: string) => {
    const name = basename(path)
    return fail('fileNotConfirmed', `${name} was not chosen.`, { values: { name } })
  }

  return {
    all: store.current,
    save: async (rules) => {
      const foreign = pathsOf(rules).find((path) => !chosen.has(path))
      if (foreign !== undefined) return notChosen(foreign)
      restUnused(rules)
      return store.save(rules)
    },
    trust: (rules) => {
      for (const path of pathsOf(rules)) chosen.add(path)
    },
    choose: async (choice) => {
      const path = await dialogs.choosePath(purposes[choice])
      if (path === null) return ok(null)
      chosen.add(path)
      return ok({ path, name: basename(path) })
    },
    read: async ({ path, kind }) => {
      if (!chosen.has(path)) return notChosen(path)
      const { read, looks } = await readSchemaFiles(path, closing.signal)
      if (!closing.signal.aborted) {
        looksAt.set(path, looks)
        resting.delete(path)
        follow()
      }
      if (!read.ok) return read
      return ok(kind === 'protobuf' ? await typesOf(read.value) : { kind: 'file', bytes: contentOf(read.value) })
    },
    exportTo: (connectionId) => files.write(store.current(), connectionId),
    importTo: (connectionId) => files.read(connectionId),
    close: () => {
      closing.abort()
      watch.close()
    },
  }
}

const pathsOf = (rules: readonly PayloadRule[]): readonly string[] =>
  rules.flatMap(({ schema }) => (schema ? [schema.path] : []))

const contentOf = ([first]: readonly SchemaFile[]): Uint8Array => first?.bytes ?? new Uint8Array()

/** What is named otherwise may be a descriptor set, and else is read as what it may be, too. */
const typesOf = async (files: readonly SchemaFile[]): Promise<SchemaContent> => {
  const [first] = files
  if (!first || first.name.endsWith('.proto')) return protobufOf(files)
  const set = readDescriptorSet(first.bytes)
  if (set.ok && set.schema.messages.length > 0) return { kind: 'protobuf', schema: set.schema }
  const read = await protobufOf(files)
  if (read.kind === 'protobuf') return read
  const detail = String(set.ok ? first.bytes.length : set.offset)
  return { kind: 'faultyProtobuf', problem: { code: 'notDescriptors', file: first.name, line: null, detail } }
}

/** The types of all files. The chosen one may be imported by another name, and is the same. */
export const protobufOf = async (files: readonly SchemaFile[]): Promise<SchemaContent> => {
  const byName = new Map(files.map((file) => [file.name, file]))
  const wanted = files.filter(({ isWanted }) => isWanted).map(({ name }) => name)
  const read = await readProtoFiles(wanted, (name) => {
    const found = byName.get(name)
    return Promise.resolve(found ? { name: found.path, text: Buffer.from(found.bytes).toString('utf8') } : null)
  })
  if (read.ok) return { kind: 'protobuf', schema: read.schema }
  const file = files.find(({ path }) => path === read.problem.file)?.name ?? read.problem.file
  return { kind: 'faultyProtobuf', problem: { ...read.problem, file } }
}
