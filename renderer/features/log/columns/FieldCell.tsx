import { wholePayloadBytes } from '#shared/model/frame'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { isHead } from '../../../model/messageLog/payloadHead'
import { VisibleText } from '../../../ui/VisibleText'

const shownInColumn = 120

interface FieldCellProps extends Pick<MessageView, 'payload' | 'payloadBytes'> {
  /** Reads the field of a whole payload. */
  readonly read: (payload: Uint8Array) => string | null
}

/** A field of a JSON payload; nothing where the payload has none, is no JSON, or is too large to be read in a row. */
export function FieldCell({ payload, payloadBytes, read }: FieldCellProps) {
  const isReadable = payload.length <= wholePayloadBytes && !isHead({ payload, payloadBytes })
  const text = isReadable ? read(payload) : null
  return text === null ? null : <VisibleText text={text} limit={shownInColumn} mostPieces={4} />
}
