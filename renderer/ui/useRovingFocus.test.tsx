import { cleanup, render } from '@testing-library/react'
import { useRef } from 'react'
import { createPortal } from 'react-dom'
import { afterEach, describe, expect, it } from 'vitest'
import { useRovingFocus } from './useRovingFocus'

afterEach(() => {
  cleanup()
  document.body.replaceChildren()
})

function List({ keys }: { readonly keys: readonly string[] }) {
  const list = useRef<HTMLUListElement>(null)
  const { tabStop, setTabStop } = useRovingFocus({
    keys,
    elementOf: (key) => list.current?.querySelector<HTMLElement>(`[data-key="${key}"]`) ?? null,
  })
  return (
    <ul ref={list}>
      {keys.map((key) => (
        <li key={key} data-key={key} tabIndex={key === tabStop ? 0 : -1} onFocus={() => setTabStop(key)} />
      ))}
    </ul>
  )
}

/** The page of a window of its own, as a view has it that is drawn from here. */
const otherPage = (): Document => {
  const frame = document.body.appendChild(document.createElement('iframe'))
  if (!frame.contentDocument) throw new Error('no page')
  return frame.contentDocument
}

describe('a row that goes while it has the focus', () => {
  it.each([
    ['the main window', () => document],
    ['a window of its own', otherPage],
  ])('leaves it to its neighbour in %s', (_where, pageOf) => {
    const page = pageOf()
    const shown = (keys: readonly string[]) => createPortal(<List keys={keys} />, page.body)
    const { rerender } = render(shown(['a', 'b', 'c']))
    page.querySelector<HTMLElement>('[data-key="b"]')?.focus()
    rerender(shown(['a', 'c']))
    expect(page.activeElement?.getAttribute('data-key')).toBe('c')
    rerender(shown(['a']))
    expect(page.activeElement?.getAttribute('data-key')).toBe('a')
  })

  it('takes it from nobody who has it meanwhile', () => {
    const { rerender, getByRole } = render(
      <>
        <List keys={['a', 'b']} />
        <button>other</button>
      </>,
    )
    document.querySelector<HTMLElement>('[data-key="b"]')?.focus()
    getByRole('button').focus()
    rerender(
      <>
        <List keys={['a']} />
        <button>other</button>
      </>,
    )
    expect(document.activeElement?.textContent).toBe('other')
  })
})
