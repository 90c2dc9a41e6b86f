import { Archive, Copy, FolderInput, Layers, Pencil, Plug, Trash2, Unplug } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { ProfileEntry } from '#shared/model/profile'
import { useAppStore } from '../../store/useApp'
import type { MenuEntry } from '../../ui/menus'
import { isUnderWay, selectSessionState } from './connectionSelectors'
import type { ProfileActions } from './useProfileActions'

interface MenuOptions {
  readonly entry: ProfileEntry
  readonly actions: ProfileActions
  readonly remove: (connectionId: string) => void
  readonly onMoveToFolder: (connectionId: string) => void
}

/** What can be done with a connection, asked when the menu opens. */
export const useConnectionMenu = ({ entry, actions, remove, onMoveToFolder }: MenuOptions) => {
  const t = useTranslations('connections')
  const store = useAppStore()
  const { id } = entry.profile
  return (): readonly MenuEntry[] => {
    const state = store.getState()
    const { disconnect, openProfileForm, duplicateProfile } = state
    const underWay = isUnderWay(selectSessionState(id)(state))
    return [
      underWay
        ? { label: t('disconnect'), icon: <Unplug size={14} />, onSelect: () => void disconnect(id) }
        : { label: t('connect'), icon: <Plug size={14} />, onSelect: () => actions.open(id), shortcut: '↵' },
      {
        label: t('retained'),
        icon: <Archive size={14} />,
        disabled: selectSessionState(id)(state).phase !== 'online',
        onSelect: () => state.showRetained(id, '#'),
      },
      { label: t('coverage'), icon: <Layers size={14} />, onSelect: () => state.showCoverage(id) },
      'separator',
      { label: t('edit'), icon: <Pencil size={14} />, onSelect: () => openProfileForm(id), shortcut: 'F2' },
      { label: t('duplicate'), icon: <Copy size={14} />, onSelect: () => void duplicateProfile(id) },
      { label: t('moveToFolder'), icon: <FolderInput size={14} />, onSelect: () => onMoveToFolder(id) },
      'separator',
      {
        label: t('delete'),
        icon: <Trash2 size={14} />,
        onSelect: () => remove(id),
        danger: true,
        shortcut: t('deleteKey'),
      },
    ]
  }
}
