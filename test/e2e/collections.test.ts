import type { Page } from '@playwright/test'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../support/application'
import { startMosquitto } from '../support/mosquitto'
import { publishWithMosquitto, subscribeWithMosquitto } from '../support/mosquittoClients'
import { openSavedConnection } from '../support/savedConnection'
import { createTemporaryFolder } from '../support/temporaryFolder'

test('messages are kept, put into folders and in order, sent by a key, and there after a restart', async ({
  application,
}) => {
  const broker = await startMosquitto()
  const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['#'], qos: 0 })
  try {
    const { page } = application
    const person = await openSavedConnection(page, { port: broker.port(), filter: 'plant/#', qos: 0 })
    await publishWithMosquitto({ port: broker.port(), topic: 'plant/pump', payload: '{"on": true}', qos: 0 })
    await person.rows('plant/pump').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Keep this message' }).click()
    await expect(page.getByText('Kept as “plant/pump” in the shared collection.')).toBeVisible()
    await page.getByRole('tab', { name: 'Collections', exact: true }).click()
    const { item, order, answer, menu } = collectionsAt(page)
    await expect(item('plant/pump')).toBeVisible()

    await person.publishForm.getByLabel('Topic', { exact: true }).fill('plant/valve')
    await person.publishForm.getByLabel('Payload', { exact: true }).fill('open')
    await person.button('Keep the draft here').click()
    await answer('Save the draft as', 'Open the valve')
    await expect(item('Open the valve')).toBeVisible()
    await person.button('New folder…').click()
    await answer('New folder', 'Hall 1')
    await item('plant/pump').dragTo(item('Hall 1'))
    await expect(item('plant/pump')).toHaveAttribute('aria-level', '3')

    // Duplicated and put in order by keys alone, and renamed.
    await item('Open the valve').click()
    await page.keyboard.press('Control+D')
    await expect.poll(order).toEqual(['plant/pump', 'Open the valve', 'Open the valve (copy)'])
    await item('Open the valve (copy)').click()
    await page.keyboard.press('Alt+ArrowUp')
    await expect.poll(order).toEqual(['plant/pump', 'Open the valve (copy)', 'Open the valve'])
    await page.keyboard.press('F2')
    await answer('Rename the message', 'Close the valve')
    await item('Open the valve').dragTo(item('Close the valve'), { targetPosition: { x: 60, y: 3 } })
    await expect.poll(order).toEqual(['plant/pump', 'Open the valve', 'Close the valve'])

    // A deleted one comes back to its place.
    await item('Open the valve').click()
    await page.keyboard.press('Delete')
    await expect.poll(order).toEqual(['plant/pump', 'Close the valve'])
    await person.button('Undo').last().click()
    await expect.poll(order).toEqual(['plant/pump', 'Open the valve', 'Close the valve'])

    // Sent by Enter, by its button, and by keys of one's choice from anywhere.
    const sent = () => listener.received().filter(({ topic }) => topic === 'plant/valve').length
    await item('Open the valve').click()
    await page.keyboard.press('Enter')
    await expect.poll(sent).toBe(1)
    await item('Open the valve').getByRole('button', { name: 'Send “Open the valve”' }).click()
    await expect.poll(sent).toBe(2)
    await menu('Open the valve', 'Shortcut…')
    const keys = page.getByRole('dialog').getByLabel('Shortcut', { exact: true })
    await keys.press('Control+K')
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText('is taken')
    await keys.press('Control+Alt+7')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await person.publishForm.getByLabel('Topic', { exact: true }).focus()
    await page.keyboard.press('Control+Alt+7')
    await expect.poll(sent).toBe(3)

    const again = await application.relaunch()
    await again.page.getByRole('tab', { name: 'Collections', exact: true }).click()
    const later = collectionsAt(again.page)
    await expect.poll(later.order).toEqual(['plant/pump', 'Open the valve', 'Close the valve'])
    await expect(later.item('Open the valve').locator('kbd')).toHaveText('Ctrl+Alt+7')
    const file = join(application.userDataFolder, 'collections', 'shared', 'Open the valve.message.json')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ topic: 'plant/valve', payload: ['open'] })
  } finally {
    await listener.stop()
    await broker.stop()
  }
})

