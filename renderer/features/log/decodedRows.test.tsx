import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { encodePublishProperties } from '#shared/mqtt/publishProperties'
import { defaultSettings } from '#shared/model/settings'
import { frameOfMessages } from '../../model/messageLog/messageLogTesting'
import { chartsState } from '../../state/charts'
import { payloadRulesState } from '../../state/payloadRules'
import { openTestWindow } from '../../testing/testWindow'
import { stubLayout } from '../../ui/layoutTesting'
import { LogPane } from './LogPane'

stubLayout({ clientHeight: 600, clientWidth: 900, offsetHeight: 24 })
afterEach(cleanup)

const cbor = Uint8Array.of(0xa1, 0x61, 0x74, 0x18, 0x2a)
const names = { firstTopicId: 0, newTopics: ['plant/t', 'other'], firstMatchSetId: 0, newMatchSets: [[]] }

it('shows payloads as rules decode them, why one is not, and all as they came once the rule is gone', async () => {
  const rule = { id: 'r', connectionId: null, filter: 'plant/#', decoder: 'cbor' }
  const window = openTestWindow({ snapshot: { payloadRules: [rule] } })
  const properties = encodePublishProperties({ contentType: 'application/cbor' })
  window.receive([
    frameOfMessages(
      1,
      [
        { topicId: 0, payload: cbor },
        { topicId: 0, payload: cbor.slice(0, 3) },
        { topicId: 1, payload: cbor },
        { topicId: 1, payload: cbor, properties },
      ],
      names,
    ),
  ])
  window.render(<LogPane />)
  const byRule = await screen.findByTitle('Decoded as cbor by the rule plant/#')
  expect(byRule.textContent).toBe('{"t":42}')
  const failed = screen.getByTitle(/^Decoded as cbor by the rule plant\/#\. Not decoded: byte 3 of cbor: the bytes end/)
  expect(failed.parentElement?.textContent).toContain('a1 61 74')
  expect(screen.getByTitle(/because of its content type/).textContent).toBe('{"t":42}')
  expect(screen.getAllByText('a1 61 74 18 2a')).toHaveLength(1)
  window.app.get(payloadRulesState).remove('r')
  await waitFor(() => expect(screen.queryByTitle(/by the rule/)).toBeNull())
  expect(screen.getAllByText('a1 61 74 18 2a')).toHaveLength(2)
})

it('has fields of decoded payloads in columns', async () => {
  const logColumns = [{ id: '$.t', show: 'shown' as const, width: null }]
  const payloadRules = [{ id: 'r', connectionId: null, filter: 'plant/#', decoder: 'cbor' }]
  const window = openTestWindow({ snapshot: { payloadRules, settings: { ...defaultSettings, logColumns } } })
  window.receive([frameOfMessages(1, [{ topicId: 0, payload: cbor }], names)])
  window.render(<LogPane />)
  const cell = await screen.findByText('42')
  // Its menu has what can be done with the field, before what can be done with the message.
  fireEvent.mouseDown(cell, { button: 2 })
  fireEvent.contextMenu(cell)
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Chart this' }))
  expect(window.connection.get(chartsState).charts).toMatchObject([{ series: [{ topic: 'plant/t', path: ['t'] }] }])
})
