import { publishWithMosquitto, subscribeWithMosquitto } from '../support/mosquittoClients'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { expect, test } from '../support/application'
import { personAt } from '../support/person'

const users = { sam: 'correct horse' }
const user = { name: 'sam', password: users.sam }
let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto({ users })
})
test.afterAll(() => broker.stop())

test('a saved profile connects after a restart, shows what comes and sends back byte for byte', async ({ launch }) => {
  const first = await launch()
  await personAt(first.page).createProfile({ name: 'Plant', port: broker.port(), username: 'sam', password: users.sam })
  const second = await first.relaunch()
  const person = personAt(second.page)
  await person.chooseProfile('Plant')
  await person.button('Connect').click()
  // Without a keyring a password lives as long as the application: it is asked for.
  const dialog = second.page.getByRole('dialog')
  await dialog.getByLabel('Password', { exact: true }).fill(users.sam)
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(person.status).toHaveText(/Online/)

  for (const filter of ['a/+/c/d', 'a/#', '#']) await person.subscribe(filter)
  const payload = '{"id":12345678901234567890,"t":21.50}'
  await publishWithMosquitto({ port: broker.port(), user, topic: 'a/b/c/d', payload })
  await person.expectCounter('received', 1)
  await expect(person.treeItem('a/b/c/d')).toContainText('12345678901234567890')
  await expect(person.rows('a/b/c/d')).toHaveCount(1)

  await person.rows('a/b/c/d').click()
  for (const filter of ['a/+/c/d', 'a/#', '#'])
    await expect(person.details.getByText(filter, { exact: true }).first()).toBeVisible()
  await expect(person.details).toContainText('12345678901234567890')

  const listener = await subscribeWithMosquitto({ port: broker.port(), user, filters: ['back/#'] })
  await person.publish('back/住家', '{ "溫度": 21.50,\n  "ok": true }')
  const [received] = await listener.waitForMessages(1)
  expect(received?.topic).toBe('back/住家')
  expect(received?.payload.toString('utf8')).toBe('{ "溫度": 21.50,\n  "ok": true }')
  await person.expectCounter('sent', 1)
  await expect(person.treeItem('back/住家')).toBeVisible()
  await listener.stop()
})

test('a wrong password names itself and stops trying', async ({ clearedApplication }) => {
  const person = personAt(clearedApplication.page)
  await person.createProfile({ name: 'Wrong', port: broker.port(), username: 'sam', password: 'battery staple' })
  await person.button('Connect').click()
  await expect(person.status).toHaveText(/Failed/)
  await expect(
    clearedApplication.page.getByText(/username and password|Not authorized|user name or password/i).first(),
  ).toBeVisible()
})

test('topics and payloads in Chinese stand as they were sent', async ({ clearedApplication }) => {
  const person = personAt(clearedApplication.page)
  await person.createProfile({ name: 'Home', port: broker.port(), username: 'sam', password: users.sam })
  await person.connect()
  await person.subscribe('住家/#')
  await publishWithMosquitto({ port: broker.port(), user, topic: '住家/客廳/溫度', payload: '{"溫度":"二十一"}' })
  await expect(person.treeItem('住家/客廳/溫度')).toContainText('二十一')
  await expect(
    clearedApplication.page.getByRole('treeitem', { name: '溫度: {"溫度":"二十一"}', exact: true }),
  ).toHaveAttribute('data-topic', '住家/客廳/溫度')
})

test('the command line opens, connects and subscribes', async ({ launch }) => {
  const url = `mqtt://sam:${encodeURIComponent(users.sam)}@127.0.0.1:${broker.port()}`
  const { page } = await launch({ arguments: [url, '--subscribe', 'load/#', '--qos', '1'] })
  const person = personAt(page)
  await expect(person.status).toHaveText(/Online/)
  await expect(person.subscriptions.getByText('load/#', { exact: true }).first()).toBeVisible()
  await publishWithMosquitto({ port: broker.port(), user, topic: 'load/1', payload: 'x', qos: 1 })
  await person.expectCounter('received', 1)
})
