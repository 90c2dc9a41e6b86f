import type { ElectronApplication, Page } from '@playwright/test'
import type { EventMessage } from '../../shared/contract'
import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishLinesWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'
import { openSavedConnection } from '../support/savedConnection'

const clientId = 'behind-the-window'
// The broker drops a client that is silent for one and a half of it.
const keepaliveSeconds = 4

let broker: Mosquitto

test.beforeEach(async () => {
  broker = await startMosquitto({ settings: ['max_queued_messages 0'] })
})
test.afterEach(() => broker.stop())

const openConnection = async (page: Page) => {
  await openSavedConnection(page, { port: broker.port(), filter: 'plant/#', qos: 1, clientId, keepaliveSeconds })
}

/** What the broker logs of us from now on: packets it received, and every end of the connection. */
const watchBroker = () => {
  const start = broker.log().length
  const log = () => broker.log().slice(start)
  const count = (packet: string) => log().split(`Received ${packet} from ${clientId}`).length - 1
  const expectAtLeast = (packet: string, wanted: number) =>
    expect.poll(() => count(packet), { message: packet }).toBeGreaterThanOrEqual(wanted)
  const ends = () =>
    log()
      .split('\n')
      .filter((line) => line.includes(`Client ${clientId} `))
  return { ends, expectAtLeast }
}

const publish = (first: number, count: number) =>
  publishLinesWithMosquitto({
    port: broker.port(),
    qos: 1,
    topic: 'plant/all',
    lines: Array.from({ length: count }, (_, index) => `value ${first + index}`),
  })

const expectAllShown = async (page: Page, count: number) => {
  const person = personAt(page)
  await person.expectCounter('received', count)
  await person.expectCounter('kept', count)
  await person.expectCounter('dropped', 0)
  await expect(person.log).toHaveAttribute('aria-rowcount', String(count + 1))
  await expect(person.log.getByRole('row').last()).toContainText(`value ${count}`)
  await expect(person.treeItem('plant/all')).toContainText(`value ${count}`)
  await expect(person.status).toHaveText(/Online/)
}

const setShown = (app: ElectronApplication, shown: boolean) =>
  app.evaluate(({ BrowserWindow }, wanted) => {
    const window = BrowserWindow.getAllWindows()[0]!
    if (wanted) window.show()
    else window.hide()
    return window.isVisible()
  }, shown)

/** Answers what the page was told so far of being hidden. */
const listenForHiding = async (page: Page) => {
  const told = await page.evaluateHandle(() => {
    const hidden: boolean[] = []
    window.bridge.onEvent((message) => {
      const { name, payload } = message as EventMessage
      if (name === 'window.hiddenChanged') hidden.push(payload.hidden)
    })
    return hidden
  })
  return () => told.jsonValue()
}

test('a hidden window costs no keepalive and no message', async ({ clearedApplication: { app, page } }) => {
  await openConnection(page)
  const told = await listenForHiding(page)
  expect(await setShown(app, false)).toBe(false)
  const { ends, expectAtLeast } = watchBroker()
  await publish(1, 500)
  await expectAtLeast('PINGREQ', 2)
  await publish(501, 500)
  await expectAtLeast('PUBACK', 1_000)
  expect(ends()).toEqual([])
  expect(await setShown(app, true)).toBe(true)
  await expectAllShown(page, 1_000)
  expect(await told()).toEqual([true, false])
})

test('a page loaded anew while the window is hidden knows it', async ({ clearedApplication: { app, page } }) => {
  const isHidden = () =>
    page.evaluate(async () => {
      const answer = (await window.bridge.invoke('app.snapshot', undefined)) as { value: { windowHidden: boolean } }
      return answer.value.windowHidden
    })
  const isVisible = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isVisible())
  await expect.poll(isVisible).toBe(true)
  await expect.poll(isHidden).toBe(false)
  await setShown(app, false)
  await expect.poll(isHidden).toBe(true)
  await page.reload()
  expect(await isHidden()).toBe(true)
  await setShown(app, true)
  await expect.poll(isHidden).toBe(false)
})

test('a frozen page keeps the main process from nothing', async ({ clearedApplication: { app, page } }) => {
  await openConnection(page)
  const pid = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId())
  const { ends, expectAtLeast } = watchBroker()
  process.kill(pid, 'SIGSTOP')
  try {
    await publish(1, 2_000)
    await expectAtLeast('PUBACK', 2_000)
    await expectAtLeast('PINGREQ', 2)
    expect(ends()).toEqual([])
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  await expectAllShown(page, 2_000)
})
