import type { ImportedConnection } from '#shared/importing/importedConnection'
import type { ImportedSchema } from '#shared/importing/importedSchema'
import { UnreadableFile } from '#shared/importing/limits'
import type {
  AppliedImport,
  FoundTool,
  ImportChoice,
  ImportPlan,
  PlannedConnection,
  PlannedFile,
  PlannedSchema,
} from '#shared/model/importPlan'
import { secretNames, type Profile } from '#shared/model/profile'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { fail, ok, type Result } from '#shared/result'
import type { Dialogs } from '../files/dialogs'
import type { TrustedPaths } from '../files/trustedPaths'
import type { PayloadRules } from '../payloadRules/payloadRules'
import { pathsOf } from '../files/trustedPaths'
import { applyImport, type DoneImport, type ImportParts } from './applyImport'
import { lookForTools, type SystemPlaces } from './foundTools'
import { byId, certificatesFor, importTarget } from './importState'
import type { ImportFolders, ReadForImport } from './readForImport'

export interface ImportDeskParts extends ImportParts {
  readonly folders: ImportFolders
  readonly system: SystemPlaces
  readonly dialogs: Pick<Dialogs, 'choosePaths'>
  readonly trustedPaths: TrustedPaths
  readonly payloadRules: Pick<PayloadRules, 'all' | 'trust'>
  readonly profiles: () => readonly Profile[]
}

/**
 * Files that are about to be imported. What was read stays here, with its secrets and certificates, until it is imported or given
 * up: the window has the plan alone, and names rows of it.
 */
export interface ImportDesk {
  /** Asks for files, or for a folder; null = cancelled. Adds them to what was read. */
  choose(kind: 'files' | 'folder'): Promise<Result<ImportPlan | null>>
  /** Files that a person dropped onto the window. */
  readDropped(paths: readonly string[]): Promise<Result<ImportPlan>>
  readText(text: string): Promise<Result<ImportPlan>>
  look(): Promise<Result<readonly FoundTool[]>>
  /** Fails with `notFound` for what `look` did not find. */
  readFound(ids: readonly string[]): Promise<Result<ImportPlan>>
  /** Decrypts what is encrypted in a file. Fails with `passwordWrong`, `notFound` and `invalidInput`. */
  unlock(fileId: string, password: string): Promise<Result<ImportPlan>>
  /** What was read, against the profiles that are there now. */
  plan(): Result<ImportPlan>
  /** Imports rows of the plan; fails with `fileNotConfirmed` where a pasted text names files that are not to be read. */
  apply(choice: ImportChoice): Promise<Result<AppliedImport>>
  /** Takes back what was imported last. Fails with `notFound`. */
  undo(): Promise<Result<null>>
  /** Forgets what was read. */
  clear(): void
}

interface Item extends ReadForImport {
  readonly id: string
  /** Its words came from the page, so the files that they name were chosen by nobody. */
  readonly isText: boolean
}

/** The readers of all files, half a megabyte of code, are loaded when somebody imports. */
const readers = () => import('./readForImport')

export const createImportDesk = (parts: ImportDeskParts): ImportDesk => {
  let items: readonly Item[] = []
  let nextId = 1
  let found: readonly FoundTool[] = []
  let done: DoneImport | null = null

  const plan = () => ok(planOf(items, parts))
  const add = (read: readonly ReadForImport[], isText: boolean) => {
    const fresh = read.map((one) => ({ ...one, isText, id: String(nextId++) }))
    const paths = new Set(fresh.map(({ path }) => path).filter((path) => path !== ''))
    items = [...items.filter(({ path }) => !paths.has(path)), ...fresh]
    return plan()
  }
  const readPaths = async (paths: readonly string[]) => {
    const { readAllForImport } = await readers()
    const read = await readAllForImport(paths, parts.folders)
    return add(worthShowing(read, paths), false)
  }

  return {
    plan,
    choose: async (kind) => {
      const paths = await parts.dialogs.choosePaths(kind)
      return paths.length === 0 ? ok(null) : readPaths(paths)
    },
    readDropped: readPaths,
    readText: async (text) => {
      const { readBytesForImport } = await readers()
      return add([await readBytesForImport(encodeUtf8(text), parts.folders)], true)
    },
    look: async () => {
      found = await lookForTools(parts.system)
      return ok(found)
    },
    readFound: async (ids) => {
      const wanted = ids.map((id) => found.find((one) => one.id === id))
      const paths = wanted.flatMap((one) => (one ? [one.path] : []))
      return paths.length < ids.length ? fail('notFound', 'This tool was not found.') : readPaths(paths)
    },
    unlock: async (fileId, password) => {
      const item = items.find(({ id }) => id === fileId)
      if (!item) return fail('notFound', 'This file was not read.')
      try {
        const { unlocked } = await readers()
        const opened = { ...item, ...(await unlocked(item, password, parts.folders)) }
        items = items.map((one) => (one.id === fileId ? opened : one))
        return plan()
      } catch (error) {
        if (!(error instanceof UnreadableFile)) throw error
        return error.code === 'wrongPassword'
          ? fail('passwordWrong', error.message)
          : fail('invalidInput', error.message)
      }
    },
    apply: async (choice) => {
      const chosen = chosenOf(items, choice, parts.profiles())
      const agreed = await agreedPaths(parts, chosen)
      if (!agreed.ok) return agreed
      const result = await applyImport(parts, chosen.connections, chosen.schemas)
      if (!result.ok) return result
      done = result.value
      parts.payloadRules.trust(done.applied.rules)
      items = []
      return ok(done.applied)
    },
    undo: async () => {
      if (!done) return fail('notFound', 'Nothing was imported.')
      const { undo } = done
      done = null
      return undo()
    },
    clear: () => {
      items = []
    },
  }
}

