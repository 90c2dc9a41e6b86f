import { describe, expect, it } from 'vitest'
import { columnPlaceholder, rowColumns } from './rowColumns'

describe('columns of rows', () => {
  it.each([
    ['csv', 'id,celsius\r\na,1', ['id', 'celsius']],
    ['csv', '"a, b","say ""hi""",c\n', ['a, b', 'say "hi"', 'c']],
    ['csv', 'id;"a;b";c,d', ['id', 'a;b', 'c,d']],
    ['csv', 'id\tcelsius', ['id', 'celsius']],
    ['csv', '', []],
    ['jsonLines', '{"id": 1, "a b": 2}\n{"z": 1}', ['id', 'a b']],
    ['jsonLines', 'no json', []],
    ['jsonLines', '[1]', []],
  ] as const)('are found in %s: %s', (format, text, columns) => {
    expect(rowColumns({ format, text })).toEqual(columns)
  })

  it('are written into a template by name, in quotes where they are no plain word', () => {
    expect(columnPlaceholder('celsius')).toBe('{{ row.celsius }}')
    expect(columnPlaceholder('a b')).toBe('{{ row["a b"] }}')
  })
})
