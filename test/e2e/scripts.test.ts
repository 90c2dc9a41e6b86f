import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { accessibilityFindings } from '../support/accessibility'
import { expect, test } from '../support/application'
import { startMosquitto } from '../support/mosquitto'
import { publishWithMosquitto, subscribeWithMosquitto } from '../support/mosquittoClients'
import { openSavedConnection } from '../support/savedConnection'
import { viewsIn } from '../support/workspace'

test('a script is begun from an example, tried, run against a broker, and stopped when it never ends', async ({
  application,
}) => {
  const broker = await startMosquitto()
  const port = broker.port()
  const listener = await subscribeWithMosquitto({ port, filters: ['+/+/+/celsius', 'echo/#'], qos: 1 })
  try {
    const { page, userDataFolder } = application
    await openSavedConnection(page, { port, filter: 'none', qos: 0 })
    await viewsIn(page).tab('Scripts').click()
    const view = page.locator('[data-view="scripts"]')
    await view.getByRole('button', { name: 'Examples' }).click()
    await page.getByRole('menuitem', { name: /^Fahrenheit to Celsius/ }).click()

    const trial = view.getByRole('group', { name: 'Try' })
    await trial.getByRole('button', { name: 'Try', exact: true }).click()
    const output = trial.getByRole('list', { name: 'Messages it makes' }).getByRole('listitem')
    await expect(output).toContainText('sensors/attic/temperature/celsius')
    await expect(output).toContainText('22.5')
    await expect(output).toContainText('32 32 2e 35')
    expect(await accessibilityFindings(page, { within: '[data-view="scripts"]' })).toEqual([])

    const row = view.locator('[data-script]').first()
    await view.getByRole('button', { name: 'Run', exact: true }).click()
    await expect(row).toHaveAttribute('data-phase', 'on')
    await publishWithMosquitto({ port, topic: 'sensors/roof/temperature', payload: '50' })
    const [sent] = await listener.waitForMessages(1)
    expect([sent?.topic, sent?.payload.toString()]).toEqual(['sensors/roof/temperature/celsius', '10'])
    await expect(row).toHaveAttribute('data-sent', '1')

    const editor = view.getByRole('textbox', { name: 'Text of the script' })
    await editor.fill('function onMessage(message) {\n  for (;;) {}\n}')
    await view.getByRole('button', { name: 'Run again' }).click()
    await expect(view.getByText('Changed since it was started')).toBeHidden()
    await publishWithMosquitto({ port, topic: 'sensors/roof/temperature', payload: '51' })
    await expect(row).toHaveAttribute('data-phase', 'stopped')
    await expect(view.getByRole('status')).toContainText('took longer than a second')
    await expect(
      page
        .getByRole('status', { name: /Connected|Online/ })
        .or(page.getByText('Online'))
        .first(),
    ).toBeVisible()
    await expect.poll(() => readFileSync(join(userDataFolder, 'scripts.json'), 'utf8')).toContain('for (;;) {}')
  } finally {
    await listener.stop()
    await broker.stop()
  }
})
