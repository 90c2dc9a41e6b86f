import type { ImportPlan, PlannedConnection, PlannedFile, PlannedSchema } from '#shared/model/importPlan'

/** A line of the table: a file, and below it what was found in it. */
export type PlanRow =
  | { readonly kind: 'file'; readonly id: string; readonly file: PlannedFile }
  | { readonly kind: 'connection'; readonly id: string; readonly connection: PlannedConnection }
  | { readonly kind: 'schema'; readonly id: string; readonly schema: PlannedSchema }

export const rowsOf = ({ files }: ImportPlan): readonly PlanRow[] =>
  files.flatMap((file) => [
    { kind: 'file' as const, id: `file ${file.id}`, file },
    ...file.connections.map((connection) => ({ kind: 'connection' as const, id: connection.id, connection })),
    ...file.schemas.map((schema) => ({ kind: 'schema' as const, id: schema.id, schema })),
  ])

/** Whether something can be made of a row. */
export const isChoosable = (row: PlanRow): boolean =>
  row.kind === 'schema' || (row.kind === 'connection' && row.connection.state !== 'cannot')

/** What an import is for: all that is not there as it is. */
const isWanted = (row: PlanRow): boolean => {
  if (row.kind === 'schema') return !row.schema.isKnown
  if (row.kind === 'file') return false
  const { state, isRepeated } = row.connection
  return (state === 'new' || state === 'changed') && !isRepeated
}

/** What is chosen when another plan comes: of rows that were there what a person left, of new ones all that is wanted. */
export const withDefaults = (
  chosen: ReadonlySet<string>,
  before: readonly PlanRow[],
  rows: readonly PlanRow[],
): ReadonlySet<string> => {
  const known = new Set(before.map(({ id }) => id))
  return new Set(rows.filter((row) => (known.has(row.id) ? chosen.has(row.id) : isWanted(row))).map(({ id }) => id))
}

/** The secrets of all that are chosen. */
export const chosenSecrets = (rows: readonly PlanRow[], chosen: ReadonlySet<string>): number =>
  rows.reduce(
    (sum, row) => sum + (row.kind === 'connection' && chosen.has(row.id) ? row.connection.secrets.length : 0),
    0,
  )
