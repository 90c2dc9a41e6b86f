import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import fc from 'fast-check'
import { useState } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { stubLayout } from '../layoutTesting'
import { placeAfterKey } from './listKeys'
import { positionAt, positionBy, topOf } from './listPosition'
import { rowsByPlace, type ListRows } from './listRows'
import { createMeasuredHeights, fixedHeights } from './rowHeights'
import { useVirtualList, type VirtualListOptions } from './useVirtualList'
import { VirtualRows } from './VirtualRows'

// Ten rows of 20 pixels.
stubLayout({ clientHeight: 200, scrollHeight: 20_000_000 })
afterEach(cleanup)

const rowHeight = 20
type Given = Omit<VirtualListOptions, 'scroller' | 'rowHeight'>

function List(given: Given) {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const list = useVirtualList({ ...given, scroller, rowHeight })
  return (
    <div>
      <div
        ref={setScroller}
        role="list"
        tabIndex={0}
        onScroll={list.handleScroll}
        onKeyDown={list.handleScrollKeys}
        data-following={list.following}
        data-below={list.rowsBelow}
      >
        <VirtualRows
          list={list}
          renderRow={({ place, row }) => <div role="listitem" data-place={place}>{`row ${row}`}</div>}
        />
      </div>
      <button onClick={list.hold}>hold</button>
      <button onClick={list.follow}>follow</button>
      <button onClick={() => list.reveal(500)}>reveal 500</button>
    </div>
  )
}

const open = (given: Given) => {
  const { rerender } = render(<List {...given} />)
  const box = screen.getByRole('list')
  return {
    box,
    rerender: (next: Given) => rerender(<List {...next} />),
    texts: () => screen.queryAllByRole('listitem').map(({ textContent }) => textContent),
    places: () => screen.queryAllByRole('listitem').map(({ dataset }) => Number(dataset['place'])),
    press: (name: string) => fireEvent.click(screen.getByRole('button', { name })),
    scroll: (top: number) => {
      box.scrollTop = top
      fireEvent.scroll(box)
    },
  }
}

/** Rows with these numbers. */
const rowsOf = (numbers: readonly number[]): ListRows => ({
  count: () => numbers.length,
  rowAt: (place) => numbers[place] ?? -1,
  placeOf: (row) => numbers.filter((number) => number < row).length,
})
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)

describe('a virtual list', () => {
  it('draws the rows in view and no others, also of millions', () => {
    const { places, scroll, box } = open({ rows: rowsByPlace(5_000_000) })
    expect(places()).toEqual(range(0, 10))
    scroll(16_000_000 - 200)
    expect(places()).toEqual(range(4_999_990, 5_000_000))
    expect(box.firstElementChild?.getAttribute('style')).toContain('height: 16000000px')
  })

  it('moves row by row where the bar is only a scale, by wheel and keys', () => {
    const { places, box } = open({ rows: rowsByPlace(5_000_000) })
    fireEvent.wheel(box, { deltaY: 60 })
    expect(places()[0]).toBe(3)
    fireEvent.keyDown(box, { key: 'ArrowDown' })
    expect(places()[0]).toBe(4)
    fireEvent.keyDown(box, { key: 'PageDown' })
    expect(places()[0]).toBe(13)
    fireEvent.keyDown(box, { key: 'End' })
    expect(places().at(-1)).toBe(4_999_999)
    fireEvent.keyDown(box, { key: 'Home' })
    expect(places()[0]).toBe(0)
  })

  it('leaves wheel and keys to the browser where the bar shows the list as it is', () => {
    const { places, box } = open({ rows: rowsByPlace(1_000) })
    expect(fireEvent.wheel(box, { deltaY: 60 })).toBe(true)
    expect(fireEvent.keyDown(box, { key: 'End' })).toBe(true)
    expect(places()[0]).toBe(0)
  })

  it('begins where it was left, and reveals a row with the least movement', () => {
    const { places, press, box } = open({ rows: rowsByPlace(1_000), startTop: 400 })
    expect([places()[0], box.scrollTop]).toEqual([20, 400])
    press('reveal 500')
    expect([places()[0], places().at(-1), box.scrollTop]).toEqual([491, 500, 491 * rowHeight])
    press('reveal 500')
    expect(box.scrollTop).toBe(491 * rowHeight)
  })

  it('draws some rows around the view, and a kept one wherever it is', () => {
    const { places, scroll, rerender } = open({ rows: rowsByPlace(1_000), overscan: 2, keptPlace: 3 })
    expect(places()).toEqual(range(0, 12))
    scroll(2_000)
    expect(places()).toEqual([3, ...range(98, 112)])
    rerender({ rows: rowsByPlace(1_000), overscan: 2, keptPlace: 999 })
    expect(places()).toEqual([...range(98, 112), 999])
    rerender({ rows: rowsByPlace(5), overscan: 2, keptPlace: 999 })
    expect(places()).toEqual(range(0, 5))
  })

  it('asks for no more rows than it draws, also when another one is kept', () => {
    const asked = new Set<number>()
    const noting = (row: number) => {
      asked.add(row)
      return row
    }
    const rows: ListRows = { ...rowsByPlace(5_000_000), rowAt: noting }
    const { rerender } = open({ rows, keptPlace: 3, keyOf: noting })
    rerender({ rows, keptPlace: 4_999_999, keyOf: noting })
    expect(asked.size).toBeLessThan(15)
  })

  it('draws each row in an element of its own, or gives those that leave to rows that come', () => {
    const elements = () => new Set(screen.getAllByRole('listitem'))
    const keptAfterScroll = (given: Partial<Given>) => {
      const { scroll } = open({ rows: rowsByPlace(100), ...given })
      const before = elements()
      scroll(60)
      const kept = [...elements()].filter((element) => before.has(element)).length
      cleanup()
      return kept
    }
    expect(keptAfterScroll({})).toBe(7)
    expect(keptAfterScroll({ recyclesElements: true })).toBe(10)
  })

  it('stays at its end as rows come, until one scrolls away, and again when told to', () => {
    let left = 0
    const given = (count: number): Given => ({
      rows: rowsByPlace(count),
      followsEnd: true,
      onLeaveEnd: () => (left += 1),
    })
    const { box, texts, rerender, press, scroll } = open(given(100))
    rerender(given(110))
    expect([texts().at(-1), box.dataset['following'], left]).toEqual(['row 109', 'true', 0])
    scroll(1_000)
    rerender(given(120))
    expect([texts()[0], box.dataset['below'], left]).toEqual(['row 50', '60', 1])
    press('follow')
    press('hold')
    rerender(given(130))
    expect([texts().at(-1), box.dataset['following'], left]).toEqual(['row 119', 'false', 2])
  })

  it('stays with the rows it shows as others go before them, and begins anew with another subject', () => {
    const { texts, rerender, scroll } = open({ rows: rowsOf(range(0, 100)), subject: 'one' })
    scroll(1_000)
    expect(texts()[0]).toBe('row 50')
    rerender({ rows: rowsOf(range(40, 120)), subject: 'one' })
    expect(texts()[0]).toBe('row 50')
    rerender({ rows: rowsOf(range(40, 120)), subject: 'other' })
    expect(texts()[0]).toBe('row 40')
  })

  it('leaves the held row where it is when rows come between', () => {
    const even = range(0, 50).map((row) => 2 * row)
    const { texts, rerender } = open({ rows: rowsOf(even), heldRow: 10 })
    const before = texts().indexOf('row 10')
    rerender({ rows: rowsOf(range(0, 100)), heldRow: 10 })
    expect(texts().indexOf('row 10')).toBe(before)
  })

  it('keeps the elements of rows that go to another place, by what they are kept by', () => {
    const { rerender } = open({ rows: rowsByPlace(10), keyOf: (row) => `r${row}` })
    const fifth = screen.getAllByRole('listitem')[4]
    rerender({ rows: rowsByPlace(10), keyOf: (row) => `r${row - 1}` })
    expect(screen.getAllByRole('listitem')[5]).toBe(fifth)
  })

  it('does not touch a bar that it has not moved: a scroll may be under way', () => {
    const { box, rerender } = open({ rows: rowsByPlace(1_000) })
    box.scrollTop = 300
    rerender({ rows: rowsByPlace(1_001) })
    expect(box.scrollTop).toBe(300)
  })
})

