import { Archive, Copy, FolderInput, Layers, Pencil, Plug, Trash2, Unplug } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { dialogsState } from '../../../state/dialogs'
import { profilesState } from '../../../state/profiles'
import { isUnderWay, selectIsOnline, selectSessionState, sessionState } from '../../../state/session'
import { useConnectionObject } from '../../../state/useConnection'
import type { MenuEntry } from '../../../ui/menus'
import { profileFormState } from '../form/profileFormState'
import type { RowVerbs } from './useProfileActions'

/** What can be done with a connection, asked when the menu opens. */
export const useConnectionMenu = ({ actions, remove, moveToFolder }: RowVerbs) => {
  const t = useTranslations('connections')
  const connection = useConnectionObject()
  const { app, id } = connection
  return (): readonly MenuEntry[] => {
    const session = connection.get(sessionState)
    const dialogs = app.get(dialogsState)
    return [
      isUnderWay(selectSessionState(session))
        ? { label: t('disconnect'), icon: <Unplug size={14} />, onSelect: () => void session.disconnect() }
        : { label: t('connect'), icon: <Plug size={14} />, onSelect: () => actions.open(connection), shortcut: '↵' },
      {
        label: t('retained'),
        icon: <Archive size={14} />,
        disabled: !selectIsOnline(session),
        onSelect: () => dialogs.show(connection, { kind: 'retained', filter: '#' }),
      },
      {
        label: t('coverage'),
        icon: <Layers size={14} />,
        onSelect: () => dialogs.show(connection, { kind: 'coverage' }),
      },
      'separator',
      {
        label: t('edit'),
        icon: <Pencil size={14} />,
        onSelect: () => app.get(profileFormState).edit(connection),
        shortcut: 'F2',
      },
      { label: t('duplicate'), icon: <Copy size={14} />, onSelect: () => void app.get(profilesState).duplicate(id) },
      { label: t('moveToFolder'), icon: <FolderInput size={14} />, onSelect: () => moveToFolder(connection) },
      'separator',
      {
        label: t('delete'),
        icon: <Trash2 size={14} />,
        onSelect: () => remove(connection),
        danger: true,
        shortcut: t('deleteKey'),
      },
    ]
  }
}
