import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FramesContext, useSlicedWork, type WorkSlice } from './useSlicedWork'

beforeEach(() => void vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame'] }))
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

function Worker({ slice, news }: { readonly slice: WorkSlice; readonly news?: number }) {
  const goOn = useSlicedWork(slice, news)
  return <button onClick={goOn}>more</button>
}

/** Work of so many slices, which can get more. */
const workOf = (slices: number) => {
  let left = slices
  let done = 0
  const slice = vi.fn(() => {
    left -= 1
    done += 1
    return left > 0
  })
  return {
    slice,
    done: () => done,
    add: (more: number) => {
      left = more
    },
  }
}
const frames = (count: number) => {
  for (let frame = 0; frame < count; frame += 1) vi.advanceTimersToNextFrame()
}

describe('work in slices', () => {
  it('does the first slice before the page is painted, one more in each frame, and none when it is done', () => {
    const { slice, done } = workOf(3)
    render(<Worker slice={slice} />)
    expect(done()).toBe(1)
    frames(1)
    expect(done()).toBe(2)
    frames(5)
    expect(done()).toBe(3)
  })

  it('waits for the frames of the window in which its view stands', () => {
    const { slice, done } = workOf(3)
    const asked: FrameRequestCallback[] = []
    const other = {
      requestAnimationFrame: (goOn: FrameRequestCallback) => asked.push(goOn),
      cancelAnimationFrame: vi.fn(),
    }
    const { unmount } = render(
      <FramesContext value={other}>
        <Worker slice={slice} />
      </FramesContext>,
    )
    frames(5)
    expect(done()).toBe(1)
    asked.shift()?.(0)
    expect(done()).toBe(2)
    unmount()
    expect(other.cancelAnimationFrame).toHaveBeenCalledOnce()
  })

  it('is not begun anew by a render that brings no news, and goes on when there are some', () => {
    const { slice, done, add } = workOf(2)
    const { rerender } = render(<Worker slice={slice} news={1} />)
    rerender(<Worker slice={slice} news={1} />)
    expect(done()).toBe(1)
    frames(3)
    expect(done()).toBe(2)
    add(2)
    rerender(<Worker slice={slice} news={2} />)
    frames(3)
    expect(done()).toBe(4)
  })

  it('goes on without a render when it is told of more, and not twice in a frame', () => {
    const { slice, done, add } = workOf(1)
    render(<Worker slice={slice} />)
    add(3)
    fireEvent.click(screen.getByRole('button'))
    fireEvent.click(screen.getByRole('button'))
    expect(done()).toBe(2)
    frames(5)
    expect(done()).toBe(4)
  })

  it('does one slice a frame however often there is news, and leaves work that nobody wants any more', () => {
    const [one, other] = [workOf(9), workOf(9)]
    const { rerender, unmount } = render(<Worker slice={one.slice} news={1} />)
    rerender(<Worker slice={one.slice} news={2} />)
    rerender(<Worker slice={one.slice} news={3} />)
    expect(one.done()).toBe(1)
    frames(1)
    expect(one.done()).toBe(2)
    rerender(<Worker slice={other.slice} news={3} />)
    frames(1)
    expect([one.done(), other.done()]).toEqual([2, 2])
    unmount()
    frames(3)
    expect([one.done(), other.done()]).toEqual([2, 2])
  })
})
