import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodingProblemCodes } from '#shared/encoding/encodingFault'
import { composedPublish, messageProblems } from '#shared/model/composing'
import { languages } from '#shared/model/settings'
import { templateProblemCodes } from '#shared/model/template'
import type { ComposedMessage } from '#shared/model/publish'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { fail } from '#shared/result'
import { anyCharacter } from '#shared/text/anyTextTesting'
import { sentenceOf } from '../../../test/support/sentence'
import { compileMessage } from './messageTemplate'
import { noEnvironment } from './templateEnvironment'
import type { TemplateValues } from './templateValues'

const composed = (changes: Partial<ComposedMessage>): ComposedMessage => ({
  topic: 'a',
  payload: '',
  format: 'text',
  qos: 1,
  retain: true,
  contentType: '',
  responseTopic: '',
  correlationData: '',
  messageExpiry: '',
  userProperties: [],
  isTemplate: true,
  ...changes,
})

const values: TemplateValues = {
  now: 0,
  startedAt: 0,
  message: 3,
  device: 2,
  row: {},
  environment: noEnvironment,
  latest: () => undefined,
  random: () => 0,
}

const render = async (message: ComposedMessage) => {
  const compiled = await compileMessage(message)
  return compiled.ok ? compiled.value.render(values, new Map()) : compiled
}

describe('a message from a template', () => {
  it('has every text filled in, and the rest as it was', async () => {
    const rendered = await render(
      composed({
        topic: 'dev/{{ n }}/state',
        payload: '{"i": {{ i }}}',
        contentType: 'text/{{ i }}',
        responseTopic: 'answers/{{ n }}',
        correlationData: '0x0{{ i }}',
        messageExpiry: '{{ i | times: 10 }}',
        userProperties: [['k{{ i }}', 'v{{ n }}']],
      }),
    )
    if (!rendered.ok) throw new Error(rendered.error.message)
    const { payload, properties, ...rest } = rendered.value
    expect(rest).toEqual({ topic: 'dev/2/state', qos: 1, retain: true })
    expect(decodeUtf8(payload)).toBe('{"i": 3}')
    expect(properties).toEqual({
      contentType: 'text/3',
      responseTopic: 'answers/2',
      correlationData: new Uint8Array([3]),
      messageExpirySeconds: 30,
      userProperties: [['k3', 'v2']],
    })
  })

  it('without places is what the composer sends', async () => {
    const text = fc.string({ unit: anyCharacter, maxLength: 20 }).filter((some) => !/\{[{%]/.test(some))
    await fc.assert(
      fc.asyncProperty(
        fc.record({ topic: text, payload: text, contentType: text, userProperties: fc.array(fc.tuple(text, text)) }),
        async (changes) => {
          const message = composed(changes)
          const rendered = await render(message)
          if (Object.keys(messageProblems(message)).length > 0) expect(rendered.ok).toBe(false)
          else expect(rendered).toEqual({ ok: true, value: composedPublish(message) })
        },
      ),
    )
  })

  it.each([
    [composed({ topic: 'a/{{ "+" }}' }), 'topic', 'a/+'],
    [composed({ topic: '{{ "" }}' }), 'topic', ''],
    [composed({ payload: '{{ "xy" }}', format: 'hex' }), 'payload', 'xy'],
    [composed({ payload: '{{ i }}', format: 'hex' }), 'payload', '3'],
    [composed({ messageExpiry: '{{ -1 }}' }), 'messageExpiry', '-1'],
    [composed({ responseTopic: '#{{ i }}' }), 'responseTopic', '#3'],
    [composed({ correlationData: '0x{{ i }}' }), 'correlationData', '0x3'],
  ])('that cannot be sent says what was made of which text', async (message, part, made) => {
    const rendered = await render(message)
    if (rendered.ok) throw new Error('It was sent.')
    expect(rendered.error).toMatchObject({ code: 'templateUnsendable', values: { part, made } })
    for (const language of languages) expect(sentenceOf(rendered.error, language)).toContain(made)
  })

  it.each([
    ['cbor', [0xa1, 0x61, 0x69, 0x03]],
    ['messagePack', [0x81, 0xa1, 0x69, 0x03]],
  ] as const)('is encoded to %s after it is filled in', async (format, bytes) => {
    const rendered = await render(composed({ payload: '{"i": {{ i }}}', format }))
    expect(rendered).toMatchObject({ ok: true, value: { payload: Uint8Array.from(bytes) } })
  })

  it('that makes what cannot be encoded says where, and why in words', async () => {
    const rendered = await render(composed({ payload: '{\n"i": {{ i }}}}', format: 'cbor' }))
    expect(rendered).toMatchObject({ error: { values: { problem: 'json', line: 2, column: 8 } } })
    for (const detail of encodingProblemCodes)
      for (const language of languages) {
        const values = { part: 'payload', problem: 'encoding', made: '', line: 12, column: 34, detail }
        const sentence = sentenceOf(fail('templateUnsendable', '', { values }).error, language)
        expect(sentence).toContain('12')
        expect(sentence).not.toContain(detail)
      }
  })

  it('has words for every problem of a template', () => {
    for (const problem of templateProblemCodes)
      for (const language of languages) {
        const { error } = fail('templateFailed', '', {
          values: { part: 'userProperties', problem, line: 12, column: 34, detail: 'blame' },
        })
        const sentence = sentenceOf(error, language)
        expect(sentence).toContain('12')
        expect(sentence).not.toContain(problem)
      }
  })
})
