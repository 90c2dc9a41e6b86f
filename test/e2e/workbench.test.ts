import { expect, clearedOnce, test, type RunningApplication } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto, receiveRawWithMosquitto, subscribeWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'
import { personOnlineIn } from '../support/personOnline'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const online = (application: RunningApplication, ...filters: readonly string[]) =>
  personOnlineIn(application, broker.port(), filters)

const send = (topic: string, payload: string | Uint8Array) =>
  publishWithMosquitto({ port: broker.port(), topic, payload })

test.describe('with a connection of its own in one application', () => {
  const shared = clearedOnce((application) => application)

  /** With a connection of the test's own, in the application that all such tests share. */
  const onlineTogether = (...filters: readonly string[]) => personOnlineIn(shared(), broker.port(), filters)

  test('a message that three filters match is shown once, with all three', async () => {
    const person = await onlineTogether('a/+/c/d', 'a/#', '#')
    await send('a/b/c/d', 'same')
    await send('a/b/c/d', 'same')
    await person.expectCounter('received', 2)
    await expect(person.rows('a/b/c/d')).toHaveCount(2)
  })

  test('the tree is walked with the keyboard as trees are', async () => {
    const person = await onlineTogether('#')
    await send('k/one/deep', '1')
    await send('k/two', '2')
    await send('z', '3')
    await expect(person.treeItem('k/one/deep')).toBeVisible()
    await person.treeItem('k').click()
    await person.page.keyboard.press('ArrowLeft')
    await expect(person.treeItem('k')).toHaveAttribute('aria-expanded', 'false')
    await expect(person.treeItem('k/two')).toBeHidden()
    await person.page.keyboard.press('Shift+ArrowRight')
    await expect(person.treeItem('k/one/deep')).toBeVisible()
    await person.page.keyboard.press('End')
    await person.page.keyboard.press('Enter')
    await expect(person.treeItem('z')).toHaveAttribute('aria-selected', 'true')
    await expect(person.rows('k/two')).toHaveCount(0)
    await expect(person.rows('z')).toHaveCount(1)
  })

  test('searching topics finds levels and last values', async () => {
    const person = await onlineTogether('#')
    await send('shop/door', 'open')
    await send('shop/lamp', 'dark')
    await person.field('Search topics').fill('ope')
    await expect(person.treeItem('shop/door')).toBeVisible()
    await expect(person.treeItem('shop/lamp')).toBeHidden()
  })

  test('a muted subscription is counted and not shown, and comes back', async () => {
    const person = await onlineTogether('noise/#')
    await person.button('Mute noise/#').click()
    await expect(person.button('Unmute noise/#')).toBeVisible()
    await send('noise/1', 'x')
    await person.expectCounter('received', 1)
    await expect(person.rows('noise/1')).toHaveCount(0)
    await person.button('Unmute noise/#').click()
    await expect(person.rows('noise/1')).toHaveCount(1)
  })

  test('a removed subscription ends and is brought back by undo', async () => {
    const person = await onlineTogether('r/#')
    await person.button('Remove r/#').click()
    await expect(person.subscriptions.getByText('r/#', { exact: true })).toHaveCount(0)
    await person.button('Undo').click()
    await expect(person.subscriptions.getByText('r/#', { exact: true })).toBeVisible()
    await expect(person.subscriptions.locator('[data-state="granted"]')).toHaveCount(1)
    await send('r/1', 'x')
    await expect(person.treeItem('r/1')).toBeVisible()
  })

  test('the display pauses while counting goes on', async () => {
    const person = await onlineTogether('p/#')
    await send('p/1', 'x')
    await expect(person.rows('p/1')).toHaveCount(1)
    await person.button('Pause').click()
    await send('p/2', 'x')
    await person.expectCounter('received', 2)
    await expect(person.rows('p/2')).toHaveCount(0)
    await person.button('Pause').click()
    await expect(person.rows('p/2')).toHaveCount(1)
    await person.button('Clear messages').click()
    await expect(person.log.locator('[data-seq]')).toHaveCount(0)
    await person.expectCounter('received', 2)
    await person.expectCounter('kept', 0)
  })

  test('the log is filtered by text, and says what is hidden', async () => {
    const person = await onlineTogether('f/#')
    await send('f/1', 'needle')
    await send('f/2', 'hay')
    await expect(person.rows('f/2')).toHaveCount(1)
    await person.field('Filter messages').fill('NEED')
    await expect(person.rows('f/2')).toHaveCount(0)
    await expect(person.rows('f/1')).toHaveCount(1)
    await expect(person.page.getByText('1 of 2')).toBeVisible()
  })

  test('details show JSON as it came, hex, Base64 and the difference', async () => {
    const person = await onlineTogether('d')
    await send('d', '{"z":1,"a":9007199254740993,"x":1.10}')
    await send('d', '{"z":2,"a":9007199254740993,"x":1.10}')
    await expect(person.rows('d')).toHaveCount(2)
    await person.rows('d').last().click()
    await expect(person.details).toContainText('"a": 9007199254740993')
    await expect(person.details).toContainText('"x": 1.10')
    await person.details.getByRole('radio', { name: 'Base64' }).or(person.details.getByText('Base64')).first().click()
    await expect(person.details).toContainText(Buffer.from('{"z":2,"a":9').toString('base64'))
    await person.details.getByText('Difference', { exact: true }).click()
    await expect(person.details).toContainText('"z": 1')
    await expect(person.details).toContainText('"z": 2')
  })
})

