import { expect, test } from '../support/application'
import { personAt } from '../support/person'
import { politely, startFakeServer } from '../integration/sessionFakeServer'
import { openSavedConnection } from '../support/savedConnection'

test('a message the broker closes on is named, held back and offered; dropped, the connection stays', async ({
  clearedApplication,
}) => {
  // A broker that ends the connection on one topic, as those do before MQTT 5 that do not allow it.
  const server = await startFakeServer((packet, connection) => {
    if (packet.cmd === 'publish' && packet.topic.startsWith('forbidden/')) connection.socket.end()
    else politely(undefined, { sessionPresent: connection.number > 1 })(packet, connection)
  }, 4)
  try {
    const { page } = clearedApplication
    await openSavedConnection(page, {
      port: server.port,
      filter: 'good/#',
      qos: 0,
      protocolVersion: '3.1.1',
      cleanStart: false,
    })
    const person = personAt(page)
    const form = person.publishForm
    const outcome = form.getByRole('status')
    const publish = async (topic: string, qos: string) => {
      await form.getByLabel('Topic', { exact: true }).fill(topic)
      await form.getByLabel('QoS', { exact: true }).selectOption(qos)
      await person.button('Publish').click()
    }

    await publish('forbidden/x', '1')
    const held = page.getByRole('list', { name: 'Messages held back' })
    await expect(held).toContainText('right after PUBLISH to forbidden/x (QoS 1')
    await expect(person.log.locator('[data-seq="1"]')).toContainText('held back')
    await expect(outcome).toContainText('Held back')
    await expect(person.status).toHaveText(/Online/)
    await expect(person.subscriptions.locator('[data-state="granted"]')).toHaveCount(1)
    const connections = server.connections.length

    await publish('good/x', '1')
    await expect(outcome).toHaveAttribute('title', /MQTT 3.1.1 says no more/)
    await held.getByRole('button', { name: 'Drop the message' }).click()
    await expect(held).toBeHidden()
    await expect(person.log.locator('[data-seq="1"]')).toContainText('dropped')
    await expect(person.status).toHaveText(/Online/)
    expect(server.connections).toHaveLength(connections)

    await person.log.locator('[data-seq="1"]').click()
    const packets = person.details.getByRole('table', { name: 'Packets of the delivery' })
    await expect(packets).toContainText('PUBLISH DUP')
    await expect(person.details).toContainText('sent 2 times, after the first with DUP')

    await publish('forbidden/y', '0')
    await expect(outcome).toContainText('closed the connection right after this PUBLISH')
    await expect(person.log.locator('[data-seq="3"]')).toContainText('then the broker closed')
    await expect(person.status).toHaveText(/Online/)
  } finally {
    await server.stop()
  }
})
