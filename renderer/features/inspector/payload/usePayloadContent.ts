import { useCallback, useMemo, useReducer } from 'react'
import type { PayloadContent, PayloadView, ShownPayload } from '../../../decode/payloadView'
import { useSlicedWork } from '../../../state/useSlicedWork'

/** How long a frame may look for lines: leaves room to draw. */
const searchMilliseconds = 8

/**
 * The payload in a view, ready to be shown line by line; of a large one more with every frame until all is found. It is laid
 * out anew only where another of the view's own widths fits.
 */
export const usePayloadContent = (shown: ShownPayload, view: PayloadView): PayloadContent => {
  const { bytes, isCut, payloadBytes, width: room = Infinity } = shown
  const widths = view.widths?.(payloadBytes)
  const width = widths?.findLast((one) => one <= room) ?? widths?.[0]
  const opened = useMemo(
    () => view.open({ bytes, isCut, payloadBytes, ...(width === undefined ? {} : { width }) }),
    [view, bytes, isCut, payloadBytes, width],
  )
  const [, draw] = useReducer((turn: number) => turn + 1, 0)
  const search = useCallback(() => {
    if (!opened.advance) return false
    const isDone = opened.advance(searchMilliseconds)
    draw()
    return !isDone
  }, [opened])
  useSlicedWork(search)
  return opened.content()
}
