import { Eraser, Send } from 'lucide-react'
import { topicNameProblem } from '#shared/mqtt/topicFilter'
import type { AnyAction } from '../../actions/action'
import { composeFor } from '../../state/composerRequest'
import { connectionInView } from '../../state/connections'
import { dialogsState } from '../../state/dialogs'
import { focusState } from '../../state/focus'

export const publishActions: readonly AnyAction[] = [
  {
    id: 'publish',
    on: 'window',
    label: { key: 'actions.publishFocus' },
    icon: Send,
    shortcut: 'CmdOrCtrl+Shift+P',
    nativeMenu: { menu: 'messages', group: 0 },
    isEnabled: (app) => connectionInView(app) !== null,
    run: (app) => app.get(focusState).focus('publishTopic'),
  },
  {
    id: 'topic.compose',
    on: 'topic',
    label: { key: 'topicTree.menu.compose' },
    icon: Send,
    contextGroup: 0,
    isEnabled: ({ node }) => topicNameProblem(node.topic) === null,
    run: ({ connection, node }) => composeFor(connection, node.topic),
  },
  {
    id: 'topic.clearRetained',
    on: 'topic',
    label: { key: 'topicTree.menu.clearRetained' },
    icon: Eraser,
    danger: true,
    contextGroup: 3,
    isEnabled: ({ node }) => topicNameProblem(node.topic) === null,
    run: ({ connection, node }) =>
      connection.app.get(dialogsState).show(connection, { kind: 'clearRetained', topic: node.topic }),
  },
]
