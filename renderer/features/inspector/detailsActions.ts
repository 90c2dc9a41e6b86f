import { GitCompare, Pin, SquarePen } from 'lucide-react'
import type { Action, Subjects } from '../../actions/action'
import type { MessageView } from '../../model/messageLog/messageLogChunk'
import { composedFrom } from '../../model/messageLog/messageLogCompose'
import { comparisonState, showDifferenceFrom } from '../../state/comparison'
import { composeMessage } from '../../state/composerRequest'
import { largePayloadState, selectPayload } from '../../state/largePayload'
import { selectionState } from '../../state/selection'
import { inspectedState } from './message/inspectedState'

/** All of its payload; null while only the head is here. */
const payloadOf = ({ connection, message }: Subjects['message']) =>
  selectPayload(message)(connection.get(largePayloadState))

/**
 * What the details show beside the message, or showed before it: a right click on a row of the log chooses the row
 * before its menu opens.
 */
const otherShown = ({ connection, message }: Subjects['message']): MessageView | null => {
  const { inspected, shownBefore } = connection.get(inspectedState)
  const shown = inspected?.message ?? null
  return shown?.sequence === message.sequence ? shownBefore : shown
}

export const detailsActions: readonly Action<'message'>[] = [
  {
    id: 'message.editAndSend',
    on: 'message',
    needsBroker: true,
    label: { key: 'inspector.editAndSend' },
    icon: SquarePen,
    inPalette: false,
    isEnabled: (subject) => payloadOf(subject) !== null,
    run: (subject) => {
      const payload = payloadOf(subject)
      if (!payload) return
      const { message, file } = composedFrom(subject.message, payload)
      composeMessage(subject.connection, message, file)
    },
  },
  {
    id: 'message.compare',
    on: 'message',
    label: (subject) => ({
      key: 'inspector.compareWithShown',
      values: { sequence: otherShown(subject)?.sequence ?? 0 },
    }),
    icon: GitCompare,
    contextGroup: 3,
    isShown: (subject) => otherShown(subject) !== null,
    run: (subject) => {
      const other = otherShown(subject)
      const { connection, message } = subject
      connection.get(selectionState).selectMessage(message.sequence)
      if (other) showDifferenceFrom(connection, other)
    },
  },
  {
    id: 'message.pin',
    on: 'message',
    label: { key: 'inspector.pin' },
    icon: Pin,
    contextGroup: 3,
    run: ({ connection, message }) => connection.get(comparisonState).compareWith(message),
  },
]
