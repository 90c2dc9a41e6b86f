import { Copy, Filter, ListFilter, PenLine, Rss, SquarePen } from 'lucide-react'
import type { Action, Subjects } from '../../actions/action'
import { composedFrom, payloadCopyText } from '../../model/messageLog/messageLogCompose'
import { copyText } from '../../state/clipboard'
import { composeFor, composeMessage } from '../../state/composerRequest'
import { largePayloadState, largestCopyBytes, selectPayload } from '../../state/largePayload'
import { logViewState } from '../../state/logView'
import { draftFilter } from '../../state/subscribeField'
import { formatBytes } from '../../ui/format'
import { commandShortcut } from '../../ui/shortcut'

type Message = Subjects['message']

/** All of its payload; null while only the head is here. */
const payloadOf = ({ connection, message }: Message) => selectPayload(message)(connection.get(largePayloadState))

export const messageActions: readonly Action<'message'>[] = [
  {
    id: 'message.copyTopic',
    on: 'message',
    label: { key: 'log.menu.copyTopic' },
    buttonLabel: { key: 'inspector.copyTopic' },
    icon: Copy,
    contextGroup: 0,
    run: ({ connection, message }) => void copyText(connection.app, message.topic),
  },
  {
    id: 'message.copyPayload',
    on: 'message',
    label: (subject) => {
      const payload = payloadOf(subject)
      if (!payload) return { key: 'log.menu.copyNotWhole' }
      if (payload.length <= largestCopyBytes) return { key: 'log.menu.copyPayload' }
      return { key: 'log.menu.copyTooLarge', values: { limit: formatBytes(largestCopyBytes) } }
    },
    icon: Copy,
    listKey: commandShortcut('C'),
    contextGroup: 0,
    isEnabled: (subject) => (payloadOf(subject)?.length ?? Infinity) <= largestCopyBytes,
    run: (subject) => {
      const payload = payloadOf(subject)
      if (payload) void copyText(subject.connection.app, payloadCopyText(payload))
    },
  },
  {
    id: 'message.sendAgain',
    on: 'message',
    label: (subject) => ({ key: payloadOf(subject) ? 'log.menu.sendAgain' : 'log.menu.sendNotWhole' }),
    buttonLabel: (subject) => ({ key: payloadOf(subject) ? 'inspector.sendAgain' : 'inspector.sendNotWhole' }),
    icon: SquarePen,
    contextGroup: 1,
    isEnabled: (subject) => payloadOf(subject) !== null,
    run: (subject) => {
      const payload = payloadOf(subject)
      if (!payload) return
      const { message, file } = composedFrom(subject.message, payload)
      composeMessage(subject.connection, message, file)
    },
  },
  {
    id: 'message.sendToTopic',
    on: 'message',
    label: { key: 'log.menu.sendToTopic' },
    buttonLabel: { key: 'inspector.sendToTopic' },
    icon: PenLine,
    contextGroup: 1,
    run: ({ connection, message }) => composeFor(connection, message.topic),
  },
  {
    id: 'message.limitToTopic',
    on: 'message',
    label: { key: 'log.menu.limitToTopic' },
    icon: ListFilter,
    contextGroup: 2,
    run: ({ connection, message }) => connection.get(logViewState).limitTo(message.topic),
  },
  {
    id: 'message.subscribe',
    on: 'message',
    label: { key: 'log.menu.subscribe' },
    icon: Rss,
    contextGroup: 2,
    run: ({ connection, message }) => draftFilter(connection, message.topic),
  },
  {
    id: 'message.clearFilters',
    on: 'message',
    label: { key: 'log.menu.clearFilters' },
    icon: Filter,
    contextGroup: 2,
    inPalette: false,
    run: ({ connection }) => connection.get(logViewState).clearFilter(),
  },
]
