import { expect, it } from 'vitest'
import { withFigures } from '../build/lib/performanceTable.mjs'

const today = { machine: '2 x A, 4 GB', date: '2026-01-02', load: '0.1' }

it('keeps the latest figure of each measure, by machine', () => {
  const first = withFigures(
    '',
    [
      { measure: 'start', value: '5 s' },
      { measure: 'rate', value: '1', target: '2' },
    ],
    today,
  )
  const later = withFigures(first, [{ measure: 'start', value: '4 s' }], { ...today, date: '2026-01-03' })
  const elsewhere = withFigures(later, [{ measure: 'start', value: '9 s' }], { ...today, machine: '1 x B, 1 GB' })
  const rows = elsewhere.split('\n').filter((line) => line.startsWith('## ') || /^\| (?:start|rate)/.test(line))
  expect(rows).toEqual([
    '## 2 x A, 4 GB',
    '| start | 4 s |  | 2026-01-03, load 0.1 |',
    '| rate | 1 | 2 | 2026-01-02, load 0.1 |',
    '## 1 x B, 1 GB',
    '| start | 9 s |  | 2026-01-02, load 0.1 |',
  ])
})

it('reads what it wrote, also when columns were aligned, and a value that has a bar or more than one line', () => {
  const written = withFigures('', [{ measure: 'a | b', value: 'one\ntwo' }], today)
  const aligned = written.replace('| one two |', '| one two            |').replace('|---|---|', '| ---- | --- |')
  expect(withFigures(aligned, [], today)).toBe(written)
  expect(written).toContain('| a \\| b | one two |')
})
