import { Zap } from 'lucide-react'
import {
  actionsOn,
  isEnabled,
  labelOf,
  type Action,
  type AnyAction,
  type SubjectKind,
  type Subjects,
} from '../../actions/action'
import type { PaletteItem, PaletteSource } from '../../actions/paletteSource'
import { shortcutText } from '../../ui/shortcut'
import type { App } from '../../state/app'
import { connectionInView } from '../../state/connections'
import { profilesState, selectEntry } from '../../state/profiles'
import { selectSelectedSequence, selectSelectedTopic, selectionState } from '../../state/selection'

/** Actions on the window, and on what is in view and selected there. What cannot be done now is not offered. */
export const actionSource = (all: readonly AnyAction[]): PaletteSource => ({
  id: 'actions',
  label: 'palette.groups.actions',
  itemsOf: (app) => [...itemsFor(actionsOn(all, 'window'), app), ...subjectItems(all, app)],
})

const subjectItems = (all: readonly AnyAction[], app: App): readonly PaletteItem[] => {
  const connection = connectionInView(app)
  if (!connection) return []
  const selection = connection.get(selectionState)
  const sequence = selectSelectedSequence(selection)
  const message = sequence === null ? null : connection.model.log.messageOf(sequence)
  const topic = selectSelectedTopic(selection)
  const node = topic === null ? undefined : connection.model.tree.find(topic)
  const name = selectEntry(connection.id)(app.get(profilesState))?.profile.name
  return [
    ...itemsFor(actionsOn(all, 'connection'), connection, name),
    ...(node ? itemsFor(actionsOn(all, 'topic'), { connection, node }, node.topic) : []),
    ...(message ? itemsFor(actionsOn(all, 'message'), { connection, message }, message.topic) : []),
  ]
}

const itemsFor = <Kind extends SubjectKind>(
  actions: readonly Action<Kind>[],
  subject: Subjects[Kind],
  /** What they are done to; absent = the window. */
  name?: string,
): readonly PaletteItem[] =>
  actions.flatMap((action) => {
    if (!('run' in action) || action.inPalette === false || !isEnabled(action, subject)) return []
    const { id, icon, shortcut, run } = action
    const item: PaletteItem = {
      id: `action ${id}`,
      icon: icon ?? Zap,
      text: labelOf(action, subject),
      ...(name !== undefined && { detail: name }),
      ...(shortcut && { keys: shortcutText(shortcut) }),
      run: () => run(subject),
    }
    return [item]
  })
