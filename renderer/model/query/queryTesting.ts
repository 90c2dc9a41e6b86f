import fc from 'fast-check'
import { anyCharacter } from '#shared/text/anyTextTesting'
import {
  comparisons,
  logMarks,
  propertyNames,
  schemaStates,
  type FieldName,
  type FieldTest,
  type QueryTerm,
  type TermTest,
} from './queryTerm'

const text = fc.string({ unit: anyCharacter, minLength: 1, maxLength: 8 })
const likely = fc.constantFrom('a', 'in', '-', '/a/', '"', '\\', 'topic:', '$.a', 'a b', ' a', 'user.a', '$ = 1', '(')
const anyText = fc.oneof(text, likely)
const pattern = fc.constantFrom(
  { source: 'a+', flags: '' },
  { source: '[/ ]\\/', flags: 'i' },
  { source: 'x y', flags: 'imsu' },
)
const filter = fc
  .array(fc.oneof(fc.constant('+'), fc.string({ maxLength: 4 })), { minLength: 1, maxLength: 4 })
  .map((levels) => levels.join('/'))
  .filter((one) => isFilter(one))
const isFilter = (one: string) => {
  const levels = one.split('/')
  return one !== '' && !one.includes('\0') && levels.every((level) => level === '+' || !/[+#]/.test(level))
}
const range = fc
  .tuple(fc.nat(5_000), fc.oneof(fc.nat(5_000), fc.constant(Infinity)))
  .map(([low, more]) => ({ low, high: low + more }))
const moment = fc.constantFrom('14:30', '9:05:01', '2026-11-30', '2026-11-30T14:30:00.250', '2026-11-30 14:30Z')
const field: fc.Arbitrary<FieldName> = fc.oneof(
  fc.record({
    source: fc.constant('payload' as const),
    path: fc.array(fc.oneof(anyText, fc.nat(20)), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ source: fc.constant('property' as const), name: fc.constantFrom(...propertyNames) }),
  fc.record({ source: fc.constant('user' as const), name: anyText }),
)
const numberText = fc.constantFrom('0', '-0', '21.5', '1e3', '-1.25E-2', '9007199254740993', '9007199254740992')
const plainValue = fc.oneof(
  fc.record({ type: fc.constant('number' as const), text: numberText }),
  fc.record({ type: fc.constant('text' as const), text: fc.oneof(anyText, fc.constant('')) }),
)
const word = fc.record({ type: fc.constant('word' as const), word: fc.constantFrom('true', 'false', 'null') })
const fieldTest: fc.Arbitrary<FieldTest> = fc.oneof(
  fc.constant({ op: 'exists' as const }),
  fc.record({ op: fc.constant('contains' as const), text: anyText }),
  fc.record({ op: fc.constantFrom(...comparisons), value: plainValue }),
  fc.record({ op: fc.constantFrom('=' as const, '!=' as const), value: word }),
  fc.record({ op: fc.constant('matches' as const), pattern }),
)
const testArbitrary: fc.Arbitrary<TermTest> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: anyText }),
  fc.record({ kind: fc.constant('regex' as const), pattern }),
  fc.record({ kind: fc.constant('topic' as const), filter }),
  fc.record({ kind: fc.constant('below' as const), topic: anyText.filter((one) => !/[+#]/.test(one)) }),
  fc.record({ kind: fc.constant('direction' as const), direction: fc.constantFrom('in' as const, 'out' as const) }),
  fc.record({ kind: fc.constant('mark' as const), mark: fc.constantFrom(...logMarks) }),
  fc.record({ kind: fc.constantFrom('qos' as const, 'size' as const), range }),
  fc.record({ kind: fc.constant('sub' as const), name: anyText }),
  fc.record({ kind: fc.constantFrom('after' as const, 'before' as const), moment }),
  fc.record({ kind: fc.constant('last' as const), milliseconds: fc.integer({ min: 1, max: 10 ** 9 }) }),
  fc.record({ kind: fc.constant('schema' as const), state: fc.constantFrom(...schemaStates) }),
  fc.record({ kind: fc.constant('field' as const), field, test: fieldTest }),
)

/** For tests: any term that a query can say. */
export const anyTerm: fc.Arbitrary<QueryTerm> = fc.record({ not: fc.boolean(), test: testArbitrary })
