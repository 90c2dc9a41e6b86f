import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import { defaultSettings } from '#shared/model/settings'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { ok } from '#shared/result'
import { InspectorPane } from '../features/inspector/InspectorPane'
import { LogPane } from '../features/log/LogPane'
import { SchemasPane } from '../features/schemas/SchemasPane'
import { TopicTreePane } from '../features/topicTree/TopicTreePane'
import { frameOfMessages } from '../model/messageLog/messageLogTesting'
import { logViewState } from '../state/logView'
import { startSearchRules } from '../state/searchRules'
import { selectionState } from '../state/selection'
import { openTestWindow } from '../testing/testWindow'
import { stubLayout } from '../ui/layoutTesting'

stubLayout({ clientHeight: 600, clientWidth: 900, offsetHeight: 20 })
afterEach(cleanup)

const schema = JSON.stringify({
  type: 'object',
  required: ['unit'],
  properties: { t: { type: 'number', maximum: 40 }, list: { items: { type: 'integer' } } },
})
const names = { firstTopicId: 0, newTopics: ['hall/a', 'hall/b'], firstMatchSetId: 0, newMatchSets: [[]] }
const hex = (digits: string) => Uint8Array.from(Buffer.from(digits, 'hex'))

/** A rule that decodes CBOR, and one behind it that binds a schema. */
const open = async (payloads: readonly { readonly topicId: number; readonly payload: Uint8Array | string }[]) => {
  const window = openTestWindow({
    snapshot: {
      payloadRules: [
        { id: 'decodes', connectionId: null, filter: 'hall/a', decoder: 'cbor' },
        { id: 'binds', connectionId: 'c', filter: 'hall/#', schema: { kind: 'jsonSchema', path: '/plant/hall.json' } },
      ],
      settings: { ...defaultSettings, treeColumns: ['value', 'schema'] },
    },
    answers: { 'schemaFile.read': () => ok({ kind: 'file', bytes: encodeUtf8(schema) }) },
  })
  startSearchRules(window.app)
  act(() => window.receive([frameOfMessages(1, payloads, names)]))
  // The schema is read.
  await waitFor(() => expect(window.connection.model.search.checks.total().checked).toBeGreaterThan(0))
  return window
}

// {"t": 50, "list": [1, h'07']}
const wrong = hex('a261741832646c697374820141' + '07')
// {"t": 20, "unit": "C"}
const right = hex('a26174146475' + '6e69746143')

it('marks the values of a decoded payload that do not conform, with path and reason', async () => {
  const { connection, render } = await open([{ topicId: 0, payload: wrong }])
  connection.get(selectionState).selectTopic('hall/a')
  render(<InspectorPane />)
  expect(await screen.findByText(/3 places do not conform to hall\.json/)).toBeDefined()
  const places = within(screen.getByRole('list', { name: 'Places that do not conform to the schema' }))
  expect(places.getAllByRole('button').map(({ textContent }) => textContent.split(' ')[0])).toEqual([
    '$',
    '$.t',
    '$.list[1]',
  ])
  await userEvent.click(places.getByRole('button', { name: /^\$\.list\[1\]/ }))
  const tree = await screen.findByRole('tree', { name: 'Values of the payload' })
  await waitFor(() =>
    expect(within(tree).getByRole('treeitem', { selected: true }).getAttribute('aria-label')).toContain("h'07'"),
  )
  const said = (name: RegExp) =>
    within(tree).getByRole('treeitem', { name }).getAttribute('aria-description')?.split('; ').at(-1)
  expect(said(/^\[1\]/)).toMatch(/^\$\.list\[1\]/)
  expect(said(/^list/)).toBe('A value inside does not conform to the schema')
  expect(said(/^t:/)).toMatch(/^\$\.t is above/)
  expect(said(/^\[0\]/)).not.toContain('schema')
  expect(screen.getByRole('region', { name: 'Chosen value' }).textContent).toContain('$.list[1]')
})

it('says so of a payload that conforms, that is no JSON, or that cannot be decoded', async () => {
  const { connection, render, receive } = await open([{ topicId: 0, payload: right }])
  connection.get(selectionState).selectTopic('hall/a')
  render(<InspectorPane />)
  expect(await screen.findByText('Conforms to hall.json')).toBeDefined()
  act(() => receive([frameOfMessages(2, [{ topicId: 0, payload: wrong.slice(0, 4) }])]))
  expect(await screen.findByText(/Does not conform to hall\.json: it cannot be decoded/)).toBeDefined()
  act(() => receive([frameOfMessages(3, [{ topicId: 1, payload: 'on' }])]))
  act(() => connection.get(selectionState).selectTopic('hall/b'))
  expect(await screen.findByText(/Does not conform to hall\.json: it is no JSON/)).toBeDefined()
})

it('counts them by topic in the tree, marks their rows in the log, and finds them', async () => {
  const window = await open([
    { topicId: 0, payload: wrong },
    { topicId: 0, payload: right },
    { topicId: 1, payload: 'on' },
  ])
  window.render(
    <>
      <TopicTreePane />
      <LogPane />
      <SchemasPane />
    </>,
  )
  const branch = await screen.findByRole('treeitem', { name: /^hall/ })
  expect(branch.getAttribute('aria-description')).toContain('2 messages do not conform to the JSON Schema')
  const topic = screen.getByRole('treeitem', { name: /^a/ })
  expect(within(topic).getByText('1 / 2').title).toBe('1 of 2 checked messages do not conform to their JSON Schema.')
  expect(screen.getAllByText('Does not conform to the JSON Schema of its topic')).toHaveLength(2)
  expect(screen.getByText(/^2 of 3 checked messages do not conform/)).toBeDefined()
  await userEvent.click(screen.getByRole('button', { name: 'Show in the log' }))
  expect(window.connection.get(logViewState).query).toBe('schema:invalid')
  await waitFor(() => expect(document.querySelectorAll('[data-seq]')).toHaveLength(2))
})
