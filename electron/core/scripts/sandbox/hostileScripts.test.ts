import { expect, it } from 'vitest'
import { openScriptThread } from '../scriptThread'

const input = {
  topic: 'a/b',
  payload: new TextEncoder().encode('{"v":1}'),
  qos: 0,
  retain: false,
  properties: {},
  connection: 'c',
  n: 1,
}
const inFunction = (body: string) => `function onMessage(message) {\n  ${body}\n}`

/** Every script that harms, and what is said of it. */
const hostile: readonly (readonly [name: string, problem: string, text: string])[] = [
  ['an endless loop', 'tooLong', inFunction('while (true) {}')],
  ['an endless loop that catches', 'tooLong', inFunction('while (true) { try { while (true) {} } catch (e) {} }')],
  ['an endless loop outside the function', 'tooLong', 'for (;;) {}\nfunction onMessage() {}'],
  ['an endless regular expression', 'tooLong', inFunction('return /(a+)+$/.test("a".repeat(40) + "b")')],
  ['an endless getter in what it returns', 'tooLong', inFunction('return { get topic() { for (;;) {} } }')],
  ['an endless chain of promises', 'tooLong', inFunction('return (async () => { for (;;) await 0 })()')],
  ['a memory bomb of arrays', 'memory', inFunction('const a = []; for (;;) a.push(new Uint8Array(2 ** 20))')],
  ['a memory bomb of one text', 'memory', inFunction('return "x".repeat(1e9)')],
  ['a memory bomb of doubled texts', 'memory', inFunction('let s = "x"; for (;;) s += s')],
  ['a memory bomb of bytes', 'memory', inFunction('return new Uint8Array(1e9)')],
  ['a memory bomb of one number', 'memory', inFunction('return 3n ** (3n ** 30n)')],
  ['deep recursion', 'stack', inFunction('return onMessage(message) + 1')],
  ['deeply nested JSON', 'stack', inFunction('return JSON.parse("[".repeat(2e5))')],
  [
    'a deeply nested message',
    'stack or tooLong',
    inFunction('let x = []; for (let i = 0; i < 1e5; i++) x = [x]; return { topic: "a", payload: x }'),
  ],
  ['too many messages', 'tooManyOutputs', inFunction('return new Array(1001).fill({ topic: "a" })')],
  ['too large a message', 'tooMuchOutput', inFunction('return { topic: "a", payload: new Uint8Array(2 ** 24 + 1) }')],
  ['a promise that never resolves', 'neverResolves', inFunction('return new Promise(() => {})')],
  ['a text that is no script', 'syntax', inFunction('const = 3')],
  ['a text without the function', 'noFunction', 'const a = 1'],
  ['an error of its own', 'thrown', inFunction('throw new TypeError("no")')],
  ['an error that cannot be told', 'thrown', inFunction('throw { get message() { throw 1 }, toString() { throw 2 } }')],
  ['a module', 'thrown', inFunction('return import("fs")')],
]

it.each(hostile)('%s ends with a clear error in a line and column', async (_name, problem, text) => {
  const thread = await openScriptThread(text)
  let turns = 0
  const timer = setInterval(() => (turns += 1), 20)
  const error = (await thread.begun) ?? (await thread.call(input)).error
  clearInterval(timer)
  thread.close()
  expect(error).toMatchObject({ code: 'scriptFailed' })
  expect(problem.split(' or '), error?.message).toContain(error?.values?.['problem'])
  expect(Number(error?.values?.['line'])).toBeGreaterThan(0)
  expect(Number(error?.values?.['column'])).toBeGreaterThan(0)
  // Meanwhile this thread had its turns.
  if (problem === 'tooLong') expect(turns).toBeGreaterThan(10)
})

it('finds nothing of this computer', async () => {
  const names = [
    'process',
    'require',
    'module',
    'fetch',
    'XMLHttpRequest',
    'WebSocket',
    'setTimeout',
    'Worker',
    'WebAssembly',
  ]
  const text = inFunction(
    `return { topic: 'x', payload: ${JSON.stringify(names)}.filter((name) => name in globalThis) }`,
  )
  const thread = await openScriptThread(text)
  const { made } = await thread.call(input)
  thread.close()
  expect(made.map(({ payload }) => Buffer.from(payload as Uint8Array).toString())).toEqual(['[]'])
})
