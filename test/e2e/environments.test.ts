import AxeBuilder from '@axe-core/playwright'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../support/application'
import { startMosquitto } from '../support/mosquitto'
import { subscribeWithMosquitto } from '../support/mosquittoClients'
import { openSavedConnection } from '../support/savedConnection'
import { viewsIn } from '../support/workspace'

test('a sender takes the variables of the environment that is chosen in its form', async ({ application }) => {
  const broker = await startMosquitto()
  const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['run/#'], qos: 1 })
  try {
    const { page, userDataFolder } = application
    await openSavedConnection(page, { port: broker.port(), filter: 'none', qos: 0 })
    await viewsIn(page).tab('Senders').click()
    await page.getByRole('button', { name: 'New sender…' }).click()
    const form = page.getByRole('dialog', { name: 'New sender' })
    await form.getByLabel('Topic', { exact: true }).fill('run/{{ env.site }}/{{ n }}')
    await form.getByLabel('Payload', { exact: true }).fill('{{ env.token }}')
    await expect(form.getByLabel('Environment', { exact: true })).toBeHidden()
    await form.getByLabel('Template', { exact: true }).check()

    await form.getByRole('button', { name: 'Environments…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Environments' })
    await dialog.getByRole('button', { name: 'New environment' }).click()
    await dialog.getByLabel('Name', { exact: true }).fill('Bench')
    await dialog.getByLabel('Name of variable 1').fill('site')
    await dialog.getByLabel('Value of site').fill('north')
    await dialog.getByRole('button', { name: 'Add variable' }).click()
    await dialog.getByLabel('Name of variable 2').fill('token')
    await dialog.getByLabel('Value of token').fill('open sesame')
    await dialog.getByLabel('token is a secret').check()
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()

    await expect(form.getByRole('alert')).toContainText('no environment is in use')
    await form.getByLabel('Environment', { exact: true }).selectOption('Bench')
    await expect(form.locator('[data-preview="1"]')).toContainText('run/north/1')
    await expect(form.locator('[data-preview="1"]')).toContainText('••••••')
    await form.getByLabel('Count', { exact: true }).fill('2')
    await form.getByRole('button', { name: 'Start sender' }).click()
    for (const { topic, payload } of await listener.waitForMessages(2)) {
      expect(topic).toBe('run/north/1')
      expect(payload.toString()).toBe('open sesame')
    }

    const again = await application.relaunch()
    // This system offers no keyring: the secret is gone with the run, and in no file.
    const files = readdirSync(userDataFolder).filter((name) => name.includes('.json'))
    for (const file of files) expect(readFileSync(join(userDataFolder, file), 'utf8'), file).not.toContain('sesame')
    await again.page.getByRole('navigation', { name: 'Connections' }).getByText('Saved').first().click()
    await viewsIn(again.page).tab('Publish').click()
    const publish = again.page.getByRole('form', { name: 'Publish' })
    await publish.getByLabel('Payload', { exact: true }).fill('{{ env.token }}')
    await publish.getByLabel('Template', { exact: true }).check()
    await expect(publish.getByLabel('Environment', { exact: true }).locator('option:checked')).toHaveText('Bench')
    await expect(publish.getByRole('alert')).toContainText('the secret “token” has no value here')
  } finally {
    await listener.stop()
    await broker.stop()
  }
})
