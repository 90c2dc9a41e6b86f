import { accessibilityFindings } from '../support/accessibility'
import { expect, test } from '../support/application'
import { startMosquitto } from '../support/mosquitto'
import { openSavedConnection } from '../support/savedConnection'

test('what the broker can do is found out by trying, and what it publishes of itself stands in tiles', async ({
  clearedApplication,
}) => {
  const broker = await startMosquitto({
    settings: ['sys_interval 1', 'message_size_limit 5000'],
    listenerSettings: { tcp: ['max_qos 1'] },
  })
  try {
    const { page } = clearedApplication
    const shot = (name: string) =>
      process.env['SCREENSHOTS'] === undefined
        ? Promise.resolve()
        : page.screenshot({ path: `${process.env['SCREENSHOTS']}/${name}.png` })
    const person = await openSavedConnection(page, { port: broker.port(), filter: 'plant/#', qos: 1 })
    await person.button('Connection details').click()
    await person.button('Capabilities of the broker').click()
    const view = page.locator('[data-view="broker"]')
    await expect(view.getByRole('table', { name: 'Broker says' })).toContainText('default of MQTT 5 (§3.2.2.3.13)')

    const trial = (name: string) => view.locator(`[data-trial="${name}"]`)
    await expect(trial('payloadLength')).toContainText('up to 23 messages of up to 2 MiB')
    await expect(trial('retain')).not.toHaveAttribute('data-finding', /./)
    for (const left of ['Longest client ID', 'Longest topic', 'Session kept', 'Characters of client IDs'])
      await view.getByRole('checkbox', { name: left }).uncheck()
    const prefix = view.getByLabel('Topics below', { exact: true })
    await expect(prefix).toHaveValue(/^topicscope\/trial\/\w{8}$/)
    await prefix.fill('plant/+/x')
    await expect(view.getByRole('button', { name: 'Try what is chosen' })).toBeDisabled()
    await prefix.fill('topicscope/trial/here')
    expect(await accessibilityFindings(page)).toEqual([])
    await shot('broker-plan')
    await view.getByRole('button', { name: 'Try what is chosen' }).click()
    await expect(trial('payloadLength')).toHaveAttribute('data-finding', 'measured')
    await expect(view.getByRole('button', { name: 'Try what is chosen' })).toBeVisible()
    await expect(trial('payloadLength')).toContainText('accepted 5,000 bytes')
    await expect(trial('maximumQos')).toContainText('up to QoS 1')
    await expect(trial('shared')).toHaveAttribute('data-finding', 'yes')
    await expect(trial('clientIdLength')).not.toHaveAttribute('data-finding', /./)
    await shot('broker-found')

    await view.getByRole('button', { name: 'Ask for statistics' }).click()
    const tiles = view.getByRole('list', { name: 'Statistics' })
    await expect(tiles.locator('[data-statistic="version"]')).toContainText('mosquitto version')
    await expect(tiles.locator('[data-statistic="bytesIn"]').getByRole('img')).toBeVisible()
    expect(await accessibilityFindings(page)).toEqual([])
    await tiles.scrollIntoViewIfNeeded()
    await shot('broker-statistics')
    await view.getByRole('button', { name: 'Stop asking' }).click()
    await expect.poll(() => broker.log()).toContain('Received UNSUBSCRIBE')
    await expect(view.getByRole('button', { name: 'Ask for statistics' })).toBeVisible()
  } finally {
    await broker.stop()
  }
})
