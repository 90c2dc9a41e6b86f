import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { accessibilityFindings } from '../support/accessibility'
import { expect, test, type Application } from '../support/application'
import { startMosquitto } from '../support/mosquitto'
import { startPacketProxy } from '../support/packetProxy'
import { openSavedConnection } from '../support/savedConnection'
import { viewsIn } from '../support/workspace'

const meterIn = (page: Page) => {
  const region = page.getByRole('region', { name: 'Delivery meter' })
  return {
    region,
    number: (name: string) => region.locator(`[data-meter="${name}"]`),
    results: region.getByRole('group', { name: 'Results' }),
  }
}

/** From now on the person saves files here. */
const saveTo = (app: Application['app'], path: string) =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)

test('one press measures the broker with every QoS, and the report says what was found', async ({
  application,
}, info) => {
  const broker = await startMosquitto()
  try {
    const { app, page } = application
    await openSavedConnection(page, { port: broker.port(), filter: 'none', qos: 0 })
    await viewsIn(page).tab('Delivery meter').click()
    const { region, number, results } = meterIn(page)
    await expect(region).toContainText('Nothing measured yet')
    await region.getByLabel('Count').fill('60')
    await region.getByRole('button', { name: 'Start sender' }).click()
    await expect(results).toHaveAttribute('data-phase', 'finished')
    for (const [name, value] of [
      ['sent', '60'],
      ['received', '60'],
      ['lost', '0'],
      ['duplicated', '0'],
      ['reordered', '0'],
    ] as const)
      await expect(number(name)).toHaveAttribute('data-value', value)
    await expect(region.locator('[data-latency]')).toHaveCount(4)
    await expect(region.getByRole('img', { name: /^Histogram of the latency of 60 messages/ })).toBeVisible()
    await expect(region.locator('canvas')).toBeVisible()
    expect(await accessibilityFindings(page)).toEqual([])

    for (const ending of ['JSON', 'CSV', 'HTML']) {
      const path = info.outputPath(`report.${ending}`)
      await saveTo(app, path)
      await region.getByRole('button', { name: ending, exact: true }).click()
      await expect(() => expect(readFileSync(path, 'utf8')).not.toBe('')).toPass()
    }
    const report = JSON.parse(readFileSync(info.outputPath('report.JSON'), 'utf8')) as { counts: { sent: number } }
    expect(report.counts.sent).toBe(60)
    expect(readFileSync(info.outputPath('report.CSV'), 'utf8')).toContain('counts.received,60\r\n')
    expect(readFileSync(info.outputPath('report.HTML'), 'utf8')).toContain('<dt>Received</dt><dd>60</dd>')
  } finally {
    await broker.stop()
  }
})

test('what a network loses and doubles is told while it goes on, until the sender is stopped', async ({
  application,
}) => {
  const broker = await startMosquitto()
  let published = 0
  const proxy = await startPacketProxy({
    brokerPort: broker.port(),
    toBroker: () => {
      published += 1
      return published === 3 ? 'drop' : published === 5 ? 'double' : 'pass'
    },
  })
  try {
    const { page } = application
    await openSavedConnection(page, { port: proxy.port, filter: 'none', qos: 0 })
    await viewsIn(page).tab('Delivery meter').click()
    const { region, number, results } = meterIn(page)
    await region.getByLabel('QoS').selectOption('1')
    await region.getByLabel('Count').fill('')
    await region.getByRole('button', { name: 'Start sender' }).click()
    await expect(number('lost')).toHaveAttribute('data-value', '1')
    await expect(number('duplicated')).toHaveAttribute('data-value', '1')
    await region.getByRole('button', { name: 'Stop sender' }).click()
    await expect(results).toHaveAttribute('data-phase', 'finished')
    const sent = Number(await number('sent').getAttribute('data-value'))
    await expect(number('received')).toHaveAttribute('data-value', String(sent - 1))
  } finally {
    await proxy.stop()
    await broker.stop()
  }
})