test('a folder is opened as a collection, its messages go to another connection, and what others change is seen', async ({
  application,
}) => {
  const [one, two] = [await startMosquitto(), await startMosquitto()]
  const listener = await subscribeWithMosquitto({ port: two.port(), filters: ['#'], qos: 0 })
  const folder = createTemporaryFolder('repository')
  const file = join(folder.path, 'Lamp.message.json')
  const written = (payload: string) =>
    writeFileSync(file, `{"version":1,"id":"lamp","name":"Lamp","topic":"lamp/cmd","payload":["${payload}"]}\n`)
  mkdirSync(join(folder.path, '.git'))
  written('on')
  writeFileSync(join(folder.path, 'Bad.message.json'), '<<<<<<< HEAD\n=======\n>>>>>>> other\n')
  try {
    const { app, page } = application
    const person = await openSavedConnection(page, { id: 'two', name: 'Two', port: two.port(), filter: 'a', qos: 0 })
    await openSavedConnection(page, { id: 'one', name: 'One', port: one.port(), filter: 'b', qos: 0 })
    await app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
    }, folder.path)
    await page.getByRole('tab', { name: 'Collections', exact: true }).click()
    await person.button('Open folder as collection…').click()
    const { item, menu } = collectionsAt(page)
    await expect(item('Lamp')).toBeVisible()
    await expect(page.getByRole('treeitem', { name: /^Bad\.message\.json: an unfinished merge/ })).toBeVisible()

    await menu('Lamp', 'Send to', 'Two')
    await expect.poll(() => listener.received().map(({ topic }) => topic)).toEqual(['lamp/cmd'])

    // Without a change of one's own, the draft follows.
    await item('Lamp').dblclick()
    const form = person.publishForm
    const payload = form.getByLabel('Payload', { exact: true })
    await expect(form.getByText('From “Lamp”')).toBeVisible()
    await expect(payload).toHaveText('on')
    written('dim')
    await expect(payload).toHaveText('dim')

    // With one, the person is asked.
    await payload.fill('mine')
    written('theirs')
    await expect(form.getByRole('alert')).toContainText('“Lamp” was changed elsewhere.')
    await form.getByRole('button', { name: 'Keep mine' }).click()
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await expect.poll(() => readFileSync(file, 'utf8')).toContain('mine')
    await payload.fill('more')
    written('newer')
    await form.getByRole('button', { name: 'Take theirs' }).click()
    await expect(payload).toHaveText('newer')

    const again = await application.relaunch()
    await again.page.getByRole('tab', { name: 'Collections', exact: true }).click()
    await expect(collectionsAt(again.page).item('Lamp')).toBeVisible()
  } finally {
    await listener.stop()
    await Promise.all([one.stop(), two.stop()])
    folder.remove()
  }
})

/** The view "Collections" as a person meets it. */
const collectionsAt = (page: Page) => {
  const tree = page.getByRole('tree', { name: 'Collections' })
  const item = (name: string) => tree.getByRole('treeitem', { name, exact: true })
  return {
    item,
    /** The names of the messages, from top to bottom. */
    order: () =>
      tree.locator('[data-kind="message"]').evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label'))),
    answer: async (title: string, name: string) => {
      const dialog = page.getByRole('dialog', { name: title })
      await dialog.getByLabel('Name', { exact: true }).fill(name)
      await dialog.getByRole('button', { name: 'Save' }).click()
      await expect(dialog).toBeHidden()
    },
    menu: async (name: string, ...entries: readonly string[]) => {
      await item(name).click({ button: 'right' })
      for (const entry of entries) await page.getByRole('menuitem', { name: entry }).first().click()
    },
  }
}
