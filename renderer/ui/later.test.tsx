import { render, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { later } from './later'

function Greeting({ name }: { readonly name: string }) {
  return <p>{`Hello ${name}`}</p>
}

it('loads the component when it is first drawn, and once', async () => {
  const find = vi.fn(() => Promise.resolve(Greeting))
  const Later = later(find)
  expect(find).not.toHaveBeenCalled()
  const { container } = render(
    <>
      <Later name="one" />
      <Later name="two" />
    </>,
  )
  expect(container.textContent).toBe('')
  expect(await screen.findByText('Hello one')).toBeDefined()
  expect(screen.getByText('Hello two')).toBeDefined()
  expect(find).toHaveBeenCalledOnce()
})

it('draws at once what was loaded before', async () => {
  const Later = later(() => Promise.resolve(Greeting))
  await Later.load()
  render(<Later name="there" />)
  expect(screen.getByText('Hello there')).toBeDefined()
})

it('tries again after its code could not be loaded', async () => {
  const find = vi.fn<() => Promise<typeof Greeting>>()
  find.mockRejectedValueOnce(new Error('gone')).mockResolvedValueOnce(Greeting)
  const Later = later(find)
  await expect(Later.load()).rejects.toThrow('gone')
  await Later.load()
  render(<Later name="again" />)
  expect(screen.getByText('Hello again')).toBeDefined()
})
