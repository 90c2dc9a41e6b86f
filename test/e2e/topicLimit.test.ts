import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personOnlineIn } from '../support/personOnline'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

test('topics have a limit that is told, and are forgotten with a clear and a new session', async ({
  clearedApplication,
}) => {
  const port = broker.port()
  await publishWithMosquitto({ port, topic: 'kept', payload: 'k', retain: true })
  const person = await personOnlineIn(clearedApplication, port, ['#'])
  const { page } = person
  await expect(person.treeItem('kept')).toBeVisible()
  // Nobody knows when it was published.
  await expect(person.treeItem('kept')).toContainText('–')

  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const limit = page.getByLabel('Most topics', { exact: true })
  await limit.fill('1000')
  await page.getByRole('button', { name: 'Done', exact: true }).click()

  const publishTopics = (prefix: string, count: number) =>
    page.evaluate(
      async ([topicPrefix, topics]) => {
        const { bridge } = window as unknown as { bridge: { invoke(name: string, input: unknown): Promise<unknown> } }
        const snapshot = (await bridge.invoke('app.snapshot', undefined)) as {
          value: { openConnectionId: string }
        }
        const connectionId = snapshot.value.openConnectionId
        const request = { connectionId, payload: new Uint8Array([49]), qos: 0, retain: false, properties: {} }
        for (let topic = 0; topic < topics; topic += 1)
          await bridge.invoke('message.publish', { ...request, topic: `${topicPrefix}/${topic}` })
      },
      [prefix, count] as const,
    )
  await publishTopics('many', 1_005)
  const note = page.getByText(/more topics? not kept/)
  await expect(note).toHaveText('6 more topics not kept')
  await person.expectCounter('received', 1_006)
  await expect(person.treeItem('many')).toContainText('999 topics')
  // Nothing is missing in the log.
  await expect(person.log.getByText('many/1004', { exact: true }).first()).toBeVisible()

  await person.button('Clear messages').click()
  await expect(note).toHaveCount(0)
  await publishTopics('other', 3)
  await expect(person.treeItem('other')).toContainText('3 topics')

  await person.button('Disconnect').click()
  await expect(person.status).toHaveText(/Offline/)
  await expect(person.treeItem('other')).toBeVisible()
  await person.connect()
  // The tree begins anew with what the broker keeps, and the log goes on.
  await expect(person.treeItem('kept')).toBeVisible()
  await expect(person.treeItem('kept')).toContainText('–')
  await expect(person.treeItem('other')).toHaveCount(0)
  await expect(person.log.getByText('other/2', { exact: true }).first()).toBeVisible()
})
