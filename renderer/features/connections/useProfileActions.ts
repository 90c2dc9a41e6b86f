import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import { useAppStore } from '../../store/useApp'
import { moved, stepPlace, type Place } from './arrangement'
import { isUnderWay, selectEntry, selectSessionState } from './connectionSelectors'

export interface ProfileActions {
  readonly select: (connectionId: string) => void
  /** Brings the connection into view and connects it unless it is connected or trying. */
  readonly open: (connectionId: string) => void
  readonly remove: (connectionId: string) => void
  readonly step: (connectionId: string, step: -1 | 1) => void
  readonly move: (connectionId: string, place: Place) => void
}

/** What keyboard, menu and mouse have in common: one action each. */
export const useProfileActions = (): ProfileActions => {
  const t = useTranslations('connections')
  const store = useAppStore()

  const move = (connectionId: string, place: Place) => {
    const { profiles, arrangeProfiles } = store.getState()
    void arrangeProfiles(moved(profiles, connectionId, place))
  }
  const removeWithUndo = async (connectionId: string) => {
    const { deleteProfile, restoreProfile } = store.getState()
    const name = selectEntry(connectionId)(store.getState())?.profile.name ?? ''
    if (!(await deleteProfile(connectionId))) return
    store.getState().showNotice({
      text: t('deleted', { name: visibleName(name) }),
      action: { label: t('undo'), run: () => void restoreProfile(connectionId) },
    })
  }

  return {
    select: (connectionId) => store.getState().showConnection(connectionId),
    open: (connectionId) => {
      const state = store.getState()
      state.showConnection(connectionId)
      if (!isUnderWay(selectSessionState(connectionId)(state))) void state.connect(connectionId)
    },
    remove: (connectionId) => void removeWithUndo(connectionId),
    step: (connectionId, step) => {
      const place = stepPlace(store.getState().profiles, connectionId, step)
      if (place) move(connectionId, place)
    },
    move,
  }
}
