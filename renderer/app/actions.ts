import type { AnyAction } from '../actions/action'
import { logActions } from '../features/log/logActions'
import { paletteActions } from '../features/palette/paletteActions'
import { probeActions } from '../features/probe/probeActions'
import { publishActions } from '../features/publish/publishActions'
import { subscribeActions } from '../features/subscriptions/subscribeActions'

/** Everything a person can do, in the order in which menus and the command palette show it. */
export const allActions: readonly AnyAction[] = [
  ...paletteActions,
  ...publishActions,
  ...subscribeActions,
  ...probeActions,
  ...logActions,
]
