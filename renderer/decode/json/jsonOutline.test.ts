import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentIn } from '../payloadViewTesting'
import { jsonView } from '../views/jsonView'
import { printJsonPath } from '#shared/json/jsonPath'
import { jsonPathTo, type JsonStep } from './jsonOutline'

const jsonPath = (steps: readonly JsonStep[]) => printJsonPath(jsonPathTo(steps))

const open = (text: string) => {
  const { lines, outline } = contentIn(jsonView, text)
  if (!outline) throw new Error('This is no JSON.')
  const all = Array.from({ length: lines.count }, (_, line) => line)
  return {
    lines,
    outline: outline(),
    all,
    lineWith: (part: string) => all.find((line) => lines.at(line).text.includes(part)) ?? -1,
  }
}

describe('the outline of JSON', () => {
  it('knows the path and the value of a line, as they are written', () => {
    const { outline, lineWith } = open('{"a":{"b c":[1,{"d":9007199254740993}]},"\\u0061":1.50,"s":"x\\n,"}')
    const told = (part: string) => [jsonPath(outline.stepsTo(lineWith(part))), outline.valueText(lineWith(part))]
    expect(told('900')).toEqual(['$.a["b c"][1].d', '9007199254740993'])
    expect(told('1.50')).toEqual(['$.a', '1.50'])
    expect(told('"s"')).toEqual(['$.s', '"x\\n,"'])
    expect(told('"b c"')).toEqual(['$.a["b c"]', '[\n  1,\n  {\n    "d": 9007199254740993\n  }\n]'])
  })

  it('tells equal keys apart', () => {
    const { outline, all } = open('{"a":1,"a":{"b":2}}')
    expect(all.map((line) => outline.lineAt(outline.stepsTo(line)))).toEqual([0, 1, 2, 3, 2, 0])
  })

  it('is not misled by strings that were cut, with brackets where they were', () => {
    const { outline, lineWith, lines } = open(JSON.stringify({ long: '}{'.repeat(3_000), next: { a: 1 } }))
    expect(lines.count).toBeGreaterThan(6)
    expect(outline.openings.map((line) => jsonPath(outline.stepsTo(line)))).toEqual(['$', '$.next'])
    expect(outline.valueText(lineWith('"long"'))).toBe(`"${'}{'.repeat(3_000)}"`)
  })

  it('finds its way back to every line, and the value there is the value of that path', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const { outline, all } = open(text)
        for (const line of all) {
          const steps = outline.stepsTo(line)
          const at = outline.lineAt(steps) ?? -1
          expect(outline.stepsTo(at)).toEqual(steps)
          const value = steps.reduce<unknown>((parent, step) => {
            const name = step.kind === 'item' ? step.index : (JSON.parse(step.key) as string)
            return (parent as Record<string, unknown>)[name]
          }, JSON.parse(text))
          expect(JSON.parse(outline.valueText(line))).toEqual(value)
        }
      }),
    )
  })
})