describe('a virtual list of measured rows', () => {
  /** Rows are taken for 20 pixels high, and are 40 when they are drawn. */
  const openMeasured = (count: number) => {
    stubLayout({ clientHeight: 200, offsetHeight: 40 })
    const measured = createMeasuredHeights({ rows: count, rowHeight, estimate: () => rowHeight })
    return open({ rows: rowsByPlace(count), measured })
  }
  const barHeight = (box: HTMLElement) =>
    box.firstElementChild instanceof HTMLElement ? box.firstElementChild.style.height : ''

  it('draws as many as there is room for when it knows how high they are', () => {
    const { places, box } = openMeasured(100)
    expect(places()).toEqual(range(0, 5))
    expect(barHeight(box)).toBe(`${10 * 40 + 90 * 20}px`)
  })

  it('leaves what stands below the first row in view where it is as that one turns out higher', () => {
    const { places, scroll, box } = openMeasured(100)
    // Ten are known to be 40 pixels high: 10 pixels of the 41st are above the view, and 10 in it.
    scroll(10 * 40 + 30 * 20 + 10)
    expect([places()[0], box.scrollTop]).toEqual([40, 10 * 40 + 30 * 20 + 30])
  })
})

describe('the position of a view', () => {
  const extent = fc.record({ viewport: fc.integer({ min: 0, max: 400 }), count: fc.integer({ min: 1, max: 300 }) })

  it('is the same told by any row in it', () => {
    fc.assert(
      fc.property(extent, fc.nat(), fc.nat(300), ({ viewport, count }, where, row) => {
        const list = { rows: rowsByPlace(count), extent: { heights: fixedHeights(count, rowHeight), viewport } }
        const top = topOf(positionAt(where, list, false), list)
        const told = positionBy(row, top, list)
        if (told) expect(topOf(told, list)).toBe(top)
      }),
    )
  })
})

describe('the keys of a list', () => {
  it.each([
    ['ArrowUp', 3],
    ['ArrowDown', 5],
    ['PageUp', 1],
    ['PageDown', 7],
    ['Home', 0],
    ['End', 9],
    ['x', null],
  ])('%s goes from the fifth to %s', (key, place) => {
    expect(placeAfterKey(key, { count: 10, place: 4, page: 3 })).toBe(place)
  })

  it('stay within it', () => {
    expect(placeAfterKey('PageDown', { count: 10, place: 9, page: 3 })).toBe(9)
    expect(placeAfterKey('ArrowUp', { count: 10, place: 0, page: 3 })).toBe(0)
    expect(placeAfterKey('Home', { count: 0, place: 0, page: 3 })).toBeNull()
  })
})
