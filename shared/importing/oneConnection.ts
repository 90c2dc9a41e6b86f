import { createFields, newRemarks, type Fields, type Remarks } from './fields'
import type { ForeignConnection } from './foreignConnection'

/** What a reader of one tool says of a connection; the rest is as nothing was said. */
export type SaidConnection = Partial<ForeignConnection> & Pick<ForeignConnection, 'name' | 'host'>

/** A connection out of one record, with what its reader left. */
export const oneConnection = (
  value: unknown,
  read: (fields: Fields, remarks: Remarks) => SaidConnection,
): ForeignConnection => {
  const remarks = newRemarks()
  const fields = createFields(value, remarks)
  const said = read(fields, remarks)
  fields.finish()
  return { key: '', folder: [], subscriptions: [], messages: [], ...said, ...remarks }
}
