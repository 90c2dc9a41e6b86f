import { afterEach, describe, expect, it } from 'vitest'
import { markedLines } from './markedLines'

afterEach(() => document.body.replaceChildren())

/** Lines as the views draw them; those that end in `…` were only cut for the view. */
const boxOf = (...lines: readonly string[]) => {
  const box = document.createElement('div')
  box.innerHTML = '<div class="window"></div>'
  lines.forEach((text, index) => {
    const line = document.createElement('div')
    line.dataset['index'] = String(index)
    line.append(text.replace('…', ''))
    if (text.endsWith('…')) {
      const cut = document.createElement('span')
      cut.dataset['cut'] = '↵'
      line.append(cut)
    }
    box.firstElementChild?.append(line)
  })
  document.body.append(box)
  const lineAt = (index: number) => box.querySelector(`[data-index="${index}"]`)!.firstChild!
  return (from: readonly [line: number, at: number], to: readonly [line: number, at: number]) => {
    const marked = document.createRange()
    marked.setStart(lineAt(from[0]), from[1])
    marked.setEnd(lineAt(to[0]), to[1])
    return markedLines(box, marked)
  }
}

describe('marked lines', () => {
  it('are the text between the ends of the mark', () => {
    const marked = boxOf('first', 'second', 'third')
    expect(marked([0, 2], [2, 3])).toEqual({ text: 'rst\nsecond\nthi', isCut: false })
    expect(marked([1, 1], [1, 4])).toEqual({ text: 'eco', isCut: false })
  })

  it('have nothing for a line without text but its end', () => {
    expect(boxOf('a', '\u200b', '\u200b', 'b')([0, 0], [3, 1]).text).toBe('a\n\n\nb')
  })

  it('join what was only cut for the view', () => {
    expect(boxOf('{"long":', '"part…', 'and rest"}')([0, 0], [2, 10]).text).toBe('{"long":\n"partand rest"}')
  })

  it('say when an end of the mark is no longer there', () => {
    const box = document.createElement('div')
    box.innerHTML = '<div><p data-index="7">seven</p><p data-index="8">eight</p></div>'
    document.body.append(box)
    const marked = document.createRange()
    marked.setStart(box.firstElementChild!, 0)
    marked.setEnd(box.querySelector('[data-index="8"]')!.firstChild!, 2)
    expect(markedLines(box, marked)).toEqual({ text: 'seven\nei', isCut: true })
  })
})
