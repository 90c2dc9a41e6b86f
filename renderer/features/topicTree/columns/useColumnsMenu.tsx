import { Check, RotateCcw } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { settingsState } from '../../../state/settings'
import { useApp, useAppObject } from '../../../state/useApp'
import { useConnection } from '../../../state/useConnection'
import type { MenuEntry } from '../../../ui/menus'
import { treeViewState } from '../treeViewState'
import { treeColumns, type TreeColumn } from './treeColumns'

/**
 * Every column of the tree, to be chosen or left out, and the way back to their own widths. What is chosen holds for all
 * connections and is remembered.
 */
export const useColumnsMenu = (): (() => readonly MenuEntry[]) => {
  const t = useTranslations('topicTree')
  const app = useAppObject()
  const chosen = useApp(settingsState, (state) => state.settings.treeColumns)
  const isSized = useApp(settingsState, (state) => Object.keys(state.settings.treeColumnWidths).length > 0)
  const keepSortInView = useConnection(treeViewState, (state) => state.keepSortInView)
  const toggle = (column: TreeColumn) => {
    const next = chosen.includes(column) ? chosen.filter((one) => one !== column) : [...chosen, column]
    void app.get(settingsState).save({ treeColumns: next })
    keepSortInView()
  }
  return () => [
    ...treeColumns.map((column) => ({
      label: t(`traffic.columns.${column}`),
      icon: chosen.includes(column) ? <Check size={14} /> : null,
      onSelect: () => toggle(column),
    })),
    'separator',
    {
      label: t('ownWidths'),
      icon: <RotateCcw size={14} />,
      disabled: !isSized,
      onSelect: () => void app.get(settingsState).save({ treeColumnWidths: {} }),
    },
  ]
}
