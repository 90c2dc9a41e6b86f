import { MessageSquareReply } from 'lucide-react'
import type { AnyAction } from '../../../actions/action'
import { replyTo } from '../../../model/messageLog/messageLogCompose'
import { dialogsState } from '../../../state/dialogs'
import { newRule } from './newRule'

export const responderActions: readonly AnyAction[] = [
  {
    id: 'message.answerAll',
    on: 'message',
    needsBroker: true,
    label: { key: 'responder.answerAll' },
    icon: MessageSquareReply,
    contextGroup: 1,
    isEnabled: ({ message }) => replyTo(message) !== null,
    run: ({ connection, message: { topic, qos } }) =>
      connection.app
        .get(dialogsState)
        .show(connection, { kind: 'rule', rule: newRule(connection.id, { filter: topic, qos }) }),
  },
]
