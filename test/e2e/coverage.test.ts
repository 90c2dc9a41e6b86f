import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personOnlineBy, personOnlineIn } from '../support/personOnline'
import { createTemporaryFolder } from '../support/temporaryFolder'

let broker: Mosquitto
const folder = createTemporaryFolder('dynamic-security')

/** An ACL file says nothing of SUBSCRIBE; this plugin, which mosquitto comes with, refuses it. */
const pluginPath = () => {
  const libraries = ['/usr/lib', '/usr/local/lib', ...readdirSync('/usr/lib').map((name) => join('/usr/lib', name))]
  const found = libraries.map((path) => join(path, 'mosquitto_dynamic_security.so')).find((path) => existsSync(path))
  if (found) return found
  throw new Error(
    `The plugin mosquitto_dynamic_security.so of mosquitto 2 is in none of ${libraries.length} folders of /usr/lib and /usr/local/lib. On Debian and its kin the package mosquitto brings it: apt-get install mosquitto`,
  )
}

const refusing = (filter: string) => {
  const file = join(folder.path, 'dynamic-security.json')
  const access = { publishClientSend: true, publishClientReceive: true, subscribe: true, unsubscribe: true }
  const acls = [{ acltype: 'subscribePattern', topic: filter, priority: 1, allow: false }]
  const configuration = {
    defaultACLAccess: access,
    anonymousGroup: 'everyone',
    groups: [{ groupname: 'everyone', roles: [{ rolename: 'limited' }] }],
    roles: [{ rolename: 'limited', acls }],
    clients: [],
  }
  writeFileSync(file, JSON.stringify(configuration), { mode: 0o600 })
  return [`plugin ${pluginPath()}`, `plugin_opt_config_file ${file}`]
}

test.beforeAll(async () => {
  broker = await startMosquitto({ settings: refusing('secret/#') })
})
test.afterAll(async () => {
  await broker.stop()
  folder.remove()
})

const send = (topic: string) => publishWithMosquitto({ port: broker.port(), topic, payload: 'value', qos: 1 })

test('the coverage map says what each filter matches, what is redundant, silent or refused', async ({
  clearedApplication,
}) => {
  const person = await personOnlineIn(clearedApplication, broker.port(), ['a/#', 'a/+/c', 'b/none', 'secret/#'])
  const { page } = person
  await expect(person.subscriptions.locator('[data-state="granted"]')).toHaveCount(3)
  for (const topic of ['a/1/c', 'a/2/c', 'a/3']) await send(topic)
  await person.expectCounter('received', 3)
  await person.button('Coverage map').click()
  const dialog = page.getByRole('dialog', { name: /^Coverage map/ })
  const button = (name: string | RegExp) => dialog.getByRole('button', { name })
  const item = (filter: string) => dialog.locator(`li[data-filter="${filter}"]`)
  const topic = (name: string) => dialog.locator(`[data-topic="${name}"]`)

  await expect(button('1 redundant')).toBeVisible()
  await expect(button('1 refused')).toBeVisible()
  await expect(button(/^1 without a message, for up to \d+ (s|min)$/)).toBeVisible()
  await expect(item('a/#')).toContainText('3 topics · 1 only here · 3 messages')
  await expect(item('a/+/c')).toContainText('2 topics · 0 only here · 2 messages')
  await expect(item('a/+/c')).toContainText('Redundant: a/# matches every topic that it can match')
  await expect(item('a/+/c')).toContainText('It can be removed without losing a topic.')
  await expect(item('b/none')).toContainText(/No message yet\. Granted \d+ (s|min) ago\./)
  await expect(item('secret/#')).toContainText(/Not authorized.*Ask for this user to be allowed/)
  await expect(item('secret/#')).toContainText('Matches nothing now')

  await expect(topic('a/1/c')).toHaveText('a/1/ca/#a/+/c')
  await expect(topic('a/3')).toHaveText('a/3a/#')
  await button('More than one 2').click()
  await expect(dialog.getByText('2 of 3 topics')).toBeVisible()
  await expect(topic('a/3')).toHaveCount(0)

  await button('Overlaps').click()
  await expect(dialog.getByText('a/# matches every topic that a/+/c matches, and more.')).toBeVisible()
  await expect(dialog.getByText('Pairs with topics in common: 1. Disjoint pairs, not listed: 2.')).toBeVisible()
  const pairs = dialog.getByRole('list', { name: 'Overlapping pairs' })
  await expect(pairs).toContainText('2 known topics, for example a/1/c')
  await dialog.getByLabel('with', { exact: true }).selectOption('b/none')
  await expect(dialog.getByText(/^No topic can match both a\/# and b\/none\. Level 1 must be “a”/)).toBeVisible()

  // Numbers follow what comes, also what no filter in force matches any more.
  await send('a/4/c')
  await expect(item('a/+/c')).toContainText('3 topics · 0 only here · 3 messages')
  await item('a/+/c').getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(item('a/+/c')).toHaveCount(0)
  await expect(button('1 redundant')).toBeHidden()
  await expect(item('a/#')).toContainText('4 topics · 4 only here · 4 messages')
  await button('Undo').click()
  await expect(button('1 redundant')).toBeVisible()
  await item('a/#').hover()
  await button('Switch a/# off').click()
  await expect(button('Topics no filter matches: 1')).toBeVisible()
  await item('b/none').getByRole('button', { name: 'Probe', exact: true }).click()
  await expect(dialog).toBeHidden()
})

test('a refusal is read to its end in a window of the usual size, and the tree waits for nothing', async ({
  clearedApplication,
}) => {
  const { app, page } = clearedApplication
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setBounds({ width: 1280, height: 800 }))
  const asked = [`mqtt://127.0.0.1:${broker.port()}`, '--protocol-version', '3.1.1', '--subscribe', 'secret/#']
  const person = await personOnlineBy(clearedApplication, asked)
  const reason = person.subscriptions.getByText('Refused; MQTT 3.1.1 gives no reason (often: not allowed).')
  await expect(reason).toBeVisible()
  expect(
    await reason.evaluate(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => [
      scrollWidth - clientWidth,
      scrollHeight - clientHeight,
    ]),
  ).toEqual([0, 0])
  await expect(page.getByText('No filter is granted')).toBeVisible()
  await expect(page.getByText('Waiting for messages')).toHaveCount(0)
})
