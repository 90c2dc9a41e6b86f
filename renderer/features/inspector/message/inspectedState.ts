import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { defineConnectionState, type Connection } from '../../../state/app'
import { messagesState } from '../../../state/messages'
import { selectionState } from '../../../state/selection'

export interface Inspected {
  readonly message: MessageView
  /** `latest` = not selected, but the newest of the selected topic; `gone` = selected, and evicted or cleared since. */
  readonly origin: 'selected' | 'latest' | 'gone'
}

export interface InspectedState {
  /**
   * What the details show; null = nothing. The same object as long as it says the same: batches come many times a
   * second, and a payload must not be laid out anew for each. A message that is selected stays readable when it is
   * evicted, also while another connection is in view.
   */
  readonly inspected: Inspected | null
  /** What was shown before another one was chosen; null = nothing was. */
  readonly shownBefore: MessageView | null
}

export const inspectedState = defineConnectionState<InspectedState>('inspected', ({ owner: connection, get, set }) => {
  const follow = () => {
    const { inspected: before } = get()
    const inspected = inspectedOf(connection, before)
    if (inspected !== before) set({ inspected })
  }
  connection.watch(selectionState, () => {
    const { inspected: before } = get()
    follow()
    const now = get().inspected
    if (before && before.message.sequence !== now?.message.sequence) set({ shownBefore: before.message })
  })
  connection.watch(messagesState, (state, before) => {
    if (state.revision !== before.revision) follow()
  })
  return { inspected: inspectedOf(connection, null), shownBefore: null }
})

/** What the selection leads to now, or `before` where that says the same. */
const inspectedOf = (connection: Connection, before: Inspected | null): Inspected | null => {
  const { selection } = connection.get(selectionState)
  if (selection === null) return null
  const { log } = connection.model
  if (selection.kind === 'topic') {
    const message = log.latestOf(selection.topic)
    return message && keptIfSame({ message, origin: 'latest' }, before)
  }
  const message = log.messageOf(selection.sequence)
  if (message) return keptIfSame({ message, origin: 'selected' }, before)
  const isGone = before?.message.sequence === selection.sequence
  return isGone ? keptIfSame({ message: before.message, origin: 'gone' }, before) : null
}

const keptIfSame = (now: Inspected, before: Inspected | null): Inspected => {
  if (!before || !isSame(before.message, now.message)) return now
  return before.origin === now.origin ? before : { ...now, message: before.message }
}

const isSame = (one: MessageView, other: MessageView) =>
  one.sequence === other.sequence &&
  one.delivery?.state === other.delivery?.state &&
  one.delivery?.at === other.delivery?.at
