import { Copy, CornerUpRight, Filter, GitCompare, ListFilter, Rss, Send, SquarePen } from 'lucide-react'
import type { Action, Subjects } from '../../actions/action'
import { composedFrom, payloadCopyText } from '../../model/messageLog/messageLogCompose'
import { chosenMessages, countMeantWith, meantWith } from '../../state/chosenMessages'
import { copyText } from '../../state/clipboard'
import { showDifferenceFrom } from '../../state/comparison'
import { composeFor, composeMessage } from '../../state/composerRequest'
import { largePayloadState, largestCopyBytes, selectPayload } from '../../state/largePayload'
import { logViewState } from '../../state/logView'
import { draftFilter } from '../../state/subscribeField'
import { formatBytes, formatCount } from '../../ui/format'
import { commandShortcut } from '../../ui/shortcut'
import { bookmarkActions } from './bookmarks/bookmarkActions'
import { copyMany } from './selected/copyMany'
import { payloadsText, rowsText, topicsText } from './selected/rowsText'
import { canSendAgain, sendAgainState } from './selected/sendAgain'

type Message = Subjects['message']

/** All of its payload; null while only the head is here. */
const payloadOf = ({ connection, message }: Message) => selectPayload(message)(connection.get(largePayloadState))

/** How many messages the action is done to: those that are chosen together with this one. */
const countOf = ({ connection, message }: Message): number => countMeantWith(connection, message)

const values = (subject: Message) => ({ count: formatCount(countOf(subject)) })

export const messageActions: readonly Action<'message'>[] = [
  ...bookmarkActions,
  {
    id: 'message.copyRows',
    on: 'message',
    label: (subject) => ({ key: 'log.menu.copyRows', values: values(subject) }),
    icon: Copy,
    listKey: commandShortcut('C'),
    contextGroup: 0,
    isShown: (subject) => countOf(subject) > 1,
    run: ({ connection, message }) => copyMany(connection, meantWith(connection, message), rowsText),
  },
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
    id: 'message.copyTopics',
    on: 'message',
    label: (subject) => ({ key: 'log.menu.copyTopics', values: values(subject) }),
    icon: Copy,
    contextGroup: 0,
    isShown: (subject) => countOf(subject) > 1,
    run: ({ connection, message }) => copyMany(connection, meantWith(connection, message), topicsText),
  },
  {
    id: 'message.copyPayloads',
    on: 'message',
    label: (subject) => ({ key: 'log.menu.copyPayloads', values: values(subject) }),
    icon: Copy,
    contextGroup: 0,
    isShown: (subject) => countOf(subject) > 1,
    run: ({ connection, message }) => copyMany(connection, meantWith(connection, message), payloadsText),
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
    isShown: (subject) => countOf(subject) === 1,
    isEnabled: (subject) => (payloadOf(subject)?.length ?? Infinity) <= largestCopyBytes,
    run: (subject) => {
      const payload = payloadOf(subject)
      if (payload) void copyText(subject.connection.app, payloadCopyText(payload))
    },
  },
  {
    id: 'message.sendAgain',
    on: 'message',
    needsBroker: true,
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
    id: 'message.sendAsItWas',
    on: 'message',
    needsBroker: true,
    label: (subject) =>
      countOf(subject) > 1
        ? { key: 'log.menu.sendManyAsTheyWere', values: values(subject) }
        : { key: 'log.menu.sendAsItWas' },
    icon: Send,
    contextGroup: 1,
    isEnabled: (subject) =>
      canSendAgain(subject.connection, countOf(subject)) && (countOf(subject) > 1 || payloadOf(subject) !== null),
    run: ({ connection, message }) => connection.get(sendAgainState).start(meantWith(connection, message)),
  },
  {
    id: 'message.compareTwo',
    on: 'message',
    label: { key: 'log.menu.compare' },
    icon: GitCompare,
    contextGroup: 3,
    isShown: (subject) => countOf(subject) === 2,
    run: ({ connection, message }) => {
      const other = [...chosenMessages(connection)].find(({ sequence }) => sequence !== message.sequence)
      if (other) showDifferenceFrom(connection, other)
    },
  },
  {
    id: 'message.sendToTopic',
    on: 'message',
    needsBroker: true,
    label: { key: 'log.menu.sendToTopic' },
    buttonLabel: { key: 'inspector.sendToTopic' },
    icon: CornerUpRight,
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
    needsBroker: true,
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
