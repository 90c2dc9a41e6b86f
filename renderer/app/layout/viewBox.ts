/** The elements that a kept view is drawn into; they stand in the document only while it is shown. */
export interface ViewBox {
  readonly content: HTMLElement
  /** For the menus, popovers and dialogs of the view. */
  readonly overlays: HTMLElement
  /** Notes where it is scrolled to, and what in it has the focus. */
  note(): void
  takeOut(): void
  /** Scrolls what is in it to where it was, and gives it the focus that it had. */
  putBack(): void
}

/** Where one of several boxes stands. */
export interface ViewPlace {
  readonly attach: (slot: HTMLElement | null) => void
  /** Answers how to take the box out again. */
  show(box: ViewBox): () => void
}

export const createViewPlace = (): ViewPlace => {
  let place: HTMLElement | null = null
  let shown: ViewBox | null = null
  const put = () => {
    if (!place || !shown) return
    place.append(shown.content)
    document.body.append(shown.overlays)
  }
  return {
    attach: (slot) => {
      place = slot
      put()
    },
    show: (box) => {
      shown = box
      put()
      return () => {
        if (shown === box) shown = null
        box.takeOut()
      }
    },
  }
}

export const createViewBox = (): ViewBox => {
  const content = document.createElement('div')
  content.style.display = 'contents'
  const overlays = document.createElement('div')
  /** What was scrolled and where it stood: an element that leaves the document forgets it. */
  const scrolled = new Map<Element, { top: number; left: number }>()
  content.addEventListener(
    'scroll',
    ({ target }) => target instanceof Element && scrolled.set(target, { top: 0, left: 0 }),
    { capture: true, passive: true },
  )
  let focused: HTMLElement | null = null

  const note = () => {
    for (const [element, place] of scrolled) {
      if (!content.contains(element)) scrolled.delete(element)
      else Object.assign(place, { top: element.scrollTop, left: element.scrollLeft })
    }
    const { activeElement } = document
    focused = activeElement instanceof HTMLElement && content.contains(activeElement) ? activeElement : null
  }
  return {
    content,
    overlays,
    note,
    takeOut: () => {
      content.remove()
      overlays.remove()
    },
    putBack: () => {
      for (const [element, { top, left }] of scrolled) {
        element.scrollTop = top
        element.scrollLeft = left
      }
      // What was chosen with the pointer to get here keeps the focus.
      if (document.activeElement === document.body) focused?.focus({ preventScroll: true })
    },
  }
}
