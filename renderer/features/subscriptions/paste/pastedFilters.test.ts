import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import { judgedLines, pastedLines, type PastedLine } from './pastedFilters'

const standings = (lines: readonly PastedLine[], ...there: readonly string[]) =>
  judgedLines(lines, new Set(there)).map(({ line, filter, standing }) => [line, filter, standing])

describe('a pasted list of filters', () => {
  it('is one filter a line, whatever ends the lines, and # is a filter', () => {
    const lines = pastedLines('#\r\n  plant/+/temp\t\n\n$share/g/a b\r+/\n') ?? []
    expect(lines.map(({ line, filter }) => [line, filter])).toEqual([
      [1, '#'],
      [2, 'plant/+/temp'],
      [4, '$share/g/a b'],
      [5, '+/'],
    ])
  })

  it.each(['', 'a/b', 'a/b\n', '\n\n a/b \n'])('is none where one filter or nothing is pasted: %j', (text) => {
    expect(pastedLines(text)).toBeNull()
  })

  it('says of each line whether it is new, wrong, there, or said twice', () => {
    const lines = pastedLines('a\nb+\nc\na\nd') ?? []
    expect(standings(lines, 'c')).toEqual([
      [1, 'a', 'new'],
      [2, 'b+', 'wrong'],
      [3, 'c', 'there'],
      [4, 'a', 'twice'],
      [5, 'd', 'new'],
    ])
  })

  it('adds each valid filter that is not there exactly once', () => {
    const filter = fc.stringMatching(/^[ab+#/]{1,4}$/)
    fc.assert(
      fc.property(fc.array(filter, { minLength: 2, maxLength: 30 }), fc.array(filter), (pasted, listed) => {
        const lines = pastedLines(pasted.join('\n')) ?? []
        const added = judgedLines(lines, new Set(listed)).flatMap((line) =>
          line.standing === 'new' ? line.filter : [],
        )
        const wanted = pasted.filter((one) => topicFilterProblem(one) === null && !listed.includes(one))
        expect(added).toEqual([...new Set(wanted)])
      }),
    )
  })
})
