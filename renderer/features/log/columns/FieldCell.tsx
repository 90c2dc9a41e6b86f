import { wholePayloadBytes } from '#shared/model/frame'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { isHead } from '../../../model/messageLog/payloadHead'
import { useDecodedLine, type Decoded } from '../../../state/decoded'
import { VisibleText } from '../../../ui/VisibleText'

const shownInColumn = 120

interface FieldCellProps {
  readonly message: MessageView
  /** Reads the field of a whole payload. */
  readonly read: (payload: Uint8Array) => string | null
}

/** A field of a payload that is JSON or decoded; nothing where it has none, is neither, or is too large to be read in a row. */
export function FieldCell({ message, read }: FieldCellProps) {
  const decoded = useDecodedLine(message)
  const payload = shownFieldBytes(message, decoded)
  const text = payload && read(payload)
  return text === null ? null : <VisibleText text={text} limit={shownInColumn} mostPieces={4} />
}

/** What fields of a message are read in; null = it is too large for a row. */
export const shownFieldBytes = (message: MessageView, decoded: Decoded | null): Uint8Array | null =>
  decoded?.status === 'decoded' ? readableIn(decoded) : readablePayload(message)

const readablePayload = (message: MessageView): Uint8Array | null =>
  message.payload.length <= wholePayloadBytes && !isHead(message) ? message.payload : null

const readableIn = ({ json, isCut }: Decoded & { readonly status: 'decoded' }): Uint8Array | null =>
  isCut ? null : encodeUtf8(json)
