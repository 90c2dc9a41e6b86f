// A view may stand in a window of its own, whose elements are instances of that window's classes and not of ours: what
// something is, is asked of itself.

const elementNode = 1

export const isElement = (target: EventTarget | null): target is Element =>
  target !== null && 'nodeType' in target && target.nodeType === elementNode

export const isHtmlElement = (target: EventTarget | null): target is HTMLElement =>
  isElement(target) && 'offsetParent' in target

export const isInput = (target: EventTarget | null): target is HTMLInputElement =>
  isElement(target) && target.localName === 'input'
