import { Copy, FolderInput, Plug, Trash2, Unplug, Upload, type LucideIcon } from 'lucide-react'
import type { KeyIn } from '#shared/i18n/words'
import type { ProfileEntry } from '#shared/model/profile'
import { moved, withFolders, type FolderPlace } from '../../../model/arrangement'
import type { App, Connection } from '../../../state/app'
import { connectionsState } from '../../../state/connections'
import { exportingState } from '../../../state/exporting'
import { noticesState } from '../../../state/notices'
import { profilesState } from '../../../state/profiles'
import { isUnderWay, selectSessionState, sessionState } from '../../../state/session'
import { markedState } from './markedState'
import { movedToFolderState } from './movedToFolderState'

/** Something that is done to all marked connections. */
export interface BulkAction {
  readonly label: KeyIn<'connections'>
  readonly icon: LucideIcon
  readonly danger?: boolean
  readonly isEnabled: (connections: readonly Connection[]) => boolean
  readonly run: (app: App, connections: readonly Connection[]) => void
}

/** The marked connections, in the order of the list. */
export const markedConnections = (app: App): readonly Connection[] => {
  const { ids } = app.get(markedState)
  return app.get(profilesState).entries.flatMap(({ profile }) => {
    const connection = ids.has(profile.id) ? app.get(connectionsState).all.get(profile.id) : undefined
    return connection ? [connection] : []
  })
}

const isBusy = (connection: Connection) => isUnderWay(selectSessionState(connection.get(sessionState)))
const always = () => true

export const bulkActions: readonly BulkAction[] = [
  {
    label: 'connect',
    icon: Plug,
    isEnabled: (connections) => !connections.every(isBusy),
    run: (_app, connections) => connectAll(connections),
  },
  {
    label: 'disconnect',
    icon: Unplug,
    isEnabled: (connections) => connections.some(isBusy),
    run: (_app, connections) => {
      for (const connection of connections) if (isBusy(connection)) void connection.get(sessionState).disconnect()
    },
  },
  {
    label: 'moveToFolder',
    icon: FolderInput,
    isEnabled: always,
    run: (app, connections) => app.get(movedToFolderState).ask(connections),
  },
  {
    label: 'export',
    icon: Upload,
    isEnabled: always,
    run: (app, connections) => app.get(exportingState).open(connections.map(({ id }) => id)),
  },
  { label: 'duplicate', icon: Copy, isEnabled: always, run: (app, connections) => void duplicateAll(app, connections) },
  {
    label: 'delete',
    icon: Trash2,
    danger: true,
    isEnabled: always,
    run: (app, connections) => void removeAll(app, connections),
  },
]

/** Main starts the local broker where it takes that; what is in view stays in view. */
export const connectAll = (connections: readonly Connection[]): void => {
  for (const connection of connections) if (!isBusy(connection)) void connection.get(sessionState).open()
}

/** To a place in a folder, in the order in which they stand. */
export const moveAll = (app: App, connections: readonly Connection[], { folder, beforeId }: FolderPlace): void => {
  const { entries, arrange } = app.get(profilesState)
  const before = stayingFrom(entries, beforeId, new Set(connections.map(({ id }) => id)))
  const arranged = connections.reduce(
    (list, { id }) => withFolders(list, moved(list, id, { folder, beforeId: before })),
    entries,
  )
  void arrange(arranged.map(({ profile }) => ({ id: profile.id, folder: profile.folder })))
}

/** One after the other: each takes its name and colour from what is there. */
const duplicateAll = async (app: App, connections: readonly Connection[]): Promise<void> => {
  for (const { id } of connections) await app.get(profilesState).duplicate(id)
}

/** Deletes them; one notice offers to bring them all back. */
export const removeAll = async (app: App, connections: readonly Connection[]): Promise<void> => {
  const { remove } = app.get(profilesState)
  const removed: { readonly restore: () => Promise<void> }[] = []
  for (const { id } of connections) {
    const gone = await remove(id)
    if (gone) removed.push(gone)
  }
  if (removed.length === 0) return
  const restore = async () => {
    // The last first: each comes back to the place that it had when it went.
    for (const one of removed.toReversed()) await one.restore()
  }
  app.get(noticesState).show({
    text: { key: 'connections.deletedSeveral', values: { count: removed.length } },
    action: { label: { key: 'connections.undo' }, run: () => void restore() },
  })
}

/** The connection, or the next of its folder that is not one of those that move; null = the end of the folder. */
const stayingFrom = (
  entries: readonly ProfileEntry[],
  id: string | null,
  moving: ReadonlySet<string>,
): string | null => {
  const folder = entries.find(({ profile }) => profile.id === id)?.profile.folder
  const members = entries.filter(({ profile }) => profile.folder === folder).map(({ profile }) => profile.id)
  return id === null ? null : (members.slice(members.indexOf(id)).find((one) => !moving.has(one)) ?? null)
}
