import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import { moved, stepPlace, type Place } from '../../../model/arrangement'
import type { Connection } from '../../../state/app'
import { connectionsState } from '../../../state/connections'
import { noticesState } from '../../../state/notices'
import { profilesState, selectEntry } from '../../../state/profiles'
import { isUnderWay, selectSessionState, sessionState } from '../../../state/session'
import { useAppObject } from '../../../state/useApp'

export interface ProfileActions {
  readonly select: (connection: Connection) => void
  /** Brings the connection into view and connects it unless it is connected or trying. */
  readonly open: (connection: Connection) => void
  readonly remove: (connection: Connection) => void
  readonly step: (connection: Connection, step: -1 | 1) => void
  readonly move: (connectionId: string, place: Place) => void
}

/** What keys and menu of a row do. */
export interface RowVerbs {
  readonly actions: ProfileActions
  readonly remove: (connection: Connection) => void
  readonly moveToFolder: (connection: Connection) => void
}

/** What keyboard, menu and mouse have in common: one action each. */
export const useProfileActions = (): ProfileActions => {
  const t = useTranslations('connections')
  const app = useAppObject()

  const select = ({ id }: Connection) => app.get(connectionsState).show(id)
  const move = (connectionId: string, place: Place) => {
    const { entries, arrange } = app.get(profilesState)
    void arrange(moved(entries, connectionId, place))
  }
  const removeWithUndo = async ({ id }: Connection) => {
    const name = selectEntry(id)(app.get(profilesState))?.profile.name ?? ''
    const removed = await app.get(profilesState).remove(id)
    if (!removed) return
    app.get(noticesState).show({
      text: t('deleted', { name: visibleName(name) }),
      action: { label: t('undo'), run: () => void removed.restore() },
    })
  }

  return {
    select,
    open: (connection) => {
      select(connection)
      const session = connection.get(sessionState)
      if (!isUnderWay(selectSessionState(session))) void session.connect()
    },
    remove: (connection) => void removeWithUndo(connection),
    step: ({ id }, step) => {
      const place = stepPlace(app.get(profilesState).entries, id, step)
      if (place) move(id, place)
    },
    move,
  }
}
