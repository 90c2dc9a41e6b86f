import { accessibilityFindings } from '../support/accessibility'
import { expect, test } from '../support/application'
import { startMosquitto } from '../support/mosquitto'
import { requestWithMosquitto, subscribeWithMosquitto } from '../support/mosquittoClients'
import { openSavedConnection } from '../support/savedConnection'
import { viewsIn } from '../support/workspace'

test('a device is started, copied, changed and run, and stops with all senders', async ({ application }) => {
  const broker = await startMosquitto()
  const port = broker.port()
  const heard = await subscribeWithMosquitto({ port, filters: ['devices/#', 'hall/#'] })
  const texts = () => heard.received().map(({ topic, payload }) => `${topic} ${payload.toString()}`)
  try {
    const { page } = application
    await openSavedConnection(page, { port, filter: 'none', qos: 0 })
    await viewsIn(page).tab('Devices').click()
    const devices = page.getByRole('region', { name: 'Devices' })
    const row = (name: string) => devices.getByRole('listitem', { name, exact: true })

    const sensor = row('Sensor with a relay')
    await expect(sensor.getByRole('button', { name: 'Edit' })).toHaveCount(0)
    await sensor.getByRole('button', { name: 'Start' }).click()
    await expect(sensor).toHaveAttribute('data-running', 'true')
    await expect(sensor.getByRole('row', { name: /sensor-1 Online/ })).toBeVisible()
    const request = { topic: 'devices/sensor-1/set', payload: '{"relay":"on"}', responseTopic: 'rr/answer' }
    expect((await requestWithMosquitto({ port, ...request })).toString()).toBe('{"relay":"on","obeyed":true}')
    await expect(sensor.locator('[data-number="answers"]')).toHaveText('1')
    expect(await accessibilityFindings(page)).toEqual([])

    await sensor.getByRole('button', { name: 'Copy' }).click()
    const form = page.getByRole('dialog', { name: 'New device' })
    await form.getByLabel('Name', { exact: true }).fill('Hall')
    await form.getByLabel('Client ID', { exact: true }).fill('hall-{{ n }}')
    await form.getByRole('button', { name: 'Telemetry', exact: true }).click()
    await form.getByRole('button', { name: 'Edit Telemetry' }).click()
    await form.getByLabel('Topic', { exact: true }).fill('hall/{{ client }}')
    await form.getByRole('textbox', { name: 'Payload' }).fill('{{ state.relay | upcase }}')
    await form.getByLabel('Every (ms)').fill('200')
    expect(await accessibilityFindings(page)).toEqual([])
    await form.getByRole('button', { name: 'Preview' }).click()
    await expect(form.getByRole('list', { name: 'What the first device sends at first' })).toContainText('hall/hall-1')
    await form.getByRole('button', { name: 'Save' }).click()

    await row('Hall').getByRole('button', { name: 'Start' }).click()
    await expect.poll(texts).toContain('hall/hall-1 OFF')
    await devices.getByRole('button', { name: 'Stop all senders' }).click()
    await expect(row('Hall')).toHaveAttribute('data-running', 'false')
    await expect(sensor).toHaveAttribute('data-running', 'false')
    await expect.poll(() => texts().filter((text) => text.includes('"status":"offline"')).length).toBe(2)
  } finally {
    await heard.stop()
    await broker.stop()
  }
})
