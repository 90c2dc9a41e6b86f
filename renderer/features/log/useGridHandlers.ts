import type { KeyboardEvent, MouseEvent } from 'react'
import type { LogRow } from '../../model/messageLog/messageLog'
import type { MessageView } from '../../model/messageLog/messageLogChunk'
import type { RowSource } from '../../model/logSearch/foundRows'
import { payloadCopyText } from '../../model/messageLog/messageLogCompose'
import { holdsSequence } from '../../model/sequenceRanges'
import type { Connection } from '../../state/app'
import { countMeantWith, meantWith } from '../../state/chosenMessages'
import { copyText } from '../../state/clipboard'
import { focusState } from '../../state/focus'
import { largePayloadState, largestCopyBytes, selectPayload } from '../../state/largePayload'
import { noticesState } from '../../state/notices'
import { selectionState } from '../../state/selection'
import { useConnectionObject } from '../../state/useConnection'
import { formatBytes } from '../../ui/format'
import { bookmarksState } from './bookmarks/bookmarks'
import { logKeyAction } from './logKeys'
import { copyMany } from './selected/copyMany'
import { rowsText } from './selected/rowsText'
import type { LogScroll } from './useLogScroll'
import { isElement } from '../../ui/elements'
import type { UnderPointer } from './useGridMenu'

export interface GridHandlerOptions {
  /** The messages and gaps that are shown. */
  readonly source: RowSource
  /** The same with what stands between them. */
  readonly rows: RowSource
  readonly scroll: LogScroll
  readonly selectedRow: number | null
  readonly viewRow: (row: number) => LogRow | null
  /** What the menu that opens next is about; neither = the selected message. */
  readonly menuOf: (under: UnderPointer) => void
}

/** Keys and clicks of the list: they select, copy, open the details and move the view. */
export const useGridHandlers = (options: GridHandlerOptions) => {
  const { source, rows, scroll, selectedRow, viewRow, menuOf } = options
  const connection = useConnectionObject()
  const selection = () => connection.get(selectionState)
  const messageIn = (row: number | null): MessageView | null => {
    const found = row === null ? null : viewRow(row)
    return found?.kind === 'message' ? found.message : null
  }

  const copySelected = () => {
    const message = messageIn(selectedRow)
    if (!message) return
    if (countMeantWith(connection, message) > 1) copyMany(connection, meantWith(connection, message), rowsText)
    else copyPayload(connection, message)
  }
  const chooseAll = () => {
    const first = messageFrom(source, messageIn, { place: 0, step: 1 })
    const last = messageFrom(source, messageIn, { place: source.count() - 1, step: -1 })
    if (first && last) selection().chooseRange({ from: first.message.sequence, to: last.message.sequence })
  }

  /** To the place, or the first message behind it on the way; gaps are passed over. */
  const moveTo = (place: number, reaches: boolean) => {
    const before = selectedRow === null ? source.count() : source.placeOf(selectedRow)
    const found = messageFrom(source, messageIn, { place, step: place < before ? -1 : 1 })
    if (found) {
      if (reaches) selection().extendTo(found.message.sequence)
      else selection().selectMessage(found.message.sequence)
    }
    const shown = found?.place ?? place
    if (shown === source.count() - 1) scroll.follow()
    else scroll.reveal(rows.placeOf(source.rowAt(shown)))
  }

  const handleKeyDown = (event: KeyboardEvent) => {
    const selected = selectedRow === null ? null : source.placeOf(selectedRow)
    const action = logKeyAction(event, { count: source.count(), selected, page: scroll.pageRows })
    if (!action) return
    const message = messageIn(selectedRow)
    if (action.kind === 'move') moveTo(action.place, action.extends)
    else if (action.kind === 'copy') copySelected()
    else if (action.kind === 'all') chooseAll()
    else if (action.kind === 'open') connection.app.get(focusState).focus('details')
    else if (action.kind === 'follow') scroll.follow()
    else if (message && action.kind === 'toggle') selection().toggleMessage(message.sequence)
    else if (message) connection.get(bookmarksState).toggle(message)
    event.preventDefault()
  }

  // On the way down: while messages come, another row may be under the pointer when the button goes up. What was
  // chosen stays in view.
  const handlePointer = (event: MouseEvent) => {
    const under = sequenceUnder(event.target)
    if (under === null) return
    const { chosen, selectMessage, toggleMessage, extendTo, focusMessage } = selection()
    const isCommand = event.ctrlKey || event.metaKey
    if (event.button === 2 && holdsSequence(chosen, under)) focusMessage(under)
    else if (event.shiftKey) extendTo(under, isCommand)
    else if (isCommand) toggleMessage(under)
    else selectMessage(under)
    scroll.hold()
  }

  // The menu speaks of the selected message: over a row that is none it would speak of another row.
  const handleContextMenu = (event: MouseEvent) => {
    const column = columnUnder(event.target)
    menuOf({ column, field: fieldUnder(event.target) })
    if (column !== null || !isOtherRow(event.target)) return
    event.preventDefault()
    event.stopPropagation()
  }

  return {
    onKeyDown: handleKeyDown,
    onMouseDown: handlePointer,
    onContextMenu: handleContextMenu,
    copySelected,
    chooseAll,
    /** Shows a message of the log, selected; one that the filter hides is selected all the same. */
    show: (sequence: number) => {
      selection().selectMessage(sequence)
      const row = connection.model.log.rowOfSequence(sequence)
      scroll.hold()
      if (row !== null) scroll.reveal(rows.placeOf(row))
    },
  }
}

/** The path of the field in whose column the pointer is. */
const fieldUnder = (target: EventTarget): string | null =>
  isElement(target) ? (target.closest<HTMLElement>('[data-field]')?.dataset['field'] ?? null) : null

const copyPayload = (connection: Connection, message: MessageView) => {
  const { app } = connection
  const notices = app.get(noticesState)
  const payload = selectPayload(message)(connection.get(largePayloadState))
  const values = { limit: formatBytes(largestCopyBytes) }
  if (!payload) notices.show({ text: { key: 'log.menu.copyNotWhole' } })
  else if (payload.length > largestCopyBytes) notices.show({ text: { key: 'log.menu.copyTooLarge', values } })
  else void copyText(app, payloadCopyText(payload))
}

interface Way {
  readonly place: number
  readonly step: 1 | -1
}

/** The first message at the place or beyond it. */
const messageFrom = (
  source: RowSource,
  messageIn: (row: number) => MessageView | null,
  { place: start, step }: Way,
): { readonly place: number; readonly message: MessageView } | null => {
  for (let place = start; place >= 0 && place < source.count(); place += step) {
    const message = messageIn(source.rowAt(place))
    if (message) return { place, message }
  }
  return null
}

const sequenceUnder = (target: EventTarget): number | null => {
  const row = isElement(target) ? target.closest<HTMLElement>('[data-seq]') : null
  return row ? Number(row.dataset['seq']) : null
}

const columnUnder = (target: EventTarget): string | null =>
  (isElement(target) && target.closest<HTMLElement>('[data-column]')?.dataset['column']) || null

const isOtherRow = (target: EventTarget): boolean =>
  isElement(target) && target.closest('[role="row"]:not([data-seq]), [data-event]') !== null
