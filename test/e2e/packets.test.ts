import { accessibilityFindings } from '../support/accessibility'
import { expect, test } from '../support/application'
import { startMosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { openSavedConnection } from '../support/savedConnection'
import { viewsIn } from '../support/workspace'

test('every packet stands in the timeline, opens as fields beside bytes, and leads to its message and back', async ({
  clearedApplication,
}) => {
  const broker = await startMosquitto()
  const port = broker.port()
  try {
    const { page } = clearedApplication
    await openSavedConnection(page, { port, filter: 'plant/#', qos: 2 })
    await publishWithMosquitto({ port, topic: 'plant/press', payload: '{"temp":21.5}', qos: 2 })
    await expect(page.locator('[role="row"][data-topic="plant/press"]').first()).toBeVisible()
    await viewsIn(page).tab('Packets').click()
    const view = page.locator('[data-view="packets"]')
    const grid = view.getByRole('grid', { name: 'Packets' })
    const row = (type: string, direction: string) =>
      grid.locator(`[role="row"][data-type="${type}"][data-direction="${direction}"]`)
    await expect(row('CONNECT', 'out')).toHaveCount(1)
    await expect(row('CONNACK', 'in')).toHaveCount(1)
    await expect(row('SUBSCRIBE', 'out')).toHaveCount(1)
    await expect(row('PUBCOMP', 'out')).toHaveCount(1)

    await row('PUBLISH', 'in').click()
    const tree = view.getByRole('tree', { name: 'Packet fields' })
    const topic = tree.locator('[role="treeitem"][data-field="mqtt.topic"]')
    await expect(topic).toHaveAttribute('data-value', 'plant/press')
    await topic.click()
    const offset = Number(await topic.getAttribute('data-offset'))
    const marked = view.locator('[data-byte][data-state]')
    await expect(marked.first()).toHaveAttribute('data-byte', String(offset))
    await view.locator('[data-byte="0"]').first().click()
    await expect(tree.locator('[role="treeitem"][aria-selected="true"]')).toHaveAttribute('data-field', 'mqtt.hdrflags')
    const legs = view.getByRole('list', { name: 'Packets that belong together' }).getByRole('listitem')
    await expect(legs).toHaveCount(4)
    expect(await accessibilityFindings(page)).toEqual([])

    await view.getByRole('button', { name: 'Show its message' }).click()
    await viewsIn(page).tab('Messages').click()
    const message = page.getByRole('grid', { name: 'Messages' }).locator('[role="row"][aria-selected="true"]')
    await expect(message).toHaveAttribute('data-topic', 'plant/press')

    await viewsIn(page).tab('Packets').click()
    const filter = view.getByRole('searchbox', { name: 'Filter packets' })
    await filter.fill('type:SUBSCRIBE')
    await expect(grid.locator('[role="row"][data-type]')).toHaveCount(1)
    await filter.fill('errors')
    await expect(grid.locator('[role="row"][data-type]')).toHaveCount(0)
    await viewsIn(page).tab('Messages').click()
    await message.click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Show its packets' }).click()
    await expect(grid.locator('[role="row"][aria-selected="true"]')).toHaveAttribute('data-type', 'PUBLISH')
    await expect(grid).toBeFocused()
  } finally {
    await broker.stop()
  }
})
