import { useMemo, type CSSProperties, type KeyboardEvent, type RefObject } from 'react'
import { settingsState } from '../../../state/settings'
import { useApp, useAppObject } from '../../../state/useApp'
import { fittingWidth, type SizedColumn } from '../../../ui/ColumnEdge'
import { restOf, sizedTreeColumn, widthStyle, type SizedTreeColumn } from './columnWidths'
import { useShownColumns } from './useShownColumns'

/** The widths that a person has chosen, for the body of the tree; the same object as long as they are the same. */
export const useWidthStyle = (): CSSProperties => {
  const shown = useShownColumns()
  const widths = useApp(settingsState, (state) => state.settings.treeColumnWidths)
  return useMemo(() => widthStyle(shown, widths), [shown, widths])
}

/** Pixels that a key makes a column wider or narrower by. */
const keyStep = 8

export interface ColumnSizing {
  /** Null = the column has no width of its own. */
  readonly sized: (column: SizedTreeColumn) => SizedColumn | null
  /** Whether its right edge stands still. */
  readonly isAtLeft: (column: SizedTreeColumn) => boolean
  /** In the head of a column: Alt with an arrow sizes it, with Enter it fits its content. */
  readonly handleKey: (event: KeyboardEvent<HTMLElement>, column: SizedTreeColumn) => void
}

/** What is chosen holds for the trees of all connections and is remembered. */
export const useColumnSizing = (head: RefObject<HTMLElement | null>): ColumnSizing => {
  const app = useAppObject()
  const rest = restOf(useShownColumns())
  const body = () => head.current?.closest<HTMLElement>('[data-traffic]') ?? null
  const sized: ColumnSizing['sized'] = (column) => {
    if (column === rest) return null
    const onWidth = (width: number) => {
      const { settings, save } = app.get(settingsState)
      void save({ treeColumnWidths: { ...settings.treeColumnWidths, [column]: width } })
    }
    return { ...sizedTreeColumn(body, column), onWidth }
  }
  return {
    sized,
    isAtLeft: (column) => column !== 'name',
    handleKey: (event, column) => {
      const found = event.altKey ? sized(column) : null
      const step = event.key === 'ArrowRight' ? keyStep : event.key === 'ArrowLeft' ? -keyStep : 0
      if (!found || (step === 0 && event.key !== 'Enter')) return
      event.preventDefault()
      found.onWidth(step === 0 ? fittingWidth(found) : found.within(event.currentTarget.offsetWidth + step))
    },
  }
}
