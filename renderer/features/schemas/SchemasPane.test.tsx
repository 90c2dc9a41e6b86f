import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { PayloadRule } from '#shared/model/payloadRule'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { fail, ok } from '#shared/result'
import { frameOfMessages } from '../../model/messageLog/messageLogTesting'
import type { TopicNode } from '../../model/topicIndex/topicIndexNode'
import { noticesState } from '../../state/notices'
import { payloadRulesState } from '../../state/payloadRules'
import { openTestWindow } from '../../testing/testWindow'
import { RuleDialog } from './RuleDialog'
import { SchemasPane } from './SchemasPane'

const ruleOf = (id: string, filter: string, connectionId: string | null = 'c'): PayloadRule => ({
  id,
  connectionId,
  filter,
  schema: { kind: 'jsonSchema', path: `/schemas/${id}.json` },
})

const schemaText: Readonly<Record<string, string>> = {
  '/schemas/sound.json': '{"type": "object"}',
  '/schemas/faulty.json': '{\n  "type": "strng",\n  "$ref": "https://example.com/other.json"\n}',
  '/schemas/none.json': '{"type" "object"}',
}

const open = (rules: readonly PayloadRule[]) => {
  const window = openTestWindow({
    snapshot: { payloadRules: rules },
    answers: {
      'schemaFile.read': ({ path }) => {
        const text = schemaText[path]
        return text === undefined
          ? fail('fileMissing', 'Gone.', { values: { name: 'gone.json' } })
          : ok({ kind: 'file', bytes: encodeUtf8(text) })
      },
      'schemaFile.choose': () => ok({ path: '/schemas/sound.json', name: 'sound.json' }),
    },
  })
  window.render(
    <>
      <SchemasPane />
      <RuleDialog />
    </>,
  )
  return window
}

const row = (filter: string) => screen.getByRole('listitem', { name: filter })
const orderOf = (window: ReturnType<typeof open>) => window.app.get(payloadRulesState).rules.map(({ id }) => id)

afterEach(cleanup)

