import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '../support/application'
import { startMosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { openSavedConnection } from '../support/savedConnection'
import { viewsIn } from '../support/workspace'

test('a connection is broken on purpose, marked while it may be, and a scenario does it again', async ({
  clearedApplication,
}) => {
  const broker = await startMosquitto()
  try {
    const { page } = clearedApplication
    const person = await openSavedConnection(page, { port: broker.port(), filter: 'fault/#', qos: 1 })
    await viewsIn(page).tab('Faults').click()
    const pane = page.getByRole('region', { name: 'Faults' })
    const mark = page.locator('[data-faults]')
    await expect(pane.getByRole('button', { name: 'Drop (RST)' })).toBeDisabled()
    await expect(mark).toHaveCount(0)
    await pane.getByLabel('Fault kit on').check()
    await expect(mark).toHaveText('Faults')

    await pane.getByLabel('Withhold, PUBACK').check()
    await publishWithMosquitto({ port: broker.port(), topic: 'fault/a', payload: '1', qos: 1 })
    const journal = pane.getByRole('list', { name: 'What the fault kit did' })
    await expect(journal.locator('[data-deed="withheld"]')).toContainText('PUBACK')
    expect(broker.log()).not.toMatch(/Received PUBACK/)

    await pane.getByLabel('Bytes in hex').fill('32 0c 00 07 66 61 75 6c 74 2f 62 00 09 58')
    await expect(pane.getByRole('list', { name: 'What these bytes are' })).toContainText('PUBLISH')
    await pane.getByLabel('Bytes in hex').fill('30 0b 00 07 66 61 75 6c 74 2f 62 00 58')
    await pane.getByRole('button', { name: 'Send bytes' }).click()
    await expect(person.rows('fault/b')).toHaveCount(1)

    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])

    await pane.getByRole('button', { name: 'New scenario…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Scenario' })
    await dialog.getByLabel('Name').fill('Outage')
    const second = dialog.getByRole('group', { name: 'Step 2' })
    await second.getByLabel('At (s)').fill('0.1')
    await dialog.getByRole('group', { name: 'Step 1' }).getByLabel('For (s)').fill('0.2')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await pane.getByRole('listitem').filter({ hasText: 'Outage' }).getByRole('button', { name: 'Run' }).click()
    await expect(journal.locator('[data-deed="dropped"]')).toContainText('RST')
    await expect(journal.locator('[data-deed="scenarioEnded"]')).toContainText('Outage')
    // It connects again, as after any failure.
    await expect(person.status).toHaveText(/Online/)

    await pane.getByLabel('Fault kit on').uncheck()
    await expect(mark).toHaveCount(0)
    await expect(pane.getByLabel('Withhold, PUBACK')).not.toBeChecked()
  } finally {
    await broker.stop()
  }
})
