import type { App } from '../../state/app'
import { connectionInView } from '../../state/connections'
import { focusState } from '../../state/focus'
import { viewWindowsState, windowOf } from '../viewWindows/viewWindowsState'
import { viewNamed, workspaceViews, type TargetInView } from '../workspaceViews'
import { halfLayoutOf, layoutState } from './layoutState'
import { rememberFocus } from './moveFocus'
import { isElement, isInput } from '../../ui/elements'

/** Fits the layout to the window, and brings forward what is asked to have the focus. Answers its stop. */
export const startLayout = (app: App, page: Window): (() => void) => {
  const fit = () => app.get(layoutState).resize({ width: page.innerWidth, height: page.innerHeight })
  fit()
  page.addEventListener('resize', fit)
  const handleFirst = (event: KeyboardEvent) => !isInField(event) && handleEscape(app, event)
  const handleLast = (event: KeyboardEvent) => isInField(event) && handleEscape(app, event)
  page.addEventListener('keydown', handleFirst, { capture: true })
  page.addEventListener('keydown', handleLast)
  const stops = [
    rememberFocus(page.document, (view) => app.get(layoutState).focusOn(viewNamed(view).id)),
    app.watch(focusState, ({ request }, before) => {
      if (request && request.at !== before.request?.at) bringForward(app, request.target)
    }),
  ]
  return () => {
    page.removeEventListener('resize', fit)
    page.removeEventListener('keydown', handleFirst, { capture: true })
    page.removeEventListener('keydown', handleLast)
    stops.forEach((stop) => stop())
  }
}

/** A target that no view has does not compile. */
const bringForward = (app: App, target: TargetInView | 'connections') => {
  const { show, openSide } = app.get(layoutState)
  const view = workspaceViews.find(({ focusTargets }) => focusTargets.includes(target))
  // It may be asked for from the other of two windows.
  if (view && windowOf(app.get(viewWindowsState).all, connectionInView(app), view.id) === undefined) window.focus()
  if (view) show(view.id)
  else if (target === 'connections') openSide(target, true)
}

/**
 * Escape closes the sheet, which lies on top, then takes back the maximising. Before both comes a dialog or menu, which
 * stands outside the page's own element, and what the key means in a text field.
 */
const handleEscape = (app: App, event: KeyboardEvent): void => {
  const { listOver, openSide, maximise } = app.get(layoutState)
  const { sheet: edge, maximised } = halfLayoutOf(app)
  const sheet = listOver ? 'connections' : edge
  if (event.key !== 'Escape' || event.defaultPrevented || (sheet === null && maximised === null)) return
  if (isElsewhere(event)) return
  event.preventDefault()
  event.stopPropagation()
  if (sheet !== null) openSide(sheet, false)
  else maximise(null)
}

const isInField = ({ target }: KeyboardEvent): boolean =>
  isElement(target) && target.matches('input, textarea, select, [contenteditable="true"]')

/** In an overlay, or in a search field, which the key empties first. */
const isElsewhere = ({ target }: KeyboardEvent): boolean =>
  !isElement(target) ||
  (target !== target.ownerDocument.body && target.closest('#root') === null) ||
  (isInput(target) && target.type === 'search' && target.value !== '')
