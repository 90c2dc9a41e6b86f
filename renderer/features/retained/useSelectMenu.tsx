import { Check, CheckCheck, FlipHorizontal2, Ghost, ListTree, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Finding } from '#shared/homeAssistant/finding'
import type { RetainedEntry } from '#shared/model/retained'
import type { MenuEntry } from '../../ui/menus'
import { commandShortcut } from '../../ui/shortcut'
import { formatCount } from '../../ui/format'
import { visibleName } from '#shared/text/visibleText'
import type { HomeAssistantFindings } from './homeAssistant'
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
  /** Of Home Assistant's messages, which can be chosen by what speaks against them; null = that is not shown. */
  readonly findings: HomeAssistantFindings | null
  readonly onSelect: (selection: RetainedSelection) => void
}

/** What can be chosen at once, seen from a row: a level of its topic and what is below, all that is shown, its opposite. */
export type SelectMenu = (row: number) => readonly MenuEntry[]

export const useSelectMenu = ({
  entries,
  rows,
  selection: before,
  findings,
  onSelect,
}: SelectMenuParts): SelectMenu => {
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
  const found = useTranslations('retained.homeAssistant')
  const byKind = (selection: RetainedSelection): MenuEntry[] =>
    placesByKind(findings, rows).map(([kind, places]) => ({
      label: found('select', { kind: found(`kinds.${kind}`), count: formatCount(places.length) }),
      icon: places.every((place) => selection.chosen.has(place)) ? <Check size={14} /> : <Ghost size={14} />,
      onSelect: () => onSelect(withPlaces(selection, places)),
    }))
  return (row) => {
    const selection = movedTo(before, row)
    const levels = [...byKind(selection), ...byLevel(selection)]
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

const placesByKind = (findings: HomeAssistantFindings | null, rows: ShownRows) => {
  const groups = new Map<Finding['kind'], number[]>()
  for (let row = 0; row < rows.count; row += 1) {
    const place = rows.placeAt(row)
    const kind = findings?.byPlace.get(place)?.kind
    if (!kind) continue
    const group = groups.get(kind) ?? []
    group.push(place)
    groups.set(kind, group)
  }
  return [...groups]
}
