import { expect, test, type RunningApplication } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'
import { personOnlineIn } from '../support/personOnline'
import { resizeWindow, viewsIn } from '../support/workspace'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const send = (topic: string, payload: string) => publishWithMosquitto({ port: broker.port(), topic, payload })

/** A person who is connected, before a window of this size. */
const atWindow = async (application: RunningApplication, width: number, height: number) => {
  await resizeWindow(application, width, height)
  const person = await personOnlineIn(application, broker.port(), ['#'])
  return { page: application.page, person, views: viewsIn(application.page) }
}

test('views are hidden, moved, maximised and closed, and stand so after a restart', async ({ application }) => {
  const { page, views } = await atWindow(application, 1_280, 800)
  for (const id of ['subscriptions', 'topics', 'messages', 'details', 'publish'])
    await expect(views.view(id)).toBeVisible()

  await test.step('maximised by a double click, and back by Escape', async () => {
    await views.tab('Details').dblclick()
    await expect(views.view('messages')).toHaveCount(0)
    await page.keyboard.press('Escape')
    await expect(views.view('messages')).toBeVisible()
  })

  await test.step('moved by the menu of the tab, hidden, and shown again from the palette', async () => {
    await views.choose('Publish', 'Move to', 'Right')
    await expect(views.area('right').getByRole('tab', { name: 'Publish' })).toHaveAttribute('aria-selected', 'true')
    await views.tab('Details').click()
    await expect(views.view('details')).toBeVisible()
    await views.choose('Subscriptions', 'Hide')
    await expect(views.view('subscriptions')).toHaveCount(0)
    await views.run('Subscribe')
    await expect(personAt(page).subscriptions.getByLabel('Topic filter', { exact: true })).toBeFocused()
    for (const view of ['Collections', 'Schemas']) await views.choose(view, 'Hide')
    await views.choose('Topics', 'Hide')
  })

  await test.step('an area is closed by its button, and by its edge', async () => {
    await page.getByRole('button', { name: 'Connection list' }).click()
    await expect(page.getByRole('navigation', { name: 'Connections' })).toHaveCount(0)
    const left = await views.area('left').boundingBox()
    const edge = (left?.x ?? 0) + (left?.width ?? 0)
    await page.mouse.move(edge, 500)
    await page.mouse.down()
    await page.mouse.move(4, 500, { steps: 5 })
    await page.mouse.up()
    await expect(views.view('subscriptions')).toHaveCount(0)
    await page.getByRole('button', { name: 'Left area' }).click()
    await expect.poll(async () => (await views.area('left').boundingBox())?.width ?? 0).toBeGreaterThan(200)
    await page.keyboard.press('Control+Shift+L')
    await expect(views.view('subscriptions')).toHaveCount(0)
  })

  const second = await application.relaunch({ arguments: [] })
  const again = viewsIn(second.page)
  await test.step('all of it after a restart', async () => {
    await expect(again.view('messages')).toBeVisible()
    await expect(again.view('topics')).toHaveCount(0)
    await expect(again.view('subscriptions')).toHaveCount(0)
    await expect(again.area('right').getByRole('tab')).toHaveText(['Details', 'Publish'])
    await expect(second.page.getByRole('navigation', { name: 'Connections' })).toHaveCount(0)
  })

  await test.step('and a reset brings everything back', async () => {
    await again.run('Reset Layout')
    for (const id of ['subscriptions', 'topics', 'messages', 'details', 'publish'])
      await expect(again.view(id)).toBeVisible()
    await expect(second.page.getByRole('navigation', { name: 'Connections' })).toBeVisible()
  })
})