/** Of a folder, what was recognised; where that is nothing, the folder itself says so. */
const worthShowing = (read: readonly ReadForImport[], paths: readonly string[]): readonly ReadForImport[] => {
  const shown = read.filter(({ file, isNamed, problem }) => file !== null || isNamed || isFoundDamaged(problem))
  if (shown.length > 0 || paths.length === 0) return shown
  return paths.map((path) => ({ path, file: null, problem: null, isNamed: true, document: null }))
}

/** Files of a folder that are none of a tool's are not spoken of. */
const isFoundDamaged = (problem: UnreadableFile | null): boolean => problem?.code === 'newer'

interface Chosen {
  readonly connections: Parameters<typeof applyImport>[1]
  readonly schemas: readonly ImportedSchema[]
  /** Of these the files that they name are asked about. */
  readonly pasted: readonly Profile[]
}

const chosenOf = (items: readonly Item[], choice: ImportChoice, profiles: readonly Profile[]): Chosen => {
  const known = byId(profiles)
  const wanted = new Set(choice.connections)
  const wantedSchemas = new Set(choice.schemas)
  const connections = items.flatMap((item) =>
    rowsOf(item).flatMap(({ id, connection }) =>
      wanted.has(id) ? [{ connection, target: importTarget(connection, known), isText: item.isText }] : [],
    ),
  )
  return {
    connections,
    schemas: items.flatMap((item) =>
      (item.file?.schemas ?? []).filter((_, index) => wantedSchemas.has(schemaId(item, index))),
    ),
    pasted: connections.flatMap(({ target, isText }) => (isText && target.profile ? [target.profile] : [])),
  }
}

/** A file that was chosen may name others; what the page said may not without being asked about. */
const agreedPaths = async (
  { trustedPaths }: ImportDeskParts,
  { connections, pasted }: Chosen,
): Promise<Result<null>> => {
  for (const profile of pasted) {
    const confirmed = await trustedPaths.confirm(profile)
    if (!confirmed.ok) return confirmed
  }
  trustedPaths.trust(connections.flatMap(({ target }) => (target.profile ? pathsOf(target.profile) : [])))
  return ok(null)
}

const rowsOf = (item: Item): readonly { readonly id: string; readonly connection: ImportedConnection }[] =>
  (item.file?.connections ?? []).map((connection, index) => ({ id: `${item.id}.${index}`, connection }))

const schemaId = (item: Item, index: number): string => `${item.id}.s${index}`

const planOf = (items: readonly Item[], { profiles, payloadRules }: ImportDeskParts): ImportPlan => {
  const known = byId(profiles())
  const seen = new Set<string>()
  const rules = new Set(payloadRules.all().map(({ id }) => id))
  return {
    files: items.map((item): PlannedFile => {
      const { id, path, file, problem } = item
      return {
        id,
        path,
        tool: file?.tool ?? null,
        format: file?.format ?? '',
        problem: file ? null : { code: problem?.code ?? 'nothingFound', detail: problem?.message ?? '' },
        isLocked: file?.isLocked ?? false,
        dropped: file?.dropped ?? [],
        connections: rowsOf(item).map((row) => plannedConnection(row, known, seen)),
        schemas: (file?.schemas ?? []).map((schema, index) => plannedSchema(schema, schemaId(item, index), rules)),
      }
    }),
  }
}

const plannedConnection = (
  { id, connection }: ReturnType<typeof rowsOf>[number],
  known: ReadonlyMap<string, Profile>,
  seen: Set<string>,
): PlannedConnection => {
  const { state, profile } = importTarget(connection, known)
  const isRepeated = profile !== null && seen.has(profile.id)
  if (profile) seen.add(profile.id)
  const { name, folder, messages, charts, payloadRules, secrets, dropped, guessed } = connection
  return {
    id,
    name,
    folder,
    state,
    profile,
    messages: messages.map(({ name: title, folders, message }) => ({ name: title, folders, topic: message.topic })),
    charts: charts.length,
    payloadRules: payloadRules.length,
    secrets: secretNames.filter((secret) => secrets[secret] !== undefined),
    certificates: certificatesFor(connection, profile).map(({ path }) => path.replace(/^.*[/\\]/, '')),
    dropped,
    guessed,
    isRepeated,
  }
}

const plannedSchema = (schema: ImportedSchema, id: string, rules: ReadonlySet<string>): PlannedSchema => ({
  id,
  name: schema.name,
  rule: schema.rule,
  isFilterGuessed: schema.isFilterGuessed,
  isKnown: rules.has(schema.rule.id),
})
