import { act, cleanup, screen, within } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { encodePublishProperties } from '#shared/mqtt/publishProperties'
import { frameOfMessages, type GivenMessage } from '../../model/messageLog/messageLogTesting'
import { payloadRulesState } from '../../state/payloadRules'
import { openTestWindow } from '../../testing/testWindow'
import { stubLayout } from '../../ui/layoutTesting'
import { TopicTreePane } from './TopicTreePane'

stubLayout({ clientHeight: 600, clientWidth: 600 })
afterEach(cleanup)

const cborOf = (value: number) => Uint8Array.of(0xa1, 0x61, 0x74, 0x18, value)
const names = { firstTopicId: 0, newTopics: ['plant/t', 'other'], firstMatchSetId: 0, newMatchSets: [[]] }

const show = () => {
  const rule = { id: 'r', connectionId: null, filter: 'plant/#', decoder: 'cbor' }
  const window = openTestWindow({ snapshot: { payloadRules: [rule] } })
  let sequence = 1
  const receive = async (...messages: readonly GivenMessage[]) => {
    const known = sequence === 1 ? names : { firstTopicId: 2, firstMatchSetId: 1 }
    const frame = frameOfMessages(sequence, messages, known)
    sequence += messages.length
    await act(() => {
      window.receive([frame])
      return Promise.resolve()
    })
  }
  window.render(<TopicTreePane />)
  const row = (name: RegExp) => within(screen.getByRole('tree')).findByRole('treeitem', { name })
  return { ...window, receive, row }
}

it('shows the last value of a topic as a rule decodes it, and the next one when it comes', async () => {
  const { receive, row, app } = show()
  await receive({ topicId: 0, payload: cborOf(42) })
  const shown = await row(/^t: \{"t":42\}$/)
  expect(within(shown).getByTitle('Decoded as cbor by the rule plant/#').textContent).toBe('{"t":42}')
  await receive({ topicId: 0, payload: cborOf(43) }, { topicId: 0, payload: cborOf(44) })
  expect(await row(/^t: \{"t":44\}$/)).toBeDefined()
  await act(() => Promise.resolve(app.get(payloadRulesState).remove('r')))
  expect(await row(/^t: 0xa16174182c$/)).toBeDefined()
})

it('says why a value is not decoded, with its bytes', async () => {
  const { receive, row } = show()
  await receive({ topicId: 0, payload: cborOf(42).slice(0, 3) })
  const shown = await row(/^t: 0xa16174$/)
  expect(within(shown).getByTitle(/Not decoded: byte 3 of cbor: the bytes end/).textContent).toBe('!')
})

it('decodes by content type, for as long as the latest message has one', async () => {
  const { receive, row } = show()
  const properties = encodePublishProperties({ contentType: 'application/cbor' })
  await receive({ topicId: 1, payload: cborOf(42), properties })
  expect(await row(/^other: \{"t":42\}$/)).toBeDefined()
  await receive({ topicId: 1, payload: cborOf(43) })
  expect(await row(/^other: 0xa16174182b$/)).toBeDefined()
})
