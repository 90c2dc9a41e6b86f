import { wholePayloadBytes } from '#shared/model/frame'
import { jsonFieldText, type FieldPath } from '#shared/mqtt/jsonField'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { isHead } from '../../../model/messageLog/payloadHead'
import { VisibleText } from '../../../ui/VisibleText'

/** A field of a JSON payload as it is written there; null = the payload has none, or is not JSON. */
const fieldTextOf = (message: Pick<MessageView, 'payload' | 'payloadBytes'>, path: FieldPath): string | null => {
  const { payload } = message
  if (payload.length > wholePayloadBytes || isHead(message) || !isUtf8(payload)) return null
  return jsonFieldText(decodeUtf8(payload), path)
}

const shownInColumn = 120

interface FieldCellProps extends Pick<MessageView, 'payload' | 'payloadBytes'> {
  readonly path: FieldPath
}

export function FieldCell({ payload, payloadBytes, path }: FieldCellProps) {
  const text = fieldTextOf({ payload, payloadBytes }, path)
  return text === null ? null : <VisibleText text={text} limit={shownInColumn} mostPieces={4} />
}
