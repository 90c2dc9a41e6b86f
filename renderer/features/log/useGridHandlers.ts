import type { KeyboardEvent, MouseEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { LogRow } from '../../model/messageLog/messageLog'
import type { MessageView } from '../../model/messageLog/messageLogChunk'
import { payloadCopyText } from '../../model/messageLog/messageLogCompose'
import type { RowSource } from '../../model/logSearch/foundRows'
import { copyText } from '../../state/clipboard'
import { focusState } from '../../state/focus'
import { largePayloadState, largestCopyBytes, selectPayload } from '../../state/largePayload'
import { noticesState } from '../../state/notices'
import { selectionState } from '../../state/selection'
import { useConnectionObject } from '../../state/useConnection'
import { formatBytes } from '../../ui/format'
import { logKeyAction } from './logKeys'
import type { LogScroll } from './useLogScroll'

export interface GridHandlerOptions {
  readonly source: RowSource
  readonly scroll: LogScroll
  readonly selectedRow: number | null
  readonly viewRow: (row: number) => LogRow | null
}

/** Keys and clicks of the list: they select, copy, open the details and move the view. */
export const useGridHandlers = (options: GridHandlerOptions) => {
  const { source, scroll, selectedRow, viewRow } = options
  const connection = useConnectionObject()
  const { app } = connection
  const t = useTranslations('log')
  const selectMessage = (sequence: number) => connection.get(selectionState).selectMessage(sequence)

  const copyPayload = (message: MessageView) => {
    const notices = app.get(noticesState)
    const payload = selectPayload(message)(connection.get(largePayloadState))
    const limit = formatBytes(largestCopyBytes)
    if (!payload) notices.show({ text: t('menu.copyNotWhole', { limit }) })
    else if (payload.length > largestCopyBytes) notices.show({ text: t('menu.copyTooLarge', { limit }) })
    else void copyText(app, payloadCopyText(payload))
  }

  const copySelected = () => {
    const row = selectedRow === null ? null : viewRow(selectedRow)
    if (row?.kind === 'message') copyPayload(row.message)
  }

  const selectPlace = (place: number) => {
    const row = viewRow(source.rowAt(place))
    if (row?.kind === 'message') selectMessage(row.message.sequence)
    if (place === source.count() - 1) scroll.follow()
    else scroll.reveal(place)
  }

  const handleKeyDown = (event: KeyboardEvent) => {
    const selected = selectedRow === null ? null : source.placeOf(selectedRow)
    const action = logKeyAction(event, { count: source.count(), selected, page: scroll.pageRows })
    if (!action) return
    if (action.kind === 'copy') copySelected()
    else if (action.kind === 'move') selectPlace(action.place)
    else if (action.kind === 'open') app.get(focusState).focus('details')
    else scroll.follow()
    event.preventDefault()
  }

  // On the way down: while messages come, another row may be under the pointer when the button goes up. What was
  // chosen stays in view.
  const handlePointer = (event: MouseEvent) => {
    const under = sequenceUnder(event.target)
    if (under === null) return
    selectMessage(under)
    scroll.hold()
  }

  // The menu speaks of the selected message: over the header, or a row that is none, it would speak of another row.
  const handleContextMenu = (event: MouseEvent) => {
    if (!isOtherRow(event.target)) return
    event.preventDefault()
    event.stopPropagation()
  }

  return {
    onKeyDown: handleKeyDown,
    onMouseDown: handlePointer,
    onContextMenu: handleContextMenu,
    copySelected,
  }
}

const sequenceUnder = (target: EventTarget): number | null => {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-seq]') : null
  return row ? Number(row.dataset['seq']) : null
}

const isOtherRow = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('[role="row"]:not([data-seq])') !== null
