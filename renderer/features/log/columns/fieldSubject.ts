import { createJsonFieldReader } from '#shared/json/jsonFields'
import { jsonPathOf } from '#shared/json/jsonPath'
import type { ValueSubject } from '../../../actions/action'
import { valueInJson } from '../../../model/logSearch/fieldTest'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import type { Connection } from '../../../state/app'
import { decodedState } from '../../../state/decoded'
import { shownFieldBytes } from './FieldCell'

/** The field of a message that stands in the column of this path, for what can be done with it; null = it has none there. */
export const fieldSubject = (connection: Connection, message: MessageView, column: string): ValueSubject | null => {
  const path = jsonPathOf(column)
  const bytes = shownFieldBytes(message, connection.get(decodedState).lineOf(message.sequence))
  if (!path || !bytes) return null
  const reader = createJsonFieldReader([path])
  if (!reader.read(bytes, 0, bytes.length)) return null
  const start = reader.starts[0] ?? -1
  if (start < 0) return null
  return { connection, message, topic: message.topic, path, ...valueInJson(bytes, start, reader.ends[0] ?? 0) }
}
