import { CircleStop, Copy, Pencil, Play, Trash2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { selectIsOnline, sessionState } from '../../../../state/session'
import { useConnectionObject } from '../../../../state/useConnection'
import type { MenuEntry } from '../../../../ui/menus'
import { isRunning, type SenderRowOf } from './senderRows'
import type { RowVerbs } from './useRowVerbs'

/** The menu of a line: all that can be done with it, with the keys that do it. */
export const useRowMenu = (verbs: RowVerbs) => {
  const t = useTranslations('senders')
  const connection = useConnectionObject()
  return (row: SenderRowOf): readonly MenuEntry[] => {
    const { plan } = row
    const isHere = row.connectionId === connection.id
    const start: MenuEntry = {
      label: t('start'),
      icon: <Play size={14} />,
      disabled: !selectIsOnline(connection.get(sessionState)),
      onSelect: () => verbs.start(row),
    }
    const stop: MenuEntry = { label: t('stop'), icon: <CircleStop size={14} />, onSelect: () => verbs.stop(row) }
    const edits: readonly MenuEntry[] = [
      { label: t('edit'), icon: <Pencil size={14} />, shortcut: 'F2', onSelect: () => verbs.edit(row) },
      { label: t('duplicate'), icon: <Copy size={14} />, onSelect: () => verbs.duplicate(row) },
    ]
    const remove: MenuEntry = {
      label: t('remove'),
      icon: <Trash2 size={14} />,
      shortcut: t('removeKey'),
      danger: true,
      onSelect: () => verbs.remove(row),
    }
    return [
      ...(isRunning(row) ? [stop] : plan && isHere ? [start] : []),
      ...(plan ? edits : []),
      'separator' as const,
      remove,
    ]
  }
}
