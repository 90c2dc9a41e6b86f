import { act, cleanup, fireEvent } from '@testing-library/react'
import { useSyncExternalStore } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { connectionsState, selectInView } from '../../state/connections'
import { useApp } from '../../state/useApp'
import { ConnectionContext, useConnectionObject } from '../../state/useConnection'
import { openTestWindow } from '../../testing/testWindow'
import { KeptViews } from './KeptViews'

afterEach(cleanup)

/** A view with a number that it follows, and how often it was drawn. */
const createCountedView = () => {
  let number = 0
  const listeners = new Map<string, Set<() => void>>()
  const draws = new Map<string, number>()
  const listenersOf = (id: string) => {
    const known = listeners.get(id) ?? new Set<() => void>()
    listeners.set(id, known)
    return known
  }
  function View() {
    const { id } = useConnectionObject()
    draws.set(id, (draws.get(id) ?? 0) + 1)
    const shown = useSyncExternalStore(
      (listener) => {
        listenersOf(id).add(listener)
        return () => listenersOf(id).delete(listener)
      },
      () => number,
    )
    return (
      <section aria-label={id}>
        <input aria-label={`field ${id}`} />
        <div data-testid={`box ${id}`}>{shown}</div>
      </section>
    )
  }
  return {
    View,
    drawsOf: (id: string) => draws.get(id) ?? 0,
    listenersOf: (id: string) => listenersOf(id).size,
    count: () => {
      number += 1
      for (const all of listeners.values()) all.forEach((listener) => listener())
    },
  }
}

const show = () => {
  const { app, connection, render } = openTestWindow()
  const connections = () => app.get(connectionsState)
  const view = createCountedView()
  function InView() {
    const inView = useApp(connectionsState, selectInView) ?? connection
    return (
      <ConnectionContext value={inView}>
        <KeptViews View={view.View} />
      </ConnectionContext>
    )
  }
  const switchTo = (id: string) =>
    act(() => {
      connections().open(id)
      connections().show(id)
    })
  switchTo('c')
  render(<InView />)
  const find = (selector: string) => document.querySelector<HTMLElement>(selector)
  return { ...view, connections, switchTo, find, viewOf: (id: string) => find(`section[aria-label="${id}"]`) }
}

describe('the views of the last connections', () => {
  it('are kept out of the document, and come back as they were', () => {
    const { switchTo, viewOf } = show()
    const first = viewOf('c')
    switchTo('d')
    expect(viewOf('c')).toBeNull()
    expect(viewOf('d')).not.toBeNull()
    switchTo('c')
    expect(viewOf('c')).toBe(first)
    expect(viewOf('d')).toBeNull()
  })

  it('hear of nothing and are not drawn while they are hidden, and say what is so when they are back', () => {
    const { switchTo, viewOf, drawsOf, listenersOf, count } = show()
    switchTo('d')
    const before = drawsOf('c')
    act(() => count())
    act(() => count())
    expect(listenersOf('c')).toBe(0)
    expect(drawsOf('c')).toBe(before)
    switchTo('c')
    expect(viewOf('c')?.textContent).toBe('2')
  })

  it('are scrolled as they were, and have the focus that they had unless it was put elsewhere', () => {
    const { switchTo, find } = show()
    const box = find('[data-testid="box c"]')!
    const field = find('input')!
    box.scrollTop = 70
    fireEvent.scroll(box)
    field.focus()
    switchTo('d')
    // As an engine does when an element leaves the document.
    box.scrollTop = 0
    expect(document.activeElement).toBe(document.body)
    switchTo('c')
    expect(box.scrollTop).toBe(70)
    expect(document.activeElement).toBe(field)
    switchTo('d')
    find('input')!.focus()
    switchTo('c')
    expect(document.activeElement).toBe(field)
  })

  it('are those of three connections, and of none that is closed', () => {
    const { switchTo, viewOf, drawsOf, connections } = show()
    const first = viewOf('c')
    for (const id of ['d', 'e', 'f']) switchTo(id)
    switchTo('c')
    expect(viewOf('c')).not.toBe(first)
    const drawn = drawsOf('f')
    switchTo('f')
    expect(drawsOf('f')).toBe(drawn)
    act(() => connections().closeTab('c'))
    const again = viewOf('f')
    switchTo('c')
    expect(viewOf('c')).not.toBeNull()
    switchTo('f')
    expect(viewOf('f')).toBe(again)
  })
})
