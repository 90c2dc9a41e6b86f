import { isElement, isHtmlElement } from '../../ui/elements'

/** What had the focus last in each area. */
const lastFocused = new WeakMap<Element, Element>()

/** Remembers what has the focus in each area, for the next time F6 comes there, and tells in which view it is. */
export const rememberFocus = (page: Document, tell: (view: string) => void): (() => void) => {
  const remember = ({ target }: FocusEvent) => {
    if (!isElement(target)) return
    const area = target.closest('[data-area]')
    if (area) lastFocused.set(area, target)
    const view = target.closest<HTMLElement>('[data-view]')?.dataset['view']
    if (view !== undefined) tell(view)
  }
  page.addEventListener('focusin', remember)
  return () => page.removeEventListener('focusin', remember)
}

/** Puts the focus into the next area or the one before, where it was there last, else into its list. */
export const moveFocus = (page: Document, step: 1 | -1): void => {
  const areas = [...page.querySelectorAll('[data-area]')].filter((area) => targetIn(area) !== null)
  const current = areas.findIndex((area) => area.contains(page.activeElement))
  // From outside of all areas, forward leads to the first and backward to the last.
  const from = current < 0 && step < 0 ? 0 : current
  const next = areas[(from + step + areas.length) % areas.length]
  if (next) targetIn(next)?.focus()
}

/** What a person works with in an area; in a list of connections, one row has the Tab stop. */
const lists = '[role="tree"], [role="grid"], [role="listbox"], [data-row], [role="tab"]'
const stops = 'a[href], button, input, select, textarea, [tabindex], [contenteditable="true"]'

const targetIn = (area: Element): HTMLElement | null => {
  const last = lastFocused.get(area)
  if (last && isHtmlElement(last) && last.isConnected && canTakeFocus(last)) return last
  const view = area.querySelector('[data-view]') ?? area
  return firstIn(view, lists) ?? firstIn(view, stops) ?? firstIn(area, stops)
}

const firstIn = (part: Element, selector: string): HTMLElement | null =>
  [...part.querySelectorAll<HTMLElement>(selector)].find(canTakeFocus) ?? null

const canTakeFocus = (element: HTMLElement): boolean =>
  element.tabIndex >= 0 && !element.matches(':disabled') && element.getClientRects().length > 0
