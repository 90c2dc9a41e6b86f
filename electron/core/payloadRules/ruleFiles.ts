import { randomUUID } from 'node:crypto'
import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { ExportedRules, ImportedRules, RefusedRule } from '#shared/contract'
import type { PayloadRule } from '#shared/model/payloadRule'
import { readRuleFile, writeRuleFile, type FiledRule } from '#shared/model/ruleFile'
import { rulesOf } from '#shared/model/ruleOrder'
import { fail, ok, type Result } from '#shared/result'
import type { Dialogs } from '../files/dialogs'
import { readRegularFile } from '../files/readRegularFile'
import { safeFileName } from '#shared/text/safeFileName'
import { messageOf } from '#shared/text/messageOf'
import { writeAtomically } from '../storage/atomicWrite'

const largestFile = 8 * 2 ** 20

/** Files of rules, such as live in a git repository. */
export interface RuleFiles {
  /** Those that count on a connection; null = cancelled. Fails with `storageFailed`. */
  write(rules: readonly PayloadRule[], connectionId: string): Promise<Result<ExportedRules | null>>
  /** What a file says, for a connection; null = cancelled. Fails as reading does. */
  read(connectionId: string): Promise<Result<ImportedRules | null>>
}

/** `trust` gets the paths of schemas that may be read from now on: the file that was chosen names them, and they lie around it. */
export const createRuleFiles = (
  dialogs: Pick<Dialogs, 'choosePath' | 'savePath'>,
  trust: (path: string) => void,
): RuleFiles => ({
  write: async (rules, connectionId) => {
    const here = rulesOf(rules, connectionId)
    const path = await dialogs.savePath(safeFileName('topicscope-rules.json'))
    if (path === null) return ok(null)
    const root = await rootOf(dirname(path))
    const outside = here.flatMap(({ filter, schema }) =>
      schema && !isWithin(root, schema.path) ? [{ filter, path: schema.path }] : [],
    )
    const text = writeRuleFile(here.map((rule) => filedOf(rule, dirname(path))))
    try {
      await writeAtomically({ path, text, mode: 0o644, backup: null })
    } catch (error) {
      const file = basename(path)
      const detail = messageOf(error)
      return fail('storageFailed', `${file} could not be written: ${detail}`, { values: { file, detail } })
    }
    return ok({ name: basename(path), count: here.length, outside })
  },
  read: async (connectionId) => {
    const path = await dialogs.choosePath('payloadRules')
    if (path === null) return ok(null)
    const file = await readRegularFile(path, { limitBytes: largestFile })
    if (!file.ok) return file
    const read = readRuleFile(file.value.bytes.toString('utf8'))
    const name = basename(path)
    if (!read.ok)
      return ok({ name, rules: [], refused: [{ filter: '', problem: read.problem, isTaken: false, path: '' }] })
    const found = await Promise.all(
      read.rules.map((filed) => foundRule(filed, { folder: dirname(path), connectionId })),
    )
    for (const { rule } of found) if (rule?.schema) trust(rule.schema.path)
    return ok({
      name,
      rules: found.flatMap(({ rule }) => (rule ? [rule] : [])),
      refused: [
        ...read.refused.map((one) => ({ ...one, isTaken: false, path: '' })),
        ...found.flatMap(({ refused }) => (refused ? [refused] : [])),
      ],
    })
  },
})

const filedOf = ({ id: _id, connectionId, ...rule }: PayloadRule, folder: string): FiledRule => ({
  isForAll: connectionId === null,
  rule: rule.schema ? { ...rule, schema: { ...rule.schema, path: filedPath(folder, rule.schema.path) } } : rule,
})

/** With slashes on every system; on another drive of Windows the whole path. */
const filedPath = (folder: string, path: string): string => relative(folder, path).split(sep).join('/') || '.'

interface Place {
  readonly folder: string
  readonly connectionId: string
}

interface Found {
  readonly rule: PayloadRule | null
  readonly refused: RefusedRule | null
}

/** A schema is taken that is there, and lies around the file: a file from elsewhere has nothing else of this computer read. */
const foundRule = async ({ rule, isForAll }: FiledRule, { folder, connectionId }: Place): Promise<Found> => {
  const own = { ...rule, id: randomUUID(), connectionId: isForAll ? null : connectionId }
  const { schema, ...without } = own
  if (!schema) return { rule: own, refused: null }
  const path = resolve(folder, schema.path)
  const problem = await schemaProblem(path, folder)
  if (problem === null) return { rule: { ...own, schema: { ...schema, path } }, refused: null }
  const isTaken = own.decoder !== undefined
  return { rule: isTaken ? without : null, refused: { filter: rule.filter, problem, isTaken, path: schema.path } }
}

const schemaProblem = async (path: string, folder: string): Promise<'schemaMissing' | 'schemaOutside' | null> => {
  const root = await rootOf(folder)
  if (!isWithin(root, path)) return 'schemaOutside'
  const real = await realpath(path).catch(() => null)
  if (real === null) return 'schemaMissing'
  return isWithin(await realpath(root), real) ? null : 'schemaOutside'
}

/** Folders above one another that are looked at. */
const deepest = 40

/** The git repository in which a folder lies; else the folder itself. */
const rootOf = async (folder: string): Promise<string> => {
  for (let at = folder, depth = 0; depth < deepest; at = dirname(at), depth++) {
    if (await stat(join(at, '.git')).catch(() => null)) return at
    if (dirname(at) === at) break
  }
  return folder
}

const isWithin = (root: string, path: string): boolean => {
  const way = relative(root, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
