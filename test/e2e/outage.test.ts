import { expect, test } from '../support/application'
import { startMosquitto } from '../support/mosquitto'
import { publishLinesWithMosquitto, publishWithMosquitto } from '../support/mosquittoClients'
import { personOnlineIn } from '../support/personOnline'
import { openSavedConnection } from '../support/savedConnection'

const filters = ['a/+/c/d', 'a/#', '#']

/** How often the broker granted one of the filters so far. */
const grantsIn = (log: string, filter: string) =>
  log.split('\n').filter((line) => line.includes(`\t${filter} (QoS`)).length

test('a broker that is gone for several tries costs nothing that was shown', async ({ clearedApplication }) => {
  const broker = await startMosquitto()
  try {
    const person = await personOnlineIn(clearedApplication, broker.port(), filters)
    const { page } = person
    const send = (topic: string) => publishWithMosquitto({ port: broker.port(), topic, payload: topic })
    const expectShown = async (topic: string) => {
      await expect(person.treeItem(topic)).toBeVisible()
      await expect(person.rows(topic)).toHaveCount(1)
    }
    await expect(person.subscriptions.locator('[data-state="granted"]')).toHaveCount(3)
    const before = ['a/b/c/d', 'a/x', 'other']
    for (const topic of before) await send(topic)
    await person.expectCounter('received', before.length)
    await person.expectCounter('kept', before.length)
    const logBefore = broker.log().length

    await broker.halt('SIGKILL')
    await expect(person.status).toHaveText(/Waiting|Connecting/)
    await expect(page.getByText(/^Try [3-9] in /)).toBeVisible()
    for (const topic of before) await expectShown(topic)
    await person.expectCounter('received', before.length)
    await person.expectCounter('kept', before.length)

    await broker.start()
    await expect(person.status).toHaveText(/Online/)
    for (const filter of filters)
      await expect.poll(() => grantsIn(broker.log().slice(logBefore), filter), { message: filter }).toBe(1)
    await expect(person.subscriptions.locator('[data-state="granted"]')).toHaveCount(3)
    await send('a/after/c/d')
    await expectShown('a/after/c/d')
    await person.expectCounter('received', before.length + 1)
    await person.expectCounter('kept', before.length + 1)
    for (const topic of before) await expectShown(topic)
  } finally {
    await broker.stop()
  }
})

test('20,000 messages as fast as mosquitto sends them are all counted', async ({ clearedApplication }) => {
  const broker = await startMosquitto({ settings: ['max_queued_messages 0'] })
  try {
    const person = await personOnlineIn(clearedApplication, broker.port(), ['flood/#'])
    await expect(person.subscriptions).toContainText('flood/#')
    const lines = Array.from({ length: 20_000 }, (_, index) => `{"n":${index}}`)
    await publishLinesWithMosquitto({ port: broker.port(), topic: 'flood/all', lines })
    await person.expectCounter('received', 20_000)
    await person.expectCounter('kept', 20_000)
    await person.expectCounter('dropped', 0)
    await expect(person.treeItem('flood/all')).toContainText('{"n":19999}')
  } finally {
    await broker.stop()
  }
})

test('20,000 messages that waited for the session are shown once each and in order', async ({
  clearedApplication: { page },
}) => {
  const broker = await startMosquitto({ settings: ['max_queued_messages 0'] })
  try {
    const kept = { cleanStart: false, sessionExpirySeconds: 600 }
    const person = await openSavedConnection(page, { port: broker.port(), filter: 'queue/#', qos: 2, ...kept })
    await person.button('Disconnect').click()
    await expect(person.status).toHaveText(/Offline/)
    for (const qos of [1, 2] as const) {
      const lines = Array.from({ length: 10_000 }, (_, index) => `QoS ${qos} value ${index}`)
      await publishLinesWithMosquitto({ port: broker.port(), topic: `queue/${qos}`, qos, lines })
    }
    await person.connect()
    await person.expectCounter('received', 20_000)
    await person.expectCounter('kept', 20_000)
    await person.expectCounter('dropped', 0)
    await expect(person.log.locator('[data-seq="20000"]')).toContainText('QoS 2 value 9999')
    await expect(person.log.locator('[data-seq="19999"]')).toContainText('QoS 2 value 9998')
    await expect(person.treeItem('queue/1')).toContainText('QoS 1 value 9999')
    await expect(person.treeItem('queue/2')).toContainText('QoS 2 value 9999')
    await person.log.click()
    await page.keyboard.press('Home')
    await expect(person.log.locator('[data-seq="1"]')).toContainText('QoS 1 value 0')
  } finally {
    await broker.stop()
  }
})
