import { useState } from 'react'
import type { ByteGrid, PayloadContent } from '../../../decode/payloadView'
import { HexText } from '../bytes/HexText'
import type { Find } from '../find/useFind'

interface PayloadBytesProps {
  readonly content: PayloadContent
  readonly grid: ByteGrid
  readonly find: Find
  /** Takes the element that scrolls. */
  readonly attach: (lines: HTMLElement | null) => void
}

/** The bytes of a payload with a caret, which is nowhere until a byte is chosen. */
export function PayloadBytes(props: PayloadBytesProps) {
  const [caret, setCaret] = useState<number | null>(null)
  return <HexText {...props} caret={caret} onCaret={setCaret} />
}
