import { decodeSparkplug } from '../../shared/encoding/sparkplug/decodedSparkplug'
import { asksForRebirth } from '../../shared/sparkplug/metricRows'
import { bdSeqMetric, sparkplugBytes } from '../../shared/sparkplug/sparkplugTesting'
import { accessibilityFindings } from '../support/accessibility'
import { expect, test } from '../support/application'
import { startMosquitto } from '../support/mosquitto'
import { publishWithMosquitto, subscribeWithMosquitto } from '../support/mosquittoClients'
import { openSavedConnection } from '../support/savedConnection'
import { viewsIn } from '../support/workspace'

const temperature = { name: 'Temperature', alias: 1, dataType: 'Float', value: 23.5 }
const running = { name: 'Running', alias: 2, dataType: 'Boolean', value: true }

test('an edge node lives, a lost birth is named, and one click asks for a rebirth', async ({ clearedApplication }) => {
  const broker = await startMosquitto()
  const port = broker.port()
  const commands = await subscribeWithMosquitto({ port, filters: ['spBv1.0/+/NCMD/#'] })
  const send = (kind: string, payload: unknown, device = '') =>
    publishWithMosquitto({
      port,
      topic: `spBv1.0/Plant/${kind}/Edge${device}`,
      payload: sparkplugBytes(payload),
      qos: 1,
    })
  const birth = (bdSeq: number) => send('NBIRTH', { seq: 0, metrics: [bdSeqMetric(bdSeq), temperature] })
  const data = (seq: number, value: number) => send('NDATA', { seq, metrics: [{ alias: 1, dataType: 'Float', value }] })
  try {
    const { page } = clearedApplication
    await openSavedConnection(page, { port, filter: 'spBv1.0/#', qos: 1 })
    await viewsIn(page).tab('Sparkplug').click()
    const view = page.getByRole('region', { name: 'Sparkplug' })
    await expect(view).toContainText('No Sparkplug messages yet')
    const tree = view.getByRole('list', { name: 'Edge nodes and devices' })
    const choice = (name: string) => tree.getByRole('button', { name })
    const metric = (name: string) => view.locator(`[data-metric="${name}"]`)

    // Its birth was before this connection: what an alias means is not known.
    await data(41, 20.5)
    await expect(choice('Edge')).toHaveAttribute('data-status', 'stale')
    await expect(view.locator('[data-problem="dataBeforeBirth"]')).toBeVisible()
    await view.getByRole('button', { name: 'Ask for rebirth' }).click()
    const [command] = await commands.waitForMessages(1)
    expect(command).toMatchObject({ topic: 'spBv1.0/Plant/NCMD/Edge', qos: 0, retain: false })
    const asked = decodeSparkplug(Uint8Array.from(command?.payload ?? []))
    expect(asked.ok && asked.nodes.some(asksForRebirth)).toBe(true)

    await birth(0)
    await expect(choice('Edge')).toHaveAttribute('data-status', 'online')
    await send('DBIRTH', { seq: 1, metrics: [running] }, '/Pump')
    await data(2, 21.25)
    await expect(metric('Temperature')).toContainText('21.25')
    await choice('Pump').click()
    await expect(metric('Running')).toContainText('true')
    await choice('Edge').click()
    await data(5, 22.75)
    await expect(view.locator('[data-problem="gap"]')).toContainText('3–4')
    await send('NDEATH', { metrics: [bdSeqMetric(0)] })
    await expect(choice('Edge')).toHaveAttribute('data-status', 'offline')
    await expect(choice('Pump')).toHaveAttribute('data-status', 'offline')
    expect(await accessibilityFindings(page)).toEqual([])
  } finally {
    await commands.stop()
    await broker.stop()
  }
})
