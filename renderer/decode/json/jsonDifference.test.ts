import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  differencePath,
  jsonDifference,
  type DifferenceStep,
  type DifferenceWay,
  type JsonDifference,
} from './jsonDifference'

/** What is told, in words. */
const told = (before: string, after: string) =>
  jsonDifference(before, after)?.map((one) => {
    const path = differencePath(one.way)
    switch (one.kind) {
      case 'changed':
        return `${path} ${one.before} → ${one.after}`
      case 'added':
        return `${path} + ${one.after}`
      case 'removed':
        return `${path} - ${one.before}`
      case 'moved':
        return `${path} ~ ${one.after}`
    }
  })

const stepsOf = (way: DifferenceWay): readonly DifferenceStep[] => (way ? [...stepsOf(way.around), way.step] : [])

/** Differences of one value, by their first step. */
interface Change {
  readonly steps: readonly DifferenceStep[]
  readonly difference: JsonDifference
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Makes the second value out of the first by what is told, and by nothing else. */
const applied = (before: Json, changes: readonly Change[]): Json => {
  const whole = changes.find(({ steps }) => steps.length === 0)
  if (whole) return 'after' in whole.difference ? (JSON.parse(whole.difference.after) as Json) : null
  if (changes.length === 0 || before === null || typeof before !== 'object') return before
  return Array.isArray(before) ? appliedToItems(before, changes) : appliedToMembers(before, changes)
}

const grouped = (changes: readonly Change[]) => {
  const groups = new Map<string, { readonly step: DifferenceStep; readonly inside: Change[] }>()
  for (const { steps, difference } of changes) {
    const [step, ...rest] = steps
    if (!step) continue
    const name = JSON.stringify(step)
    const group = groups.get(name) ?? { step, inside: [] }
    group.inside.push({ steps: rest, difference })
    groups.set(name, group)
  }
  return [...groups.values()]
}

const appliedToMembers = (before: { [key: string]: Json }, changes: readonly Change[]): Json => {
  const members = new Map(Object.entries(before))
  for (const { step, inside } of grouped(changes)) {
    if (step.kind !== 'key') continue
    const key = JSON.parse(step.key) as string
    if (inside[0]?.difference.kind === 'removed' && inside[0].steps.length === 0) members.delete(key)
    else members.set(key, applied(members.get(key) ?? null, inside))
  }
  return Object.fromEntries(members)
}

const appliedToItems = (before: readonly Json[], changes: readonly Change[]): Json => {
  const groups = grouped(changes)
  const touched = new Set<number>()
  const places = new Map<number, Json>()
  for (const { step, inside } of groups) {
    if (step.kind !== 'item') continue
    if (step.before !== null) touched.add(step.before)
    const old = step.before === null ? null : (before[step.before] ?? null)
    if (step.after !== null) places.set(step.after, applied(old, inside))
  }
  const kept = before.filter((_, index) => !touched.has(index))
  return Array.from({ length: kept.length + places.size }, (_, index) => places.get(index) ?? null).map(
    (value, index) => (places.has(index) ? value : (kept.shift() ?? null)),
  )
}

describe('the difference of two JSON texts', () => {
  it.each([
    ['{"celsius":21.1,"h":48}', '{"h":48,"celsius":21.2}', ['$.celsius 21.1 → 21.2']],
    ['{"a":1,"c d":2}', '{"a":1,"b":{"x":[]}}', ['$["c d"] - 2', '$.b + {"x":[]}']],
    ['{"n":9007199254740992}', '{"n":9007199254740993}', ['$.n 9007199254740992 → 9007199254740993']],
    ['[1,2,3,4]', '[2,3,4]', ['$[0] - 1']],
    ['[1,2,3]', '[3,1,2]', ['$[2→0] ~ 3']],
    ['[0.71,0.68,0.70]', '[0.71,0.69,0.70]', ['$[1] 0.68 → 0.69']],
    ['[1,{"a":1}]', '[{"a":2}]', ['$[0] 1 → {"a":2}', '$[1] - {"a":1}']],
    ['{"a":1,"a":2}', '{"a":1,"a":3}', ['$.a 2 → 3']],
    ['{"a":[]}', '{"a":{}}', ['$.a [] → {}']],
    ['{"a":1,"b":2}', '{ "b": 2, "a": 1 }', []],
    ['1', '2', ['$ 1 → 2']],
  ])('of %s and %s', (before, after, expected) => {
    expect(told(before, after)).toEqual(expected)
  })

  it('is not told of what is no JSON, and of any depth', () => {
    expect(jsonDifference('{', '{}')).toBeNull()
    const deep = (inside: string) => '['.repeat(50_000) + inside + ']'.repeat(50_000)
    expect(jsonDifference(deep('1'), deep('2'))).toHaveLength(1)
  })

  it('makes the second out of the first', () => {
    // Few values and keys, so that much is equal.
    const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<Json>(0, 1, 'a', null, true),
        fc.array(tie('tree'), { maxLength: 6 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('tree'), { maxKeys: 3, noNullPrototype: true }),
      ),
    }))
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        const differences = jsonDifference(JSON.stringify(before), JSON.stringify(after)) ?? []
        const changes = differences.map((difference) => ({ difference, steps: stepsOf(difference.way) }))
        expect(applied(before, changes)).toEqual(after)
      }),
    )
  })
})
