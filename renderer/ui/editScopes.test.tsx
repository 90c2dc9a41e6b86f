import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startEditScopes, useEditScope } from './editScopes'

let stop: () => void = () => undefined
beforeEach(() => {
  stop = startEditScopes(document)
})
afterEach(() => {
  stop()
  cleanup()
  document.getSelection()?.removeAllRanges()
})

const scope = { selectAll: vi.fn(), copy: vi.fn(), copyMarked: vi.fn() }
beforeEach(() => Object.values(scope).forEach((spy) => spy.mockClear()))

function Part() {
  const [element, attach] = useState<HTMLElement | null>(null)
  useEditScope(element, scope)
  return (
    <div ref={attach} tabIndex={0} data-testid="part">
      text of the part
    </div>
  )
}

const show = () => {
  const { unmount } = render(
    <>
      <section role="region" tabIndex={-1} data-testid="region">
        <p data-testid="beside">text beside it</p>
        <Part />
      </section>
      <button type="button">elsewhere</button>
      <input aria-label="field" />
    </>,
  )
  return { unmount }
}
const part = () => screen.getByTestId('part')
const mark = (element: Element) => document.getSelection()?.selectAllChildren(element)
/** As the engine does for Select All outside text fields; answers whether it may go on. */
const selectAll = () => fireEvent(document.body, new Event('selectstart', { bubbles: true, cancelable: true }))
const copy = () =>
  fireEvent(document.activeElement ?? document.body, new Event('copy', { bubbles: true, cancelable: true }))

describe('Select All and Copy', () => {
  it("are the part's that has the focus, or that the focused region holds", () => {
    show()
    for (const id of ['part', 'region']) {
      act(() => screen.getByTestId(id).focus())
      expect([selectAll(), copy()]).toEqual([false, false])
    }
    expect([scope.selectAll, scope.copy, scope.copyMarked].map(({ mock }) => mock.calls.length)).toEqual([2, 2, 0])
  })

  it('never select the page, and copy nothing of a part that has no focus', () => {
    show()
    for (const name of ['elsewhere', 'nothing']) {
      if (name === 'elsewhere') screen.getByRole('button').focus()
      else (document.activeElement as HTMLElement).blur()
      expect(selectAll()).toBe(false)
      copy()
    }
    expect([scope.selectAll, scope.copy].map(({ mock }) => mock.calls.length)).toEqual([0, 0])
  })

  it('leave marking by mouse and text fields alone', () => {
    show()
    expect(fireEvent(part(), new Event('selectstart', { bubbles: true, cancelable: true }))).toBe(true)
    screen.getByRole('textbox').focus()
    expect(copy()).toBe(true)
  })

  it('copy what is marked in the part, and leave what is marked beside it to the page', () => {
    show()
    act(() => part().focus())
    mark(part())
    expect(copy()).toBe(false)
    expect(scope.copyMarked).toHaveBeenCalledOnce()
    act(() => screen.getByTestId('region').focus())
    mark(screen.getByTestId('beside'))
    expect(copy()).toBe(true)
    expect(scope.copy).not.toHaveBeenCalled()
  })

  it('do not take a mark that was left elsewhere for what is meant', () => {
    show()
    mark(screen.getByTestId('beside'))
    act(() => part().focus())
    expect(copy()).toBe(false)
    expect(scope.copy).toHaveBeenCalledOnce()
  })

  it('forget a part that is gone', () => {
    const { unmount } = show()
    act(() => part().focus())
    unmount()
    selectAll()
    expect(scope.selectAll).not.toHaveBeenCalled()
  })
})
