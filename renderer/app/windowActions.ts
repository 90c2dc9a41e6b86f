import { actionsOn, isEnabled, type Action } from '../actions/action'
import { isPressed } from '../ui/shortcut'
import type { App } from '../state/app'
import { allActions } from './actions'

const windowActions = actionsOn(allActions, 'window')

const run = (app: App, action: Action<'window'>) => {
  if ('run' in action && isEnabled(action, app)) action.run(app)
}

/** Carries out what was chosen in the native menu. */
export const runWindowAction = (app: App, id: string): void => {
  const action = windowActions.find((one) => one.id === id)
  if (action) run(app, action)
}

/**
 * Carries out shortcuts wherever the focus is, except where what has the focus took the key. `carryOut` may do more around
 * it. Answers its stop.
 */
export const startShortcuts = (
  app: App,
  page: Document,
  carryOut: (act: () => void) => void = (act) => act(),
): (() => void) => {
  const handleKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return
    const action = windowActions.find(({ shortcut }) => shortcut !== undefined && isPressed(event, shortcut))
    if (!action) return
    event.preventDefault()
    carryOut(() => run(app, action))
  }
  page.addEventListener('keydown', handleKey)
  return () => page.removeEventListener('keydown', handleKey)
}
