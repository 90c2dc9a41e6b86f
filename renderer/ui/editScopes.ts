// Why it is so: build/docs/decisions/56-select-all-asks-the-part-with-the-focus.md
import { useEffect, useRef, type RefObject } from 'react'
import { isHtmlElement } from './elements'

/** What Select All and Copy mean in a part of the window that is no text field. */
export interface EditScope {
  readonly selectAll: () => void
  /** Copies what the part stands for; nothing in it is marked. */
  readonly copy: () => void
  /** Copies what a person has marked in it; default: the text as the page has it. */
  readonly copyMarked?: (marked: Range) => void
}

const scopes = new WeakMap<Element, () => EditScope>()
const attribute = 'data-edit-scope'

/** Makes an element a part of its own for Select All and Copy, as long as it is there. */
export const useEditScope = (target: Element | null | RefObject<Element | null>, scope: EditScope): void => {
  const latest = useRef(scope)
  useEffect(() => {
    latest.current = scope
  })
  useEffect(() => {
    const element = target && 'current' in target ? target.current : target
    if (!element) return
    scopes.set(element, () => latest.current)
    element.setAttribute(attribute, '')
    return () => {
      scopes.delete(element)
      element.removeAttribute(attribute)
    }
  }, [target])
}

interface Found {
  readonly element: Element
  readonly scope: EditScope
}

/**
 * Gives Select All and Copy, whether by key or by menu, to the part that has the focus. The page as a whole is never
 * selected. Answers its stop.
 */
export const startEditScopes = (page: Document): (() => void) => {
  // For Select All outside text fields the engine asks the body first; marking by mouse starts at what is marked.
  const handleSelectStart = (event: Event) => {
    if (event.target !== page.body && event.target !== page.documentElement) return
    event.preventDefault()
    focusedScope(page)?.scope.selectAll()
  }
  const handleCopy = (event: ClipboardEvent) => {
    if (event.defaultPrevented || isTextField(page.activeElement)) return
    const found = focusedScope(page)
    if (!found) return
    const marked = markedIn(page)
    if (!marked) found.scope.copy()
    else if (found.scope.copyMarked && found.element.contains(marked.commonAncestorContainer))
      found.scope.copyMarked(marked)
    else return
    event.preventDefault()
  }
  page.addEventListener('selectstart', handleSelectStart)
  page.addEventListener('copy', handleCopy)
  return () => {
    page.removeEventListener('selectstart', handleSelectStart)
    page.removeEventListener('copy', handleCopy)
  }
}

/** The part that has the focus, or where a region has it, the part within. */
const focusedScope = (page: Document): Found | null => {
  const focused = page.activeElement
  const element =
    focused?.closest(`[${attribute}]`) ?? focused?.closest('[role="region"]')?.querySelector(`[${attribute}]`)
  const scope = element && scopes.get(element)?.()
  return element && scope ? { element, scope } : null
}

const isTextField = (element: Element | null): boolean =>
  isHtmlElement(element) && (element.matches('input, textarea') || element.isContentEditable)

/** The marked text, if it is in the part that has the focus: text marked elsewhere is not what a person means to copy. */
const markedIn = (page: Document): Range | null => {
  const selection = page.getSelection()
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  const focused = page.activeElement
  return focused === null || focused === page.body || focused.contains(range.commonAncestorContainer) ? range : null
}
