import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logColumnsSchema } from '#shared/model/logColumns'
import { messageColumns } from '../messageColumns'
import { arrangedColumns, movedTo, withField, withoutField, withShow, withWidth } from './columnArrangement'

const own = [
  { id: 'time', show: 'shown' },
  { id: 'qos', show: 'auto' },
  { id: 'payload', show: 'shown' },
] as const
const column = (id: string) => ({ id, show: 'shown' as const, width: null })
const ids = (columns: readonly { readonly id: string }[]) => columns.map(({ id }) => id).join(' ')

describe('the arrangement of columns', () => {
  it('is the order of the log until a person changes it', () => {
    expect(arrangedColumns([], own)).toEqual(own.map(({ id, show }) => ({ id, show, width: null })))
  })

  it('takes a column of another version in where it stands by default, and leaves out what it does not know', () => {
    const stored = [column('payload'), column('time'), column('from tomorrow'), column('$.temp'), column('time')]
    expect(ids(arrangedColumns(stored, own))).toBe('payload time qos $.temp')
  })

  it('moves, hides and sizes a column, and takes fields in and off again', () => {
    const start = arrangedColumns([], own)
    expect(ids(movedTo(start, 'payload', 'time'))).toBe('payload time qos')
    expect(ids(movedTo(start, 'time', 'qos'))).toBe('qos time payload')
    expect(withShow(start, 'qos', 'hidden')[1]).toEqual({ id: 'qos', show: 'hidden', width: null })
    expect(withWidth(start, 'qos', 60)[1]).toEqual({ id: 'qos', show: 'auto', width: 60 })
    const added = withField(start, '$.temp')
    expect(ids(added)).toBe('time qos $.temp payload')
    expect(withField(added, '$.temp')).toEqual(added)
    expect(withoutField(added, '$.temp')).toEqual(start)
  })

  it('has each column of the log once, whatever was stored', () => {
    const known = messageColumns.map(({ id }) => id)
    const entry = fc.record({
      id: fc.oneof(fc.constantFrom(...known, '$.a', '$', '$.a.b[0]', 'unknown'), fc.string()),
      show: fc.oneof(fc.constantFrom('shown', 'auto', 'hidden'), fc.string()),
      width: fc.oneof(fc.constant(null), fc.integer(), fc.double()),
    })
    const stored = fc.oneof(fc.array(entry, { maxLength: 30 }), fc.jsonValue())
    const step = fc.tuple(fc.constantFrom(...known, '$.a', 'unknown'), fc.constantFrom(...known, '$.a', 'unknown'))
    fc.assert(
      fc.property(stored, fc.array(step, { maxLength: 10 }), (given, moves) => {
        const read = logColumnsSchema.safeParse(given)
        let columns = arrangedColumns(read.success ? read.data : [], messageColumns)
        for (const [id, beside] of moves) columns = movedTo(withField(columns, '$.a'), id, beside)
        expect(known.filter((id) => columns.filter((one) => one.id === id).length !== 1)).toEqual([])
        expect(new Set(columns.map(({ id }) => id)).size).toBe(columns.length)
        expect(logColumnsSchema.safeParse(columns).success).toBe(true)
      }),
    )
  })
})
