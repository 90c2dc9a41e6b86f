import type { Page } from '@playwright/test'
import { accessibilityFindings } from '../support/accessibility'
import { expect, test, type Application } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'
import { resizeWindow, viewsIn } from '../support/workspace'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

test('tabs of connections are dragged, moved by their menu, and stand so after a restart', async ({ launch }) => {
  const application = await launch()
  const { page } = application
  const person = personAt(page)
  const tabsOf = ({ page: shown }: Pick<Application, 'page'>) =>
    shown.getByRole('tablist', { name: 'Open connections' }).getByRole('tab')
  for (const name of ['One', 'Two', 'Three']) await person.createProfile({ name, port: broker.port() })
  const order = (...names: readonly string[]) => expect(tabsOf(application)).toHaveText(names)
  await order('Local broker', 'One', 'Two', 'Three')
  const tab = (name: string) => page.getByRole('tab', { name, exact: true })
  const rightEdge = { x: (await tab('Three').boundingBox())!.width - 4, y: 8 }
  await tab('One').dragTo(tab('Three'), { targetPosition: rightEdge })
  await order('Local broker', 'Two', 'Three', 'One')
  await tab('One').dragTo(tab('Three'), { targetPosition: { x: 4, y: 8 } })
  await order('Local broker', 'Two', 'One', 'Three')
  await tab('Local broker').click({ button: 'right' })
  await expect(page.getByRole('menuitem', { name: 'Move tab left' })).toBeDisabled()
  await page.getByRole('menuitem', { name: 'Move tab right' }).click()
  await order('Two', 'Local broker', 'One', 'Three')
  await tab('Three').dragTo(tab('Two'), { targetPosition: { x: 4, y: 8 } })
  await order('Three', 'Two', 'Local broker', 'One')
  await expect(tabsOf(await application.relaunch())).toHaveText(['Three', 'Two', 'Local broker', 'One'])
})

/** What a person does in one half of the window. */
const halfOf = (page: Page, name: string) => {
  const half = page.getByRole('region', { name, exact: true })
  return {
    half,
    rows: (topic: string) => half.locator(`[role="row"][data-topic="${topic}"]`),
    log: half.getByRole('grid', { name: 'Messages' }),
    publishForm: half.locator('[data-view="publish"] form'),
  }
}

