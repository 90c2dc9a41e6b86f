import { isElement, isHtmlElement } from '../../ui/elements'

/** What had the focus last in each area. */
const lastFocused = new WeakMap<Element, Element>()

/** The page that a person is in: each has an element with the focus, whichever window is in front. */
let pageInFront: Document | null = null

/** Remembers what has the focus in each area, for the next time F6 comes there, and tells in which view it is. */
export const rememberFocus = (page: Document, tell?: (view: string) => void): (() => void) => {
  const comeToFront = () => {
    pageInFront = page
  }
  const remember = ({ target }: FocusEvent) => {
    comeToFront()
    if (!isElement(target)) return
    const area = target.closest('[data-area]')
    if (area) lastFocused.set(area, target)
    const view = target.closest<HTMLElement>('[data-view]')?.dataset['view']
    if (view !== undefined) tell?.(view)
  }
  const view = page.defaultView
  page.addEventListener('focusin', remember)
  view?.addEventListener('focus', comeToFront)
  return () => {
    page.removeEventListener('focusin', remember)
    view?.removeEventListener('focus', comeToFront)
    if (pageInFront === page) pageInFront = null
  }
}

/**
 * Puts the focus into the next area or the one before, where it was there last, else into its list. After the areas of a page
 * come those of the next page: a view in a window of its own is reached as if it stood at the end.
 */
export const moveFocus = (pages: readonly Document[], step: 1 | -1): void => {
  const areas = pages
    .flatMap((page) => [...page.querySelectorAll('[data-area]')])
    .filter((area) => targetIn(area) !== null)
  const page = pages.find((one) => one === pageInFront) ?? pages[0]
  const current = areas.findIndex((area) => area.contains(page?.activeElement ?? null))
  // From outside of all areas, forward leads to the first and backward to the last.
  const from = current < 0 && step < 0 ? 0 : current
  const next = areas[(from + step + areas.length) % areas.length]
  if (!next) return
  // What gets the focus in a window behind would get no keys.
  if (next.ownerDocument !== page) next.ownerDocument.defaultView?.focus()
  targetIn(next)?.focus()
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
