import { useTranslations } from 'use-intl'
import { useContextMenu } from '../../../actions/useContextMenu'
import type { Connection } from '../../../state/app'
import type { MenuEntry } from '../../../ui/menus'
import { bulkActions, markedConnections } from './bulkActions'
import { markedState } from './markedState'

/** The menu of a row: of its connection, or of all that are chosen together with it. */
export const useConnectionMenu = (): ((connection: Connection) => readonly MenuEntry[]) => {
  const t = useTranslations('connections')
  const menuOf = useContextMenu('connection')
  return (connection) => {
    const { app, id } = connection
    const { ids } = app.get(markedState)
    if (ids.size < 2 || !ids.has(id)) return menuOf(connection)
    const connections = markedConnections(app)
    return bulkActions.map(({ label, icon: Icon, danger, isEnabled, run }) => ({
      label: t('chosenAction', { action: t(label), count: connections.length }),
      icon: <Icon size={14} />,
      ...(danger && { danger }),
      disabled: !isEnabled(connections),
      onSelect: () => run(app, connections),
    }))
  }
}