test('two brokers stand side by side, and what is done is done to the one with the focus', async ({ launch }) => {
  const other = await startMosquitto()
  const application = await launch()
  const { page } = application
  await resizeWindow(application, 1_280, 800)
  const person = personAt(page)
  for (const [name, { port }] of [
    ['First', broker],
    ['Other', other],
  ] as const) {
    await person.createProfile({ name, port: port() })
    await person.connect()
    await person.subscribe('#')
  }
  await page.getByRole('tab', { name: 'First', exact: true }).click()
  await page.getByRole('tab', { name: 'Other', exact: true }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Show beside' }).click()
  const left = halfOf(page, 'First')
  const right = halfOf(page, 'Other')

  await test.step('each has its own messages', async () => {
    await publishWithMosquitto({ port: broker.port(), topic: 'side/left', payload: 'l' })
    await publishWithMosquitto({ port: other.port(), topic: 'side/right', payload: '{"seen":"right"}' })
    await expect(left.rows('side/left')).toBeVisible()
    await expect(right.rows('side/right')).toBeVisible()
    await expect(right.rows('side/left')).toHaveCount(0)
  })

  await test.step('a selection shows its details over the log it was made in', async () => {
    await right.rows('side/right').click()
    await expect(page.getByRole('tab', { name: 'Other', exact: true })).toHaveAttribute('aria-selected', 'true')
    await expect(right.half.locator('[data-view="details"]')).toContainText('"seen"')
    await expect(left.half.locator('[data-view="details"]')).toHaveCount(0)
    await page.keyboard.press('Escape')
    await expect(right.half.locator('[data-view="details"]')).toHaveCount(0)
  })

  await test.step('an action goes to the one with the focus', async () => {
    await viewsIn(page).run('Clear Messages')
    await expect(right.rows('side/right')).toHaveCount(0)
    await expect(left.rows('side/left')).toBeVisible()
    await left.log.click()
    await page.keyboard.press('Control+Shift+P')
    await expect(left.publishForm.getByLabel('Topic', { exact: true })).toBeFocused()
    await left.publishForm.getByLabel('Topic', { exact: true }).fill('side/sent')
    await left.publishForm.getByRole('button', { name: 'Publish', exact: true }).click()
    await expect(left.rows('side/sent').first()).toBeVisible()
    await expect(right.rows('side/sent')).toHaveCount(0)
  })

  await test.step('nothing collides', async () => {
    await page.emulateMedia({ colorScheme: 'light' })
    expect(await accessibilityFindings(page)).toEqual([])
  })

  await test.step('they stand so after a restart, until one is closed', async () => {
    const second = (await application.relaunch({ arguments: [] })).page
    const again = halfOf(second, 'Other')
    await expect(again.half).toBeVisible()
    await again.half.getByRole('button', { name: 'Close this side' }).click()
    await expect(second.getByRole('region', { name: 'Other', exact: true })).toHaveCount(0)
    await expect(second.getByRole('tab', { name: 'Other', exact: true })).toBeVisible()
    await expect(second.locator('[data-view="messages"]')).toHaveCount(1)
  })
  await other.stop()
})

test('a view in a window of its own shows what flows, and is back when it is closed', async ({ launch }) => {
  const application = await launch({ arguments: [`mqtt://127.0.0.1:${broker.port()}`, '--subscribe', '#'] })
  const { app, page } = application
  await resizeWindow(application, 1_280, 800)
  const person = personAt(page)
  const views = viewsIn(page)
  await expect(person.status).toHaveText(/Online/)
  // The place of a view says where it went, once nothing else stands there.
  for (const beside of ['Scripts', 'Charts', 'Packets', 'Sparkplug', 'Broker']) await views.choose(beside, 'Hide')
  const opened = app.waitForEvent('window')
  await views.choose('Messages', 'Open in a window of its own')
  let own = await opened
  const there = personAt(own)
  const send = (topic: string, payload: string) => publishWithMosquitto({ port: broker.port(), topic, payload })

  await test.step('it has what the main window has no more, and messages go on', async () => {
    await expect(own).toHaveTitle(/^Messages - /)
    await expect(views.view('messages')).toContainText('This view stands in a window of its own')
    for (const topic of ['own/one', 'own/two']) await send(topic, '{"celsius":21}')
    await expect(there.rows('own/two')).toBeVisible()
    await expect(person.log).toHaveCount(0)
  })

  await test.step('it reaches nothing, and the page opens no other window', async () => {
    expect(await own.evaluate(() => 'bridge' in window)).toBe(false)
    const denied = (address: string) =>
      [window.open(address), window.open(address, 'topicscope')].every((one) => one === null)
    for (const one of [page, own]) expect(await one.evaluate(denied, 'about:blank')).toBe(true)
    expect(await page.evaluate(() => window.open('app://topicscope/index.html', 'topicscope-view-9'))).toBeNull()
  })

  await test.step('it is used as in its place: filter, menus, keys, what is selected', async () => {
    await own.getByRole('textbox', { name: 'Filter messages' }).fill('topic:own/one')
    await own.keyboard.press('Enter')
    await expect(there.rows('own/two')).toHaveCount(0)
    await there.rows('own/one').click()
    await expect(person.details).toContainText('"celsius": 21')
    await there.rows('own/one').click({ button: 'right' })
    await expect(own.getByRole('menu')).toBeVisible()
    await own.keyboard.press('Escape')
    await own.getByRole('button', { name: 'Columns' }).click()
    await expect(own.getByRole('checkbox', { name: 'Δ row' })).toBeVisible()
    await own.keyboard.press('Escape')
    await page.emulateMedia({ colorScheme: 'light' })
    await own.emulateMedia({ colorScheme: 'light' })
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByLabel('Theme').selectOption('dark')
    await expect(own.locator('html')).toHaveAttribute('data-theme', 'dark')
    await page.keyboard.press('Escape')
    expect(await accessibilityFindings(own)).toEqual([])
    await there.log.click()
    await own.keyboard.press('Control+Shift+Delete')
    await expect(there.rows('own/one')).toHaveCount(0)
  })

  await test.step('F6 reaches it from the main window, and leads back', async () => {
    const isThere = () => own.evaluate(() => document.activeElement?.closest('[data-area="window"]') !== null)
    const inMain = () => page.evaluate(() => document.activeElement?.closest('[data-area]')?.getAttribute('data-area'))
    await person.details.click()
    await page.keyboard.press('F6')
    const areaAfter = await inMain()
    await page.keyboard.press('Shift+F6')
    await expect.poll(inMain).not.toBe(areaAfter)
    await own.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    // As many steps as there are areas lead round; one of them is the window.
    const steps = await page.locator('[data-area]').count()
    for (let step = 0; step < steps && !(await isThere()); step++) await page.keyboard.press('F6')
    expect(await isThere()).toBe(true)
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await own.keyboard.press('Shift+F6')
    await expect.poll(inMain).toBeTruthy()
  })

  await test.step('its zoom is its own', async () => {
    const zoomed = (role: string) =>
      app.evaluate(({ BrowserWindow, Menu }, wanted) => {
        const shown = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL() === 'about:blank')
        const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? []
        const item = items.find((one) => one.role?.toLowerCase() === wanted)
        // As its keys would: with the window they were pressed in.
        item?.click(undefined, shown, shown?.webContents)
        return shown?.webContents.getZoomLevel()
      }, role)
    const ratio = () => own.evaluate(() => devicePixelRatio)
    const [before, inMain] = [await ratio(), await page.evaluate(() => devicePixelRatio)]
    await zoomed('zoomin')
    await expect.poll(ratio).toBeGreaterThan(before)
    expect(await page.evaluate(() => devicePixelRatio)).toBe(inMain)
    await zoomed('resetzoom')
    await expect.poll(ratio).toBe(before)
  })

  await test.step('it draws while the main window is hidden', async () => {
    await own.getByRole('textbox', { name: 'Filter messages' }).fill('')
    await app.evaluate(({ BrowserWindow }, address) => {
      BrowserWindow.getAllWindows()
        .find(({ webContents }) => webContents.getURL() === address)
        ?.hide()
    }, page.url())
    await send('own/hidden', 'x')
    await expect(there.rows('own/hidden')).toBeVisible()
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().forEach((window) => window.show()))
  })

  await test.step('it comes back where it was', async () => {
    const place = { x: 60, y: 80, width: 500, height: 420 }
    const ofOwn = () =>
      app.evaluate(({ BrowserWindow }) => {
        const found = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL() === 'about:blank')
        return found?.getBounds()
      })
    await app.evaluate(
      ({ BrowserWindow }, bounds) =>
        BrowserWindow.getAllWindows()
          .find(({ webContents }) => webContents.getURL() === 'about:blank')
          ?.setBounds(bounds),
      place,
    )
    await expect.poll(() => own.evaluate(() => window.outerWidth)).toBe(place.width)
    await own.close()
    const reopened = app.waitForEvent('window')
    await views.choose('Messages', 'Open in a window of its own')
    own = await reopened
    await expect.poll(ofOwn).toEqual(place)
  })

  await test.step('closed, the view is back; a second one goes with the main window', async () => {
    await own.close()
    await expect(person.rows('own/hidden')).toBeVisible()
    const again = app.waitForEvent('window')
    await views.choose('Details', 'Open in a window of its own')
    const details = await again
    await details.getByRole('region', { name: 'Message details' }).waitFor()
    await expect(views.view('details')).toHaveCount(0)
    await details.evaluate((address) => (window.location.href = address), page.url())
    expect(await details.evaluate(() => document.querySelector('[data-view="details"]') !== null)).toBe(true)
    const ended = app.waitForEvent('close')
    await page.close()
    await ended
  })
})
