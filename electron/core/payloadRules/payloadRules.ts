// Why it is so: build/docs/decisions/47-a-schema-stays-where-it-is.md
import { basename } from 'node:path'
import type { ChosenFile } from '#shared/contract'
import type { PayloadRule, SchemaChoice, SchemaFiles } from '#shared/model/payloadRule'
import { fail, ok, type Result } from '#shared/result'
import type { Dialogs, FilePurpose } from '../files/dialogs'
import type { EntryListStore } from '../storage/entryListStore'
import { readSchemaFiles } from './schemaFiles'
import { watchFiles } from './watchFiles'

/** The rules of payloads, and the files of their schemas. */
export interface PayloadRules {
  all(): readonly PayloadRule[]
  /** All of them. Fails with `fileNotConfirmed` where one names a file that was not chosen in the system's dialog. */
  save(rules: readonly PayloadRule[]): Promise<Result<null>>
  /** The system's dialog; null = cancelled. */
  choose(choice: SchemaChoice): Promise<Result<ChosenFile | null>>
  /**
   * What stands in the files of a schema now; from then on their changes are told. Fails as reading does, and with
   * `fileNotConfirmed`.
   */
  read(path: string): Promise<Result<SchemaFiles>>
  close(): void
}

export interface PayloadRulesParts {
  readonly store: EntryListStore<PayloadRule>
  readonly dialogs: Pick<Dialogs, 'choosePath'>
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
  const chosen = new Set(store.current().map(({ schema }) => schema.path))
  const closing = new AbortController()
  /** What is watched, by the path of the schema it belongs to. */
  const watched = new Map<string, readonly string[]>()
  const watch = watchFiles((changed) => {
    for (const [path, files] of watched) if (files.includes(changed)) onChange(path)
  })
  const follow = (path: string, files: readonly string[]) => {
    watched.set(path, files)
    watch.follow([...watched.values()].flat())
  }
  const forgetUnused = (rules: readonly PayloadRule[]) => {
    const used = new Set(rules.map(({ schema }) => schema.path))
    for (const path of watched.keys()) if (!used.has(path)) watched.delete(path)
    watch.follow([...watched.values()].flat())
  }
  const notChosen = (path: string) => {
    const name = basename(path)
    return fail('fileNotConfirmed', `${name} was not chosen.`, { values: { name } })
  }

  return {
    all: store.current,
    save: async (rules) => {
      const foreign = rules.find(({ schema }) => !chosen.has(schema.path))
      if (foreign) return notChosen(foreign.schema.path)
      forgetUnused(rules)
      return store.save(rules)
    },
    choose: async (choice) => {
      const path = await dialogs.choosePath(purposes[choice])
      if (path === null) return ok(null)
      chosen.add(path)
      return ok({ path, name: basename(path) })
    },
    read: async (path) => {
      if (!chosen.has(path)) return notChosen(path)
      const read = await readSchemaFiles(path, closing.signal)
      // One that is missing may come.
      if (!closing.signal.aborted) follow(path, read.ok ? read.value.paths : [path])
      return read.ok ? ok({ files: read.value.files }) : read
    },
    close: () => {
      closing.abort()
      watch.close()
    },
  }
}
