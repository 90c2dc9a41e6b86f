import type { Connection } from '../../../state/app'
import { connectionsState } from '../../../state/connections'
import { isPressed, type Shortcut } from '../../../ui/shortcut'

/** The keys with which browsers move a tab; pressed on a tab. */
export const moveTabKeys = {
  left: 'CmdOrCtrl+Shift+PageUp',
  right: 'CmdOrCtrl+Shift+PageDown',
} as const satisfies Record<string, Shortcut>

export type TabSide = keyof typeof moveTabKeys

export const sideOfKey = (event: KeyboardEvent): TabSide | null =>
  isPressed(event, moveTabKeys.left) ? 'left' : isPressed(event, moveTabKeys.right) ? 'right' : null

/** Whether the tab has a neighbour there, with which it can change places. */
export const canMoveTab = ({ app, id }: Connection, side: TabSide): boolean => {
  const { tabs } = app.get(connectionsState)
  return tabs.includes(id) && tabs.indexOf(id) !== (side === 'left' ? 0 : tabs.length - 1)
}

export const moveTab = (connection: Connection, side: TabSide): void => {
  const { app, id } = connection
  const { tabs, moveTab: put } = app.get(connectionsState)
  const at = tabs.indexOf(id)
  if (canMoveTab(connection, side)) put(id, tabs[side === 'left' ? at - 1 : at + 2] ?? null)
}
