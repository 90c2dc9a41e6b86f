import { Eye } from 'lucide-react'
import type { AnyAction } from '../../actions/action'
import type { Connection } from '../../state/app'
import { focusState } from '../../state/focus'
import { findWatch, watchedState, type WantedWatch } from '../../state/watched'

const isWatched = ({ app }: Connection, wanted: WantedWatch) =>
  findWatch(app.get(watchedState).watches, wanted) !== undefined

const watch = ({ app }: Connection, wanted: WantedWatch) => {
  app.get(watchedState).watch(wanted)
  app.get(focusState).focus('watch')
}

export const watchActions: readonly AnyAction[] = [
  {
    id: 'value.watch',
    on: 'value',
    label: { key: 'watch.action' },
    icon: Eye,
    contextGroup: 1,
    isEnabled: ({ connection, topic, path }) => !isWatched(connection, { connectionId: connection.id, topic, path }),
    run: ({ connection, topic, path }) => watch(connection, { connectionId: connection.id, topic, path }),
  },
  {
    id: 'topic.watch',
    on: 'topic',
    label: { key: 'watch.actionTopic' },
    icon: Eye,
    contextGroup: 1,
    isEnabled: ({ connection, node: { topic, ownMessages } }) =>
      ownMessages > 0 && !isWatched(connection, { connectionId: connection.id, topic, path: [] }),
    run: ({ connection, node: { topic } }) => watch(connection, { connectionId: connection.id, topic, path: [] }),
  },
  {
    id: 'watch.show',
    on: 'window',
    label: { key: 'watch.actionShow' },
    icon: Eye,
    run: (app) => app.get(focusState).focus('watch'),
  },
]
