import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/application'
import { startMosquitto } from '../support/mosquitto'
import { requestWithMosquitto } from '../support/mosquittoClients'
import { connectRaw } from '../support/rawMqttClient'
import { openSavedConnection } from '../support/savedConnection'
import { viewsIn } from '../support/workspace'

test('a request gets its answer, with its round trip, and both stand in the details', async ({
  clearedApplication,
}) => {
  const broker = await startMosquitto()
  try {
    const { page } = clearedApplication
    const person = await openSavedConnection(page, { port: broker.port(), filter: 'none', qos: 0 })
    const { client } = await connectRaw(broker.port(), { clientId: 'device' })
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'plant/get', qos: 0 }] })
    await client.next('suback')
    await person.publishForm.getByLabel('Topic', { exact: true }).fill('plant/get')
    await person.publishForm.getByRole('button', { name: 'Request', exact: true }).click()
    const { properties } = await client.next('publish')
    const topic = properties?.responseTopic ?? ''
    const correlationData = properties?.correlationData ?? Buffer.alloc(0)
    const sentAs = { qos: 0, dup: false, retain: false, properties: { correlationData } } as const
    client.send({ cmd: 'publish', topic, payload: 'fast', ...sentAs })
    await page.getByRole('button', { name: /^Request answered in / }).click()
    const requests = page.getByRole('region', { name: 'Requests' })
    const row = requests.getByRole('listitem')
    await expect(row).toHaveAttribute('data-state', 'answered')
    await expect(requests.locator('[data-summary="p99"]')).not.toHaveAttribute('data-value', '')
    await row.getByRole('button', { name: /^Answer/ }).click()
    await expect(page.getByRole('region', { name: 'Details' })).toContainText('fast')
    await expectAccessible(page)

    await viewsIn(page).tab('Publish').click()
    await person.publishForm.getByLabel('Time-out (ms)').fill('1')
    await person.publishForm.getByRole('button', { name: 'Request', exact: true }).click()
    await expect(page.getByRole('button', { name: 'Request timed out' })).toBeVisible()
    await viewsIn(page).tab('Requests').click()
    await expect(requests.getByRole('listitem')).toHaveCount(2)
  } finally {
    await broker.stop()
  }
})

test('a rule answers mosquitto_rr until it is switched off', async ({ clearedApplication }) => {
  const broker = await startMosquitto()
  try {
    const { page } = clearedApplication
    await openSavedConnection(page, { port: broker.port(), filter: 'none', qos: 0 })
    await viewsIn(page).tab('Requests').click()
    const requests = page.getByRole('region', { name: 'Requests' })
    await requests.getByRole('button', { name: 'Responder' }).click()
    await requests.getByRole('button', { name: 'New rule…' }).click()
    const form = page.getByRole('dialog', { name: 'New rule' })
    await form.getByLabel('Requests under the filter').fill('ask/+')
    await form.getByRole('textbox', { name: 'Payload' }).fill('{{ request.json.n | plus: 1 }} for {{ request.topic }}')
    await expectAccessible(page)
    await form.getByRole('button', { name: 'Save' }).click()
    const rule = requests.getByRole('listitem')
    await expect(rule).toHaveAttribute('data-phase', 'off')
    await rule.getByRole('button', { name: 'Switch on' }).click()
    await expect(rule).toHaveAttribute('data-phase', 'on')
    const answer = await requestWithMosquitto({
      port: broker.port(),
      topic: 'ask/next',
      payload: '{"n":41}',
      responseTopic: 'rr/answer',
    })
    expect(answer.toString()).toBe('42 for ask/next')
    await expect(rule).toHaveAttribute('data-answered', '1')
    await expectAccessible(page)
    await rule.getByRole('button', { name: 'Switch off' }).click()
    await expect(rule).toHaveAttribute('data-phase', 'off')
  } finally {
    await broker.stop()
  }
})

const expectAccessible = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}
