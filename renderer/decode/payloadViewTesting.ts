import type { PayloadContent, PayloadView } from './payloadView'

/** For tests: a payload of which all is here, in a view. */
export const contentIn = (view: PayloadView, payload: Uint8Array | string, width?: number): PayloadContent => {
  const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload
  const opened = view.open({ bytes, isCut: false, payloadBytes: bytes.length, ...(width ? { width } : {}) })
  while (opened.advance?.(5) === false);
  return opened.content()
}

/** For tests: the lines of that, as text. */
export const linesIn = (view: PayloadView, payload: Uint8Array | string, width?: number): readonly string[] => {
  const { lines } = contentIn(view, payload, width)
  return Array.from({ length: lines.count }, (_, index) => lines.at(index).text)
}
