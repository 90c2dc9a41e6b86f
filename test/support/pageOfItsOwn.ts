import { afterAll, beforeAll, vi } from 'vitest'

type Properties = ReturnType<typeof Object.getOwnPropertyDescriptors>

/** What jsdom lacks, tests add to these. */
const prototypes = [Element.prototype, HTMLElement.prototype, Range.prototype, HTMLTableRowElement.prototype]
let before: readonly Properties[] = []

const restore = (prototype: object, properties: Properties) => {
  for (const name of Reflect.ownKeys(prototype)) {
    if (!(name in properties)) Reflect.deleteProperty(prototype, name)
  }
  for (const [name, property] of Object.entries(properties)) {
    if (property.configurable) Object.defineProperty(prototype, name, property)
  }
}

/**
 * With the 146 rules of an editor in the page, to ask jsdom for the style of an element takes half as long again. The editor
 * notes at the document that they are there, by a symbol.
 */
const removeStyles = () => {
  document.head.replaceChildren()
  for (const symbol of Object.getOwnPropertySymbols(document))
    if (symbol.description === 'styleSet') Reflect.deleteProperty(document, symbol)
}

/** The page is one for several files: each finds it empty and with nothing but what jsdom gave it. */
beforeAll(() => {
  // jsdom lays no text out; CodeMirror asks where it stands, also when its pane is not the subject.
  Object.assign(Range.prototype, { getClientRects: () => [] })
  before = prototypes.map((prototype) => Object.getOwnPropertyDescriptors(prototype))
})
afterAll(() => {
  document.body.replaceChildren()
  document.body.removeAttribute('style')
  removeStyles()
  vi.unstubAllGlobals()
  prototypes.forEach((prototype, index) => restore(prototype, before[index] ?? {}))
})