test('presets give the room to one kind of work, and the drawer opens for what is sent', async ({
  clearedApplication,
}) => {
  const { page, person, views } = await atWindow(clearedApplication, 1_280, 800)
  const heightOf = async () => (await views.view('publish').boundingBox())?.height ?? 0
  const low = await heightOf()
  await views.run('Layout: Publish')
  await expect.poll(heightOf).toBeGreaterThan(low * 1.5)
  await views.run('Layout: Wide')
  await expect(views.view('topics')).toHaveCount(0)
  await expect(views.view('publish')).toHaveCount(0)
  await expect(views.view('details')).toBeVisible()
  await page.keyboard.press('Control+Shift+P')
  await expect(person.publishForm.getByLabel('Topic', { exact: true })).toBeFocused()
  await page.keyboard.press('Control+J')
  await expect(views.view('publish')).toHaveCount(0)
  await page.keyboard.press('Control+J')
  await expect(views.view('publish')).toBeVisible()
})

test('F6 goes from area to area, and comes back to where one was', async ({ clearedApplication }) => {
  const { page, person, views } = await atWindow(clearedApplication, 1_280, 800)
  await send('six/one', 'x')
  await expect(person.rows('six/one')).toBeVisible()
  await person.log.focus()
  const areaInFocus = () =>
    page.evaluate(() => document.activeElement?.closest('[data-area]')?.getAttribute('data-area') ?? null)
  const passed: (string | null)[] = []
  for (let count = 0; count < 7; count++) {
    await page.keyboard.press('F6')
    passed.push(await areaInFocus())
  }
  expect(passed).toEqual(['bottom', 'right', 'open-connections', 'connections', 'left', 'left', 'centre'])
  await expect(person.log).toBeFocused()
  await page.keyboard.press('Shift+F6')
  await expect(person.tree).toBeFocused()
  await expect(views.view('topics')).toBeVisible()
})

test('in a narrow window the details come over the log when something is selected', async ({ clearedApplication }) => {
  const { page, person, views } = await atWindow(clearedApplication, 1_000, 600)
  await send('narrow/one', '{"seen":true}')
  await expect(views.view('details')).toHaveCount(0)
  await person.rows('narrow/one').click()
  await expect(person.details).toContainText('"seen": true')
  const payload = person.details.getByText('"seen"').first()
  await expect(payload).toBeInViewport()
  await page.keyboard.press('Escape')
  await expect(views.view('details')).toHaveCount(0)
  await person.treeItem('narrow/one').click()
  await expect(payload).toBeInViewport()
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await expect(views.view('details')).toHaveCount(0)

  await test.step('and at a zoom of 150 % it is still the payload that is seen', async () => {
    await clearedApplication.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.webContents.setZoomFactor(1.5),
    )
    await expect(views.view('topics')).toHaveCount(0)
    await person.rows('narrow/one').first().click()
    await expect(payload).toBeInViewport()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+Shift+P')
    await expect(person.publishForm.getByLabel('Topic', { exact: true })).toBeFocused()
  })
})

test('connections are tabs, with what flows or is wrong, and closing one can be undone', async ({
  clearedApplication,
}) => {
  const { page, person } = await atWindow(clearedApplication, 1_280, 800)
  const tabs = page.getByRole('tablist', { name: 'Open connections' }).getByRole('tab')
  await expect(tabs).toHaveCount(2)
  const first = tabs.nth(1)
  await person.createProfile({ name: 'Second', port: broker.port() })
  await expect(tabs).toHaveCount(3)
  await person.connect()
  await person.subscribe('#')
  const second = page.getByRole('tab', { name: 'Second' })
  await expect(second).toHaveAttribute('aria-selected', 'true')

  await test.step('unread messages of one that is not in view', async () => {
    await first.click()
    await send('tabs/one', 'x')
    await expect(second).toContainText('1')
  })

  await test.step('arrow keys, and Delete', async () => {
    await first.focus()
    await page.keyboard.press('ArrowRight')
    await expect(second).toBeFocused()
    await expect(second).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Delete')
    await expect(tabs).toHaveCount(2)
    await person.button('Undo').click()
    await expect(second).toHaveAttribute('aria-selected', 'true')
    await expect(person.status).toHaveText(/Online/)
    await expect(person.rows('tabs/one')).toHaveCount(1)
  })
})
