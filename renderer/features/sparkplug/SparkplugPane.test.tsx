import { cleanup, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { decodeSparkplug } from '#shared/encoding/sparkplug/decodedSparkplug'
import { asksForRebirth } from '#shared/sparkplug/metricRows'
import { bdSeqMetric, sparkplugBytes } from '#shared/sparkplug/sparkplugTesting'
import { frameOfMessages } from '../../model/messageLog/messageLogTesting'
import { onlineSession, openTestWindow } from '../../testing/testWindow'
import { stubLayout } from '../../ui/layoutTesting'
import { SparkplugPane } from './SparkplugPane'

afterEach(cleanup)

const temperature = { name: 'Temperature', alias: 1, dataType: 'Float', value: 23.5 }
const birth = sparkplugBytes({ metrics: [bdSeqMetric(0), temperature], seq: 0 })
const data = (seq: number, alias = 1) => sparkplugBytes({ metrics: [{ alias, dataType: 'Float', value: 4.5 }], seq })
const topics = ['plant/a', 'spBv1.0/Plant/NBIRTH/Edge', 'spBv1.0/Plant/NDATA/Edge']

const show = (production = false) => {
  stubLayout({ clientHeight: 480, clientWidth: 800 })
  const opened = openTestWindow({
    session: onlineSession(),
    profile: { production },
  })
  opened.render(<SparkplugPane />)
  return { ...opened, user: userEvent.setup() }
}

const frame = (first: number, messages: readonly { readonly topicId: number; readonly payload: Uint8Array }[]) =>
  frameOfMessages(first, messages, { firstTopicId: 0, newTopics: first === 1 ? topics : [] })

describe('the Sparkplug view', () => {
  it('says what it waits for, also where other messages come', () => {
    show().receive([frame(1, [{ topicId: 0, payload: data(1) }])])
    expect(screen.getByText('No Sparkplug messages yet')).toBeTruthy()
  })

  it('keeps what was heard when the log is cleared', () => {
    const { connection } = show()
    connection.model.apply(
      frame(1, [
        { topicId: 1, payload: birth },
        { topicId: 2, payload: data(3) },
      ]),
    )
    connection.model.clear()
    expect(connection.model.sparkplug.network.nodeOf('Plant', 'Edge')?.status).toBe('online')
    expect(connection.model.sparkplug.network.problems()).toMatchObject([{ kind: 'gap', detail: '1–2', sequence: 2 }])
  })

  it('goes from one edge node or device to the next with the arrow keys', async () => {
    const { receive, user } = show()
    const newTopics = ['spBv1.0/Plant/NBIRTH/Edge', 'spBv1.0/Plant/DBIRTH/Edge/Pump', 'spBv1.0/Hall/NBIRTH/Other']
    const payloads = [birth, data(1), birth]
    const messages = payloads.map((payload, topicId) => ({ topicId, payload }))
    receive([frameOfMessages(1, messages, { firstTopicId: 0, newTopics })])
    const tree = await screen.findByRole('list', { name: 'Edge nodes and devices' })
    const current = () => within(tree).getByRole('button', { current: true })
    await user.click(current())
    await user.keyboard('{ArrowDown}')
    expect(current().textContent).toContain('Pump')
    expect(document.activeElement).toBe(current())
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(current().textContent).toContain('Other')
    await user.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}')
    expect(current().textContent).toContain('Edge')
  })

  it('asks for a rebirth with one click', async () => {
    const { receive, main, user, connection } = show()
    receive([
      frame(1, [
        { topicId: 0, payload: data(1) },
        { topicId: 2, payload: data(5) },
      ]),
    ])
    const header = await screen.findByRole('heading', { name: 'Edge' })
    expect(header).toBeTruthy()
    expect(connection.model.sparkplug.network.nodeOf('Plant', 'Edge')?.status).toBe('stale')
    await user.click(await screen.findByRole('button', { name: 'Ask for rebirth' }))
    const [sent] = main.inputsOf('message.publish')
    expect(sent).toMatchObject({ topic: 'spBv1.0/Plant/NCMD/Edge', qos: 0, retain: false })
    const decoded = sent && decodeSparkplug(sent.payload)
    expect(decoded?.ok && decoded.nodes.some(asksForRebirth)).toBe(true)
  })

  it('asks a person first where others depend on the connection', async () => {
    const { receive, main, user } = show(true)
    receive([frame(1, [{ topicId: 2, payload: data(5) }])])
    await user.click(await screen.findByRole('button', { name: 'Ask for rebirth' }))
    expect(main.inputsOf('message.publish')).toHaveLength(0)
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Ask for rebirth' }))
    expect(main.inputsOf('message.publish')).toHaveLength(1)
  })
})
