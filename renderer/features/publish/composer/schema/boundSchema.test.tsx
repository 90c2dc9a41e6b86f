import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { BoundSchema, PayloadRule } from '#shared/model/payloadRule'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { ok } from '#shared/result'
import { composeMessage } from '../../../../state/composerRequest'
import { payloadRulesState } from '../../../../state/payloadRules'
import { onlineSession, openTestWindow } from '../../../../testing/testWindow'
import { stubLayout } from '../../../../ui/layoutTesting'
import { emptyMessage } from '#shared/model/publish'
import { PublishPane } from '../../PublishPane'
import { draftIn, publishState } from '../../publishState'

// jsdom has no layout; CodeMirror asks for it when it measures.
beforeAll(() => stubLayout({}))
afterEach(cleanup)

const jsonSchema = JSON.stringify({
  type: 'object',
  required: ['celsius'],
  properties: { celsius: { type: 'number', maximum: 100, default: 21 }, unit: { enum: ['C', 'F'] } },
})
const avroSchema = '{"type": "record", "name": "R", "fields": [{"name": "n", "type": "long"}]}'

const ruleOf = (schema: BoundSchema): PayloadRule => ({
  id: schema.kind,
  connectionId: null,
  filter: 'plant/#',
  schema,
})

/** The composer on a topic that a rule binds a schema to. */
const show = async (schema: BoundSchema, text: string) => {
  const opened = openTestWindow({
    session: onlineSession(),
    snapshot: { payloadRules: [ruleOf(schema)] },
    answers: { 'schemaFile.read': () => ok({ kind: 'file', bytes: encodeUtf8(text) }) },
  })
  composeMessage(opened.connection, { ...emptyMessage, topic: 'plant/1', format: 'json' })
  opened.render(<PublishPane />)
  const form = screen.getByRole('form', { name: 'Publish' })
  await within(form).findByRole('button', { name: /^Schema reading/ })
  return {
    ...opened,
    form: within(form),
    state: () => form.querySelector<HTMLElement>('[data-schema-state]')?.dataset['schemaState'],
    marked: () => [...form.querySelectorAll('.cm-schemaMark')].map(({ textContent }) => textContent),
    format: () => within(form).getByRole<HTMLSelectElement>('combobox', { name: 'Format' }),
    type: (payload: string) => act(() => opened.connection.get(publishState).changeDraft({ payload })),
  }
}

describe('a JSON Schema that is bound to the topic', () => {
  const bound = () => show({ kind: 'jsonSchema', path: '/reading.json' }, jsonSchema)

  it('marks what does not conform, says where and why, and lets it be sent', async () => {
    const { type, marked, form, state, main } = await bound()
    type('{"celsius": 200, "unit": "K"}')
    await waitFor(() => expect(marked()).toEqual(['200', '"K"']))
    expect(state()).toBe('differs')
    expect(form.getByRole('button', { name: /\$\.celsius is above the maximum of 100\. It is sent/ })).toBeDefined()
    await userEvent.click(form.getByRole('button', { name: 'All 2' }))
    expect(await screen.findByRole('button', { name: /\$\.unit is none of "C", "F"/ })).toBeDefined()
    await userEvent.click(form.getByRole('button', { name: 'Publish' }))
    expect(main.inputsOf('message.publish')).toHaveLength(1)
  })

  it('is seen to conform, also when the schema changes', async () => {
    const { type, state, marked, main, app } = await bound()
    type('{"celsius": 21}')
    await waitFor(() => expect(state()).toBe('conforms'))
    main.answer({ 'schemaFile.read': () => ok({ kind: 'file', bytes: encodeUtf8('{"type": "array"}') }) })
    act(() => app.get(payloadRulesState).receiveChanged('/reading.json'))
    await waitFor(() => expect(marked()).toEqual(['{']))
  })

  it('fills the payload with a sample', async () => {
    const { form, connection, state } = await bound()
    await userEvent.click(await form.findByRole('button', { name: 'Fill from schema' }))
    expect(JSON.parse(draftIn(connection).message.payload)).toEqual({ celsius: 21, unit: 'C' })
    await waitFor(() => expect(state()).toBe('conforms'))
  })

  it('leaves a template to its preview', async () => {
    const { type, state, marked, form } = await bound()
    await form.findByRole('button', { name: 'Fill from schema' })
    await userEvent.click(form.getByRole('checkbox', { name: 'Template' }))
    type('{"celsius": {{ n }}}')
    await waitFor(() => expect(state()).toBe('preview'))
    expect(marked()).toEqual([])
  })
})

describe('an Avro schema that is bound to the topic', () => {
  const bound = () => show({ kind: 'avro', path: '/reading.avsc' }, avroSchema)

  it('makes its format one of the payload, with what does not fit said and not sent', async () => {
    const { type, form, format, main } = await bound()
    expect([...format().options].map(({ text }) => text)).toContain('Avro')
    expect([...format().options].map(({ text }) => text)).not.toContain('Protobuf')
    await userEvent.selectOptions(format(), 'Avro')
    type('{"n": true}')
    expect(await form.findByRole('button', { name: /^Line 1, column 7:/ })).toBeDefined()
    await userEvent.click(form.getByRole('button', { name: 'Publish' }))
    expect(main.inputsOf('message.publish')).toEqual([])
    type('{"n": 9007199254740993}')
    await userEvent.click(form.getByRole('button', { name: 'Publish' }))
    const [sent] = main.inputsOf('message.publish')
    expect(Buffer.from(sent?.payload ?? []).toString('hex')).toBe('8280808080808020')
  })

  it('is written with the framing of its rule', async () => {
    const { type, form, format, main } = await show(
      { kind: 'avro', path: '/reading.avsc', framing: 'confluent', schemaId: 258 },
      avroSchema,
    )
    await userEvent.selectOptions(format(), 'Avro')
    type('{"n": 1}')
    await userEvent.click(form.getByRole('button', { name: 'Publish' }))
    const [sent] = main.inputsOf('message.publish')
    expect(Buffer.from(sent?.payload ?? []).toString('hex')).toBe('000000010202')
  })

  it('is sent again and again as the bytes of now', async () => {
    const { type, format, form, main } = await bound()
    await userEvent.selectOptions(format(), 'Avro')
    type('{"n": 1}')
    await userEvent.click(form.getByRole('button', { name: 'Repeat' }))
    await waitFor(() => expect(main.inputsOf('sender.start')).toHaveLength(1))
    const [{ plan } = { plan: null }] = main.inputsOf('sender.start')
    expect(plan?.source).toMatchObject({ kind: 'message', message: { format: 'base64', payload: 'Ag==' } })
  })
})
