import { Archive, Ghost } from 'lucide-react'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import type { AnyAction } from '../../actions/action'
import { dialogsState } from '../../state/dialogs'
import { selectIsOnline, sessionState } from '../../state/session'
import { everythingFilter } from './homeAssistant'

const below = (topic: string) => `${topic}/#`

export const retainedActions: readonly AnyAction[] = [
  {
    id: 'connection.retained',
    on: 'connection',
    needsBroker: true,
    label: { key: 'connections.retained' },
    icon: Archive,
    contextGroup: 0,
    isEnabled: (connection) => selectIsOnline(connection.get(sessionState)),
    run: (connection) => connection.app.get(dialogsState).show(connection, { kind: 'retained', filter: '#' }),
  },
  {
    id: 'connection.homeAssistant',
    on: 'connection',
    needsBroker: true,
    label: { key: 'connections.homeAssistant' },
    icon: Ghost,
    contextGroup: 0,
    isEnabled: (connection) => selectIsOnline(connection.get(sessionState)),
    run: (connection) =>
      connection.app
        .get(dialogsState)
        .show(connection, { kind: 'retained', filter: everythingFilter, shows: 'homeAssistant' }),
  },
  {
    id: 'topic.retained',
    on: 'topic',
    needsBroker: true,
    label: { key: 'topicTree.menu.retained' },
    icon: Archive,
    contextGroup: 3,
    isEnabled: ({ node }) => topicFilterProblem(below(node.topic)) === null,
    run: ({ connection, node }) =>
      connection.app.get(dialogsState).show(connection, { kind: 'retained', filter: below(node.topic) }),
  },
]