describe('the rules', () => {
  it('of the connection stand before those of all, and none of another one', () => {
    open([ruleOf('all', '#', null), ruleOf('other', 'b', 'another'), ruleOf('own', 'a')])
    expect(screen.getAllByRole('listitem').map((one) => one.dataset['rule'])).toEqual(['own', 'all'])
  })

  it('say of a tried topic which one takes it, and why the others do not', async () => {
    open([ruleOf('first', 'plant/+'), ruleOf('second', 'plant/1/t'), ruleOf('third', 'plant/#', null)])
    await userEvent.type(screen.getByRole('textbox', { name: 'Try a topic or a message' }), 'plant/1/t')
    expect(screen.getByRole('status').textContent).toBe('Rule 2 takes it.')
    expect(within(row('plant/+')).getByText(/the filter ends before level 3/)).toBeDefined()
    expect(within(row('plant/1/t')).getByText('Takes this topic.')).toBeDefined()
    expect(within(row('plant/#')).getByText('Matches, but rule 2 comes first.')).toBeDefined()
  })

  it('say what is wrong with a schema, with its line and the reason', async () => {
    open([ruleOf('faulty', 'a'), ruleOf('none', 'b'), ruleOf('gone', 'c')])
    expect(await within(row('a')).findByText(/there is no type “strng”/)).toBeDefined()
    const lines = within(row('a')).getAllByText(/Line/)
    expect(lines.map(({ textContent }) => textContent)).toEqual(['Line 2, column 11:', 'Line 3, column 11:'])
    expect(within(row('a')).getByText(/in another document, which is never fetched/)).toBeDefined()
    expect(await within(row('b')).findByText(/a colon is expected/)).toBeDefined()
    expect(await within(row('c')).findByText(/gone.json is not there any more/)).toBeDefined()
  })

  it('are moved by buttons and by dragging, also to all connections', async () => {
    const window = open([ruleOf('a', 'a'), ruleOf('b', 'b'), ruleOf('all', '#', null)])
    await userEvent.click(within(row('b')).getByRole('button', { name: 'Move up' }))
    expect(orderOf(window)).toEqual(['b', 'a', 'all'])
    expect(within(row('b')).getByRole<HTMLButtonElement>('button', { name: 'Move up' }).disabled).toBe(true)
    const dataTransfer = { setData: () => undefined, effectAllowed: 'none' }
    fireEvent.dragStart(row('b'), { dataTransfer })
    fireEvent.dragOver(row('#'))
    fireEvent.drop(row('#'))
    expect(orderOf(window)).toEqual(['a', 'b', 'all'])
    expect(
      window.main
        .inputsOf('payloadRules.save')
        .at(-1)
        ?.map(({ connectionId }) => connectionId),
    ).toEqual(['c', null, null])
  })

  it('are written with a file of the system’s dialog, and come back after they were deleted', async () => {
    const window = open([])
    await userEvent.click(screen.getByRole('button', { name: 'Add rule' }))
    await userEvent.type(await screen.findByRole('textbox', { name: 'Topic filter' }), 'plant/+/t')
    await userEvent.click(screen.getByRole('button', { name: 'Save' }))
    expect(screen.getByRole('alert').textContent).toBe('Choose the file of the schema.')
    await userEvent.click(screen.getByRole('button', { name: 'Choose file…' }))
    await screen.findByText('/schemas/sound.json')
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'For' }), 'All connections')
    await userEvent.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(row('plant/+/t')).toBeDefined())
    expect(window.main.inputsOf('payloadRules.save').at(-1)).toMatchObject([
      { connectionId: null, filter: 'plant/+/t', schema: { kind: 'jsonSchema', path: '/schemas/sound.json' } },
    ])
    await userEvent.click(within(row('plant/+/t')).getByRole('button', { name: 'Delete rule' }))
    expect(screen.queryAllByRole('listitem')).toEqual([])
  })

  it('say how payloads are decoded, with a schema or without one', async () => {
    const window = open([])
    await userEvent.click(screen.getByRole('button', { name: 'Add rule' }))
    await userEvent.type(await screen.findByRole('textbox', { name: 'Topic filter' }), 'plant/+/t')
    const decoder = screen.getByRole('combobox', { name: 'Decode as' })
    await userEvent.type(decoder, 'gzip+yaml')
    expect(screen.getByText('Not a decoder: yaml')).toBeDefined()
    await userEvent.click(screen.getByRole('button', { name: 'Save' }))
    expect(window.main.inputsOf('payloadRules.save')).toEqual([])
    await userEvent.clear(decoder)
    await userEvent.type(decoder, 'gzip+json')
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Charset' }), 'utf-16')
    await userEvent.click(screen.getByRole('button', { name: 'Save' }))
    const [saved] = window.main.inputsOf('payloadRules.save').at(-1) ?? []
    expect(saved).toMatchObject({ filter: 'plant/+/t', decoder: 'gzip+json', charset: 'utf-16' })
    expect(saved?.schema).toBeUndefined()
    expect(row('plant/+/t').textContent).toContain('gzip+json')
  })

  it('have fields for what a decoder takes, which say the same as its name', async () => {
    const window = open([])
    const user = userEvent.setup()
    await user.click(screen.getByRole('button', { name: 'Add rule' }))
    await user.type(await screen.findByRole('textbox', { name: 'Topic filter' }), 'plant/+/t')
    const name = screen.getByRole<HTMLInputElement>('combobox', { name: 'Decode as' })
    const kind = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Decoder' })
    await user.selectOptions(kind, 'number')
    await user.selectOptions(screen.getByRole('combobox', { name: 'Number type' }), 'i32')
    await user.selectOptions(screen.getByRole('combobox', { name: 'Byte order' }), 'le')
    expect(name.value).toBe('i32le')
    await user.click(screen.getByRole('button', { name: 'Add a format in front' }))
    await user.click(await screen.findByRole('menuitem', { name: 'gzip' }))
    await user.click(screen.getByRole('button', { name: 'Add a format in front' }))
    await user.click(await screen.findByRole('menuitem', { name: 'base64' }))
    await user.click(screen.getByRole('button', { name: 'Move base64 forward' }))
    expect(name.value).toBe('base64+gzip+i32le')
    await user.clear(name)
    await user.type(name, 'hex+struct:<u16 a')
    expect(kind.value).toBe('struct')
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Fields' }).value).toBe('<u16 a')
    await user.click(screen.getByRole('button', { name: 'Remove hex' }))
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect(window.main.inputsOf('payloadRules.save').at(-1)).toMatchObject([{ decoder: 'struct:<u16 a' }])
  })

  it('of Avro say what stands before the data', async () => {
    const window = open([{ ...ruleOf('a', 'a'), schema: { kind: 'avro', path: '/schemas/gone.json' } }])
    await userEvent.click(within(row('a')).getByRole('button', { name: 'Edit rule' }))
    await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'Before the data' }), 'confluent')
    const id = screen.getByRole('textbox', { name: 'Schema id' })
    await userEvent.clear(id)
    expect(id.getAttribute('aria-invalid')).toBe('true')
    await userEvent.click(screen.getByRole('button', { name: 'Save' }))
    expect(window.main.inputsOf('payloadRules.save')).toEqual([])
    await userEvent.type(id, '7')
    await userEvent.click(screen.getByRole('button', { name: 'Save' }))
    expect(window.main.inputsOf('payloadRules.save').at(-1)).toMatchObject([
      { schema: { kind: 'avro', framing: 'confluent', schemaId: 7 } },
    ])
  })

  it('come back beside those that were written since', async () => {
    const window = open([ruleOf('a', 'a'), ruleOf('b', 'b')])
    await userEvent.click(within(row('a')).getByRole('button', { name: 'Delete rule' }))
    const [notice] = window.app.get(noticesState).all
    act(() => window.app.get(payloadRulesState).put(ruleOf('c', 'c')))
    act(() => notice?.action?.run())
    expect(orderOf(window)).toEqual(['a', 'b', 'c'])
  })

  it('read a schema again when its file is another one', async () => {
    const window = open([ruleOf('gone', 'c')])
    await within(row('c')).findByText(/is not there any more/)
    window.main.answer({ 'schemaFile.read': () => ok({ kind: 'file', bytes: encodeUtf8('{}') }) })
    window.app.get(payloadRulesState).receiveChanged('/schemas/gone.json')
    await waitFor(() => expect(within(row('c')).queryByText(/is not there any more/)).toBeNull())
  })
})

