import { useCallback, useMemo, useRef, useState } from 'react'
import type { PayloadContent } from '../../../decode/payloadView'
import { hitsOf, type Hits, type TextRange } from '../../../model/query/hits'
import { parseQuery } from '../../../model/query/parseQuery'
import { logViewState } from '../../../state/logView'
import { useConnection } from '../../../state/useConnection'
import { useSlicedWork } from '../../../state/useSlicedWork'

/** What the query of the log has found in messages. */
export const useQueryHits = (): Hits => {
  const query = useConnection(logViewState, (state) => state.query)
  return useMemo(() => hitsOf(parseQuery(query)), [query])
}

/** How long a frame may look for the first hit: leaves room to draw. */
const searchMilliseconds = 6
/** Lines looked at before the clock is read again. */
const linesPerLook = 64

const none: readonly TextRange[] = []

export interface PayloadHits {
  readonly inLine: (text: string) => readonly TextRange[]
  /** The line of the first hit of the query that was there when the payload was opened; null = none is known. */
  readonly first: number | null
}

/** What the query has found in a payload as text; in bytes written out it has found nothing. */
export const usePayloadHits = (content: PayloadContent): PayloadHits => {
  const { inPayload } = useQueryHits()
  const [opened] = useState(() => inPayload)
  const [first, setFirst] = useState<number | null>(null)
  const next = useRef(0)
  const { lines, isText } = content
  const search = useCallback(() => {
    if (!opened || !isText || first !== null) return false
    const until = performance.now() + searchMilliseconds
    while (next.current < lines.count && performance.now() < until)
      for (const end = Math.min(next.current + linesPerLook, lines.count); next.current < end; next.current += 1)
        if (opened(lines.at(next.current).text).length > 0) {
          setFirst(next.current)
          return false
        }
    return next.current < lines.count
  }, [opened, isText, lines, first])
  useSlicedWork(search)
  return { inLine: (text) => (inPayload && isText ? inPayload(text) : none), first }
}
