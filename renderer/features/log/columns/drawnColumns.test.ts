import { describe, expect, it } from 'vitest'
import { messageColumns } from '../messageColumns'
import { arrangedColumns, withField, withShow } from './columnArrangement'
import { columnTracks, drawnColumnsOf } from './drawnColumns'

const start = arrangedColumns([], messageColumns)
const ids = (columns: readonly { readonly id: string }[]) => columns.map(({ id }) => id).join(' ')
const tracksIn = (pane: string, arranged = start) => {
  const style = columnTracks(drawnColumnsOf(arranged, new Set()), 20) as Record<string, string>
  return (style[`--columns-${pane}`] ?? '').match(/var\(--width-\d+,/g)?.length ?? 0
}

describe('the columns that are drawn', () => {
  it('are those of the log, and a uniform one only once it differs', () => {
    expect(ids(drawnColumnsOf(start, new Set()))).toBe('time topic size payload')
    expect(ids(drawnColumnsOf(start, new Set(['qos'])))).toBe('time topic qos size payload')
    expect(ids(drawnColumnsOf(withShow(start, 'qos', 'shown'), new Set()))).toContain('qos')
    expect(ids(drawnColumnsOf(withShow(start, 'qos', 'hidden'), new Set(['qos'])))).not.toContain('qos')
  })

  it('are fewer in a narrow pane, but for those that a person asked for', () => {
    expect([tracksIn('wide'), tracksIn('narrow'), tracksIn('narrowest')]).toEqual([4, 3, 3])
    const asked = withField(withShow(withShow(start, 'sinceRow', 'shown'), 'qos', 'shown'), '$.temp')
    expect([tracksIn('wide', asked), tracksIn('narrowest', asked)]).toEqual([7, 6])
  })
})
