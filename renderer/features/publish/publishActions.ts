import { Eraser, FilePlus2, FileX2, PenLine, Reply } from 'lucide-react'
import { topicNameProblem } from '#shared/mqtt/topicFilter'
import type { AnyAction, Subjects } from '../../actions/action'
import { replyTo } from '../../model/messageLog/messageLogCompose'
import { composeFor, composeMessage } from '../../state/composerRequest'
import { connectionInView } from '../../state/connections'
import { dialogsState } from '../../state/dialogs'
import { focusState } from '../../state/focus'
import { emptyMessage } from '#shared/model/publish'
import { draftIn, publishState } from './publishState'

/** MQTT 5 §4.10: only a message with a Response Topic says where an answer goes. */
const isReplyable = ({ message }: Subjects['message']) => replyTo(message) !== null

export const publishActions: readonly AnyAction[] = [
  {
    id: 'publish',
    on: 'window',
    needsBroker: true,
    label: { key: 'actions.publishFocus' },
    icon: PenLine,
    shortcut: 'CmdOrCtrl+Shift+P',
    nativeMenu: { menu: 'messages', group: 0 },
    isEnabled: (app) => connectionInView(app) !== null,
    run: (app) => app.get(focusState).focus('publishTopic'),
  },
  {
    id: 'draft.new',
    on: 'window',
    needsBroker: true,
    label: { key: 'actions.newDraft' },
    icon: FilePlus2,
    isEnabled: (app) => connectionInView(app) !== null,
    run: (app) => connectionInView(app)?.get(publishState).addDraft(),
  },
  {
    id: 'draft.close',
    on: 'window',
    needsBroker: true,
    label: { key: 'actions.closeDraft' },
    icon: FileX2,
    isEnabled: (app) => connectionInView(app) !== null,
    run: (app) => {
      const connection = connectionInView(app)
      if (connection) connection.get(publishState).closeDraft(draftIn(connection).id)
    },
  },
  {
    id: 'message.reply',
    on: 'message',
    needsBroker: true,
    label: (subject) => ({ key: isReplyable(subject) ? 'publish.reply' : 'publish.replyNowhere' }),
    buttonLabel: { key: 'publish.replyButton' },
    icon: Reply,
    contextGroup: 1,
    isEnabled: isReplyable,
    run: ({ connection, message }) => {
      const reply = replyTo(message)
      if (reply) composeMessage(connection, { ...emptyMessage, ...reply, qos: message.qos })
    },
  },
  {
    id: 'topic.compose',
    on: 'topic',
    needsBroker: true,
    label: { key: 'topicTree.menu.compose' },
    icon: PenLine,
    contextGroup: 0,
    isEnabled: ({ node }) => topicNameProblem(node.topic) === null,
    run: ({ connection, node }) => composeFor(connection, node.topic),
  },
  {
    id: 'topic.clearRetained',
    on: 'topic',
    needsBroker: true,
    label: { key: 'topicTree.menu.clearRetained' },
    icon: Eraser,
    danger: true,
    contextGroup: 3,
    isEnabled: ({ node }) => topicNameProblem(node.topic) === null,
    run: ({ connection, node }) =>
      connection.app.get(dialogsState).show(connection, { kind: 'clearRetained', topic: node.topic }),
  },
]
