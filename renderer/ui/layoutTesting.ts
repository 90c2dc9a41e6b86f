import { vi } from 'vitest'

type Size = 'clientHeight' | 'clientWidth' | 'offsetHeight' | 'scrollHeight'

/** jsdom has no layout: gives every element these sizes, in pixels. `resized` tells all that observe a size. */
export const stubLayout = (sizes: Readonly<Partial<Record<Size, number>>>) => {
  const watchers = new Set<ResizeObserverCallback>()
  for (const [name, pixels] of Object.entries(sizes))
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => pixels })
  Element.prototype.scrollIntoView = () => undefined
  vi.stubGlobal(
    'ResizeObserver',
    class {
      readonly #changed: ResizeObserverCallback
      constructor(changed: ResizeObserverCallback) {
        this.#changed = changed
      }
      observe() {
        watchers.add(this.#changed)
      }
      unobserve() {
        watchers.delete(this.#changed)
      }
      disconnect() {
        watchers.delete(this.#changed)
      }
    },
  )
  return {
    resized: (): void => {
      for (const changed of watchers) changed([], {} as ResizeObserver)
    },
  }
}
