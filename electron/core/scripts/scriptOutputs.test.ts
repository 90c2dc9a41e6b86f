import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishRequestSchema } from '#shared/model/publish'
import { outputsOf } from './scriptOutputs'
import { openScriptThread, type ScriptThread } from './scriptThread'

const inputOf = (payload: string) => ({
  topic: 'a/b',
  payload: new TextEncoder().encode(payload),
  qos: 1,
  retain: false,
  properties: {},
  connection: 'Plant',
  n: 1,
})

const made = async (text: string, payload = '') => {
  const thread = await openScriptThread(text)
  const outcome = await thread.call(inputOf(payload))
  thread.close()
  if (outcome.error) return { ok: false, error: outcome.error } as const
  return outputsOf(outcome.made)
}
const returning = (expression: string) => made(`function onMessage(message, state) { return ${expression} }`)

describe('what a script returns', () => {
  it('is nothing, one message or several, with the payload as text, bytes or JSON', async () => {
    expect(await returning('undefined')).toEqual({ ok: true, value: [] })
    expect(await returning("{ topic: 'x' }")).toMatchObject({
      value: [{ topic: 'x', payload: new Uint8Array(), qos: 0, retain: false, properties: {} }],
    })
    const several = await returning(`[
      { topic: 'text', payload: 'h\\u0000é', qos: 2, retain: true },
      { topic: 'bytes', payload: new Uint8Array([9, 0, 255]).subarray(1) },
      { topic: 'json', payload: { a: [1, null] } },
      { topic: 'number', payload: 1.5 },
    ]`)
    const payloads = several.ok ? several.value.map(({ payload }) => Buffer.from(payload).toString('latin1')) : several
    expect(payloads).toEqual(['h\0Ã©', '\0ÿ', '{"a":[1,null]}', '1.5'])
    expect(several).toMatchObject({ value: [{ qos: 2, retain: true }, {}, {}, {}] })
  })

  it('has properties, user properties as an object or as pairs', async () => {
    const properties = "{ contentType: 'text/plain', correlationData: 'c1', userProperties: { a: '1' } }"
    expect(await returning(`{ topic: 'x', properties: ${properties} }`)).toMatchObject({
      value: [
        {
          properties: {
            contentType: 'text/plain',
            correlationData: new TextEncoder().encode('c1'),
            userProperties: [['a', '1']],
          },
        },
      ],
    })
  })

  it.each([
    ['5', 1, 'message', '{ topic, payload, qos, retain, properties }'],
    ["[{ topic: 'a' }, {}]", 2, 'topic', 'empty'],
    ["{ topic: 'a/#' }", 1, 'topic', 'wildcardInTopic'],
    ["{ topic: 'a', qos: 3 }", 1, 'qos', '0 | 1 | 2'],
    ["{ topic: 'a', retain: 1 }", 1, 'retain', 'true | false'],
    ["{ topic: 'a', payload: () => 1 }", 1, 'payload', 'string | Uint8Array | JSON'],
    ["{ topic: 'a', qso: 1 }", 1, 'qso', '–'],
    [
      "{ topic: 'a', properties: { userProperties: { a: 1 } } }",
      1,
      'properties.userProperties.0.1',
      '{ name: string } | [string, string][]',
    ],
  ])('is refused by its place and field: %s', async (expression, ...[output, field, detail]) => {
    expect(await returning(expression)).toMatchObject({
      error: { code: 'scriptFailed', values: { problem: 'badOutput', output, field, detail } },
    })
  })
})

describe('any value', () => {
  let thread: ScriptThread
  beforeAll(async () => {
    thread = await openScriptThread('function onMessage({ json }) { return json }')
  })
  afterAll(() => thread.close())

  const almostMessage = fc.record(
    {
      topic: fc.oneof(fc.string(), fc.constant('a/b'), fc.integer()),
      payload: fc.anything(),
      qos: fc.oneof(fc.integer({ min: -1, max: 3 }), fc.string()),
      retain: fc.oneof(fc.boolean(), fc.constant(null)),
      properties: fc.oneof(
        fc.object(),
        fc.record(
          {
            contentType: fc.string(),
            correlationData: fc.string(),
            userProperties: fc.dictionary(fc.string(), fc.string()),
          },
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: [] },
  )

  it('that a script returns is valid messages or one clear error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), almostMessage, fc.array(almostMessage)), async (value) => {
        const payload = JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? String(one) : one))
        const outcome = await thread.call(inputOf(payload))
        expect(outcome.error).toBeNull()
        const outputs = outputsOf(outcome.made)
        if (outputs.ok) {
          for (const output of outputs.value)
            expect(publishRequestSchema.safeParse({ ...output, connectionId: 'c' }).success).toBe(true)
        } else {
          expect(outputs.error.code).toBe('scriptFailed')
          expect(outputs.error.values?.['field']).not.toBe('')
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('a script', () => {
  it('finds the message as text, JSON and bytes, with its connection and number', async () => {
    const text = `function onMessage(m) {
      return { topic: m.topic + '/seen', payload: [m.payload, m.json.v, m.bytes.length, m.qos, m.connection, m.n] }
    }`
    const outputs = await made(text, '{"v":1}')
    expect(outputs.ok && Buffer.from(outputs.value[0]?.payload ?? []).toString()).toBe(
      '["{\\"v\\":1}",1,7,1,"Plant",1]',
    )
  })

  it('keeps its state and its variables from call to call, and writes lines', async () => {
    const text = `let calls = 0
    const onMessage = async (message, state) => {
      state.sum = (state.sum ?? 0) + message.n
      console.log('call', ++calls, { sum: state.sum })
      return { topic: 'sum', payload: String(state.sum) }
    }`
    const thread = await openScriptThread(text)
    await thread.call(inputOf(''))
    const second = await thread.call({ ...inputOf(''), n: 5 })
    thread.close()
    expect(second.lines).toEqual(['call 2 {"sum":6}'])
    expect(outputsOf(second.made)).toMatchObject({ value: [{ payload: new TextEncoder().encode('6') }] })
  })

  it('has Base64 and UTF-8', async () => {
    const text = `function onMessage() {
      const bytes = new TextEncoder().encode('Grüße')
      return [{ topic: 'a', payload: btoa(String.fromCharCode(...bytes)) }, { topic: 'b', payload: new TextDecoder().decode(bytes) },
        { topic: 'c', payload: atob('AP8=') === '\\u0000\\u00ff' }]
    }`
    const outputs = await made(text)
    expect(outputs.ok && outputs.value.map(({ payload }) => Buffer.from(payload).toString())).toEqual([
      'R3LDvMOfZQ==',
      'Grüße',
      'true',
    ])
  })

  it('keeps little of what calls needed: thousands do not fill its memory', async () => {
    const thread = await openScriptThread("function onMessage(m) { return { topic: 'a', payload: m.bytes } }")
    const input = inputOf('x'.repeat(100_000))
    const errors: unknown[] = []
    // Twice its memory, in all.
    for (let call = 0; call < 1_300; call++) errors.push((await thread.call(input)).error)
    thread.close()
    expect(errors.filter((error) => error)).toEqual([])
  })
})
