import type { KeyboardEvent, MouseEvent } from 'react'
import type { LogRow } from '../../model/messageLog'
import { payloadCopyText } from '../../model/messageLogCompose'
import { useApp } from '../../store/useApp'
import type { RowSource } from '../../model/logSearch/foundRows'
import { logKeyAction } from './logKeys'
import { rowHeight } from './scrollModel'
import type { LogScroll } from './useLogScroll'

const sequenceUnder = (target: EventTarget): number | null => {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-seq]') : null
  return row ? Number(row.dataset['seq']) : null
}

export interface GridHandlerOptions {
  readonly connectionId: string
  readonly source: RowSource
  readonly scroll: LogScroll
  readonly selectedRow: number | null
  readonly viewRow: (row: number) => LogRow | null
}

/** Keys and clicks of the list: they select, copy, open the details and move the view. */
export const useGridHandlers = (options: GridHandlerOptions) => {
  const { connectionId, source, scroll, selectedRow, viewRow } = options
  const selectMessage = useApp((state) => state.selectMessage)
  const focusDetails = useApp((state) => state.focusDetails)
  const copyText = useApp((state) => state.copyText)

  const selectPlace = (place: number) => {
    const row = viewRow(source.rowAt(place))
    if (row?.kind === 'message') selectMessage(connectionId, row.message.sequence)
    if (place === source.count() - 1) scroll.follow()
    else scroll.reveal(place)
  }

  const handleKeyDown = (event: KeyboardEvent) => {
    const selected = selectedRow === null ? null : source.placeOf(selectedRow)
    const page = Math.max(1, Math.floor(scroll.extent.viewport / rowHeight) - 1)
    const action = logKeyAction(event, { count: source.count(), selected, page })
    if (!action) return
    if (action.kind === 'copy') {
      const row = selectedRow === null ? null : viewRow(selectedRow)
      // Text a person has marked is what they mean to copy.
      if (row?.kind !== 'message' || document.getSelection()?.isCollapsed === false) return
      void copyText(payloadCopyText(row.message.payload))
    } else if (action.kind === 'move') selectPlace(action.place)
    else if (action.kind === 'open') focusDetails()
    else scroll.follow()
    event.preventDefault()
  }

  // On the way down: while messages come, another row may be under the pointer when the button goes up. What was
  // chosen stays in view.
  const handlePointer = (event: MouseEvent) => {
    const under = sequenceUnder(event.target)
    if (under === null) return
    selectMessage(connectionId, under)
    scroll.hold()
  }

  return { onKeyDown: handleKeyDown, onMouseDown: handlePointer }
}