const cborRule: PayloadRule = { id: 'cbor', connectionId: 'c', filter: 'plant/#', decoder: 'cbor' }

describe('a message that is tried', () => {
  const decoded = () => screen.findByRole('group', { name: 'Decoded payload' })

  it('is the last one of the topic, decoded as the rules say', async () => {
    const window = open([cborRule])
    const payload = Uint8Array.from([0xa1, 0x61, 0x74, 0x18, 0x2a])
    act(() =>
      window.receive([frameOfMessages(1, [{ topicId: 0, payload }], { firstTopicId: 0, newTopics: ['plant/1'] })]),
    )
    await userEvent.type(screen.getByRole('textbox', { name: 'Try a topic or a message' }), 'plant/1')
    expect((await decoded()).textContent).toBe('{\n  "t": 42\n}')
    expect(screen.getByText('Decoded as cbor by the rule plant/#')).toBeDefined()
  })

  it('is what was pasted, and says where it cannot be read', async () => {
    open([cborRule])
    await userEvent.type(screen.getByRole('textbox', { name: 'Try a topic or a message' }), 'plant/1')
    expect(screen.getByText(/The log has no message of this topic/)).toBeDefined()
    await userEvent.click(screen.getByRole('button', { name: 'Hex' }))
    const pasted = screen.getByRole('textbox', { name: 'Pasted payload' })
    await userEvent.type(pasted, '82 01')
    expect(await screen.findByText(/Not decoded: byte 2 of cbor/)).toBeDefined()
    await userEvent.type(pasted, ' 02')
    await waitFor(async () => expect((await decoded()).textContent).toBe('[\n  1,\n  2\n]'))
    await userEvent.type(pasted, ' g')
    expect(screen.getByRole('alert').textContent).toBe('This is no Hex.')
  })

  it('is text where nothing says otherwise', async () => {
    open([])
    await userEvent.type(screen.getByRole('textbox', { name: 'Try a topic or a message' }), 'other')
    await userEvent.click(screen.getByRole('button', { name: 'Text' }))
    await userEvent.type(screen.getByRole('textbox', { name: 'Pasted payload' }), '21.5 C')
    expect((await decoded()).textContent).toBe('21.5 C')
    expect(screen.getByText(/No rule says how it is decoded/)).toBeDefined()
  })

  it('is decoded by one rule and checked by another', async () => {
    open([ruleOf('schema', 'plant/1'), cborRule])
    await userEvent.type(screen.getByRole('textbox', { name: 'Try a topic or a message' }), 'plant/1')
    expect(screen.getByRole('status').textContent).toBe('Rule 2 decodes it, rule 1 has its schema.')
    expect(screen.getAllByText('Takes this topic.')).toHaveLength(2)
  })
})

