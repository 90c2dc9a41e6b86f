import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useContextMenu } from '../../actions/useContextMenu'
import { selectionState, selectSelectedSequence } from '../../state/selection'
import { useConnectionObject } from '../../state/useConnection'
import type { MenuEntry } from '../../ui/menus'
import { fieldSubject } from './columns/fieldSubject'
import { useColumnMenu, type ColumnMenuOptions } from './columns/useColumnMenu'

export interface UnderPointer {
  /** Of a header. */
  readonly column: string | null
  /** The path of a cell that shows a field of the selected message. */
  readonly field: string | null
}

/** What can be done with what is under the pointer: the column of a header, or the selected message and its field there. */
export const useGridMenu = (options: ColumnMenuOptions) => {
  const under = useRef<UnderPointer>({ column: null, field: null })
  const ofColumn = useColumnMenu(options)
  const ofMessage = useSelectedMenu()
  return {
    /** What the next menu is about. */
    setUnder: (next: UnderPointer) => {
      under.current = next
    },
    items: () => {
      const { column, field } = under.current
      return column === null ? ofMessage(field) : ofColumn(column)
    },
  }
}

const useSelectedMenu = (): ((field: string | null) => readonly MenuEntry[]) => {
  const t = useTranslations('log')
  const connection = useConnectionObject()
  const menuOf = useContextMenu('message')
  const valueMenuOf = useContextMenu('value')
  return (field) => {
    const sequence = selectSelectedSequence(connection.get(selectionState))
    const message = sequence === null ? null : connection.model.log.messageOf(sequence)
    if (!message) return [{ label: t('menu.nothing'), disabled: true, onSelect: () => undefined }]
    const entries = menuOf({ connection, message })
    const value = field === null ? null : fieldSubject(connection, message, field)
    return value ? [...valueMenuOf(value), 'separator', ...entries] : entries
  }
}