test('a narrow log keeps each message on one line', async ({ clearedApplication }) => {
  const person = await online(clearedApplication, 'n/#')
  await send('n/1', 'needle')
  const row = person.rows('n/1')
  await expect(row).toHaveCount(1)
  const separator = await person.tree.evaluate((tree) => {
    const right = tree.getBoundingClientRect().right
    const all = [...document.querySelectorAll('[role="separator"]')].map((one) => one.getBoundingClientRect())
    const beside = all.find(({ left, height, width }) => height > width && Math.abs(left - right) < 12)
    return { x: beside?.left ?? 0, y: (beside?.top ?? 0) + 100 }
  })
  await person.page.mouse.move(separator.x, separator.y)
  await person.page.mouse.down()
  await person.page.mouse.move(2_000, separator.y, { steps: 4 })
  await person.page.mouse.up()
  await expect.poll(async () => (await row.boundingBox())?.width ?? 0).toBeLessThan(460)
  await expect(row.getByText('needle')).toBeVisible()
  const cells = await row
    .getByRole('gridcell')
    .evaluateAll((all) =>
      all
        .map((cell) => cell.getBoundingClientRect())
        .flatMap(({ y, width, height }) => (width > 0 ? y + height / 2 : [])),
    )
  expect(Math.max(...cells) - Math.min(...cells)).toBeLessThan(3)
})

test('wildcards cannot be published to, and hex is sent as bytes', async ({ clearedApplication }) => {
  const person = await online(clearedApplication, '#')
  const topic = person.publishForm.getByLabel('Topic', { exact: true })
  await person.publish('a/+/b', 'x')
  await expect(topic).toHaveAttribute('aria-invalid', 'true')
  await person.expectCounter('sent', 0)
  const listener = await subscribeWithMosquitto({ port: broker.port(), filters: ['hex'] })
  await topic.fill('hex')
  await person.publishForm.getByLabel('Payload', { exact: true }).fill('')
  await person.publishForm.getByLabel('Format', { exact: true }).selectOption('hex')
  await person.publishForm.getByLabel('Payload', { exact: true }).fill('00 ff 0a')
  await person.page.keyboard.press('Control+Enter')
  const [received] = await listener.waitForMessages(1)
  expect(received?.payload).toEqual(Buffer.from([0x00, 0xff, 0x0a]))
  await listener.stop()
})

test('a retained QoS 1 message is acknowledged and kept by the broker', async ({ clearedApplication }) => {
  const person = await online(clearedApplication, 'keep/#')
  await person.publishForm.getByLabel('QoS', { exact: true }).selectOption('1')
  await person.publishForm.getByLabel('Retain', { exact: true }).check()
  await person.publish('keep/me', 'remember')
  await expect(person.publishForm.getByText(/Acknowledged/)).toBeVisible()
  const kept = await receiveRawWithMosquitto({ port: broker.port(), filters: ['keep/me'] })
  expect(kept.toString()).toBe('remember')
  await expect(person.log.locator('[role="row"][data-outgoing="true"]')).toContainText('acknowledged')
})

test('a deleted connection comes back by undo', async ({ clearedApplication: { page } }) => {
  const person = personAt(page)
  await person.createProfile({ name: 'Fleeting', port: 1999 })
  const list = page.getByRole('navigation', { name: 'Connections' })
  await person.chooseProfile('Fleeting')
  await page.keyboard.press('Delete')
  await expect(list.getByText('Fleeting')).toHaveCount(0)
  await person.button('Undo').click()
  await expect(list.getByText('Fleeting')).toBeVisible()
})

test('language and theme switch at run time and are remembered', async ({ application }) => {
  const { page } = application
  await personAt(page).button('Settings').click()
  await page.getByLabel('Language', { exact: true }).selectOption('zh-CN')
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await page.getByLabel('主题外观', { exact: true }).selectOption('dark')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  const { page: again } = await application.relaunch()
  await expect(again.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await expect(again.locator('html')).toHaveAttribute('data-theme', 'dark')
})
