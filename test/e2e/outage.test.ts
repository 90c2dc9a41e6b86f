import { expect, test } from '../support/application'
import { startMosquitto } from '../support/mosquitto'
import { publishLinesWithMosquitto, publishWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'

test('a broker that is killed and comes back costs nothing that was shown', async ({ launch }) => {
  const broker = await startMosquitto()
  try {
    const { page } = await launch({ arguments: [`mqtt://127.0.0.1:${broker.port()}`, '--subscribe', 'x/#'] })
    const person = personAt(page)
    await expect(person.status).toHaveText(/Online/)
    await publishWithMosquitto({ port: broker.port(), topic: 'x/before', payload: '1' })
    await expect(person.treeItem('x/before')).toBeVisible()

    await broker.halt('SIGKILL')
    await expect(person.status).toHaveText(/Waiting|Connecting/)
    await expect(person.treeItem('x/before')).toBeVisible()
    await expect(person.rows('x/before')).toHaveCount(1)

    await broker.start()
    await expect(person.status).toHaveText(/Online/, { timeout: 40_000 })
    // The filter is sent again after each connect; a message shows that the broker has it.
    await expect(async () => {
      await publishWithMosquitto({ port: broker.port(), topic: 'x/after', payload: '2' })
      await expect(person.treeItem('x/after')).toBeVisible({ timeout: 500 })
    }).toPass()
    await expect(person.treeItem('x/before')).toBeVisible()
  } finally {
    await broker.stop()
  }
})

test('20,000 messages as fast as mosquitto sends them are all counted', async ({ launch }) => {
  const broker = await startMosquitto({ settings: ['max_queued_messages 0'] })
  try {
    const { page } = await launch({ arguments: [`mqtt://127.0.0.1:${broker.port()}`, '--subscribe', 'flood/#'] })
    const person = personAt(page)
    await expect(person.status).toHaveText(/Online/)
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
