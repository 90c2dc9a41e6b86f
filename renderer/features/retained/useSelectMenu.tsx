import { Check, CheckCheck, FlipHorizontal2, ListTree, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { RetainedEntry } from '#shared/model/retained'
import type { MenuEntry } from '../../ui/menus'
import { commandShortcut } from '../../ui/shortcut'
import { formatCount } from '../../ui/format'
import { visibleName } from '#shared/text/visibleText'
import { levelGroups } from './levelGroups'
import {
  allChosen,
  inverted,
  movedTo,
  noneChosen,
  withPlaces,
  type RetainedSelection,
  type ShownRows,
} from './retainedSelection'

interface SelectMenuParts {
  readonly entries: readonly RetainedEntry[]
  readonly rows: ShownRows
  readonly selection: RetainedSelection
  readonly onSelect: (selection: RetainedSelection) => void
}

/** What can be chosen at once, seen from a row: a level of its topic and what is below, all that is shown, its opposite. */
export type SelectMenu = (row: number) => readonly MenuEntry[]

export const useSelectMenu = ({ entries, rows, selection: before, onSelect }: SelectMenuParts): SelectMenu => {
  const t = useTranslations('retained')
  const byLevel = (selection: RetainedSelection): MenuEntry[] => {
    const topic = entries[rows.placeAt(selection.cursor)]?.topic
    if (topic === undefined) return []
    return levelGroups(topic, entries, rows).map(({ level, places }) => ({
      label: t('selectBelow', { level: visibleName(level), count: formatCount(places.length) }),
      icon: places.every((place) => selection.chosen.has(place)) ? <Check size={14} /> : <ListTree size={14} />,
      onSelect: () => onSelect(withPlaces(selection, places)),
    }))
  }
  return (row) => {
    const selection = movedTo(before, row)
    const levels = byLevel(selection)
    return [
      ...levels,
      ...(levels.length > 0 ? (['separator'] as const) : []),
      {
        label: t('selectShown', { count: formatCount(rows.count) }),
        icon: <CheckCheck size={14} />,
        shortcut: commandShortcut('A'),
        onSelect: () => onSelect(allChosen(selection, rows)),
      },
      {
        label: t('invert'),
        icon: <FlipHorizontal2 size={14} />,
        shortcut: 'Ctrl+I',
        onSelect: () => onSelect(inverted(selection, rows)),
      },
      {
        label: t('selectNone'),
        icon: <X size={14} />,
        shortcut: 'Ctrl+Shift+A',
        disabled: selection.chosen.size === 0,
        onSelect: () => onSelect(noneChosen(selection)),
      },
    ]
  }
}