describe('a file of rules', () => {
  it('is imported with an account of what is not taken, and taken back', async () => {
    const window = open([cborRule])
    const fresh: PayloadRule = { id: 'n', connectionId: null, filter: 'new/#', decoder: 'json' }
    window.main.answer({
      'payloadRules.import': () =>
        ok({
          name: 'rules.json',
          rules: [{ decoder: 'cbor', filter: 'plant/#', connectionId: 'c', id: 'same' }, fresh],
          refused: [
            { filter: 'a/#/b', problem: 'badFilter', isTaken: false, path: '' },
            { filter: 'p', problem: 'schemaMissing', isTaken: true, path: 'proto/p.proto' },
          ],
        }),
    })
    await userEvent.click(screen.getByRole('button', { name: 'Import and export' }))
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Import rules…' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Rules of rules.json' }))
    expect(dialog.getByText('1 rule is there already.')).toBeDefined()
    expect(dialog.getAllByRole('listitem').map(({ textContent }) => textContent.trim())).toEqual([
      'new/# json · All connections',
      'a/#/b This is no topic filter.',
      'p Its schema proto/p.proto is not there. The rule is taken without it.',
    ])
    await userEvent.click(dialog.getByRole('button', { name: 'Add 1 rule' }))
    expect(orderOf(window)).toEqual(['cbor', 'n'])
    const [notice] = window.app.get(noticesState).all
    act(() => notice?.action?.run())
    expect(orderOf(window)).toEqual(['cbor'])
  })

  it('is exported, and says which schemas lie elsewhere', async () => {
    const window = open([cborRule])
    window.main.answer({
      'payloadRules.export': () => ok({ name: 'r.json', count: 1, outside: [{ filter: 'a', path: '/x' }] }),
    })
    await userEvent.click(screen.getByRole('button', { name: 'Import and export' }))
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Export rules…' }))
    await waitFor(() => expect(window.app.get(noticesState).all).toHaveLength(1))
    expect(window.main.inputsOf('payloadRules.export')).toEqual([{ connectionId: 'c' }])
    expect(window.app.get(noticesState).all[0]?.content).toMatchObject({
      text: { key: 'schemas.files.exportedOutside', values: { count: 1, outside: 1 } },
    })
  })
})

describe('presets', () => {
  it('add the rules of a scheme to the connection, once, and take them back', async () => {
    const window = open([ruleOf('own', 'spBv1.0/own')])
    await userEvent.click(screen.getByRole('button', { name: 'Presets' }))
    const others = within(await screen.findByRole('list', { name: 'Others' }))
    expect(screen.queryByRole('list', { name: 'Recognised on this connection' })).toBeNull()
    await userEvent.click(others.getByRole('button', { name: 'Add Sparkplug B' }))
    const rules = () => window.app.get(payloadRulesState).rules.map(({ filter, decoder }) => [filter, decoder])
    const added = [
      ['spBv1.0/STATE/+', 'json'],
      ['spBv1.0/#', 'sparkplug'],
    ]
    expect(rules()).toEqual([['spBv1.0/own', undefined], ...added])
    expect(others.getByRole<HTMLButtonElement>('button', { name: 'Add Sparkplug B' }).disabled).toBe(true)
    const [notice] = window.app.get(noticesState).all
    act(() => notice?.action?.run())
    expect(rules()).toEqual([['spBv1.0/own', undefined]])
  })

  it('of schemes whose topics were seen stand first, with the beginning that was seen', async () => {
    const { connection, render } = openTestWindow({ snapshot: { payloadRules: [] } })
    vi.spyOn(connection.model.tree, 'topics').mockReturnValue([{ topic: 'home/z2m/bridge/devices' } as TopicNode])
    render(<SchemasPane />)
    await userEvent.click(screen.getByRole('button', { name: 'Presets' }))
    const recognised = within(await screen.findByRole('list', { name: 'Recognised on this connection' }))
    expect(recognised.getByRole('listitem', { name: 'zigbee2mqtt' }).textContent).toContain('home/z2m/# as json')
  })
})
