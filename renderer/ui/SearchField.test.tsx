import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, expect, it, vi } from 'vitest'
import { SearchField } from './SearchField'

afterEach(cleanup)

const show = () => {
  const heard = vi.fn()
  function Around() {
    const [text, setText] = useState('')
    return (
      <div onKeyDown={heard}>
        <SearchField label="Search" value={text} onChange={setText} />
      </div>
    )
  }
  render(<Around />)
  const field = screen.getByRole('searchbox', { name: 'Search' })
  fireEvent.change(field, { target: { value: 'abc' } })
  return { field, heard, text: () => (field as HTMLInputElement).value }
}

it('is emptied by the first Escape, and leaves the next one to what is around it', () => {
  const { field, heard, text } = show()
  fireEvent.keyDown(field, { key: 'Escape' })
  expect([text(), heard.mock.calls.length]).toEqual(['', 0])
  fireEvent.keyDown(field, { key: 'Escape' })
  expect(heard).toHaveBeenCalledOnce()
})

it('leaves an Escape to the input method that composes', () => {
  const { field, heard, text } = show()
  fireEvent.keyDown(field, { key: 'Escape', isComposing: true })
  expect([text(), heard.mock.calls.length]).toEqual(['abc', 0])
})
