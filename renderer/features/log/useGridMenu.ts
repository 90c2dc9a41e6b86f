import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useContextMenu } from '../../actions/useContextMenu'
import { selectionState, selectSelectedSequence } from '../../state/selection'
import { useConnectionObject } from '../../state/useConnection'
import type { MenuEntry } from '../../ui/menus'
import { useColumnMenu, type ColumnMenuOptions } from './columns/useColumnMenu'

/** What can be done with what is under the pointer: the column of a header, or the selected message. */
export const useGridMenu = (options: ColumnMenuOptions) => {
  const column = useRef<string | null>(null)
  const ofColumn = useColumnMenu(options)
  const ofMessage = useSelectedMenu()
  return {
    /** The next menu is that of a column; null = it is that of the message. */
    setColumn: (id: string | null) => {
      column.current = id
    },
    items: () => (column.current === null ? ofMessage() : ofColumn(column.current)),
  }
}

const useSelectedMenu = (): (() => readonly MenuEntry[]) => {
  const t = useTranslations('log')
  const connection = useConnectionObject()
  const menuOf = useContextMenu('message')
  return () => {
    const sequence = selectSelectedSequence(connection.get(selectionState))
    const message = sequence === null ? null : connection.model.log.messageOf(sequence)
    if (!message) return [{ label: t('menu.nothing'), disabled: true, onSelect: () => undefined }]
    return menuOf({ connection, message })
  }
}
