import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishFileWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder'
import { viewsIn } from '../support/workspace'

const size = 100 * 2 ** 20

let broker: Mosquitto
let folder: TemporaryFolder

test.beforeAll(async () => {
  broker = await startMosquitto()
  folder = createTemporaryFolder('large-payload')
})
test.afterAll(async () => {
  await broker.stop()
  folder.remove()
})

const publishFile = async (name: string, payload: Buffer, qos: 0 | 1 = 1) => {
  const file = join(folder.path, name)
  writeFileSync(file, payload)
  await publishFileWithMosquitto({ port: broker.port(), topic: name, file, qos })
}

test('a binary payload of 100 MB is shown from its first byte to its last', async ({ launch }) => {
  const { page } = await launch({ arguments: [`mqtt://127.0.0.1:${broker.port()}`, '--subscribe', 'binary'] })
  const person = personAt(page)
  await expect(person.status).toHaveText(/Online/)
  const block = randomBytes(2 ** 20)
  const payload = Buffer.concat(Array.from({ length: 100 }, () => block))
  payload.write('here it ends.', size - 13)

  await publishFile('binary', payload)
  await person.expectCounter('received', 1)
  await expect(person.rows('binary')).toContainText('100 MiB')

  await person.rows('binary').click()
  const content = person.details.getByRole('group', { name: 'Payload content' })
  // With all the room it has sixteen bytes in a row.
  await viewsIn(page).tab('Details').dblclick()
  await expect(content).toContainText(/00000000 {2}([\da-f]{2} ){8} [\da-f]{2} /)
  await expect(person.details).toContainText('104,857,600 B')
  await expect(person.details.getByRole('progressbar')).toBeHidden()

  await content.focus()
  await content.press('End')
  await expect(content).toContainText('here it ends.')
  await expect(content).toContainText('063ffff0  ')
  await content.evaluate((element) => (element.scrollTop = element.scrollHeight / 2))
  await expect(content).toContainText('0320')
  await content.evaluate((element) => (element.scrollTop = element.scrollHeight))
  await expect(content).toContainText('here it ends.')
})

test('a text of 100 MB is read line by line, and reading it can be cancelled', async ({ launch }) => {
  const { page } = await launch({ arguments: [`mqtt://127.0.0.1:${broker.port()}`, '--subscribe', 'text'] })
  const person = personAt(page)
  await expect(person.status).toHaveText(/Online/)
  const line = `{"plant":"north","line":4,"temperature":21.5,"state":"running","note":"naïve 溫度"}\n`
  const payload = Buffer.from(line.repeat(Math.ceil(size / Buffer.byteLength(line))) + 'the last line')
  await publishFile('text', payload, 0)
  await person.expectCounter('received', 1)

  await person.rows('text').click()
  const cancel = person.details.getByRole('button', { name: 'Cancel' })
  await cancel.click()
  await expect(person.details).toContainText('Only the first 64 KiB are shown.')
  await expect(person.details.getByRole('button', { name: /^Copy payload/ })).toBeDisabled()

  await person.details.getByRole('button', { name: 'Read the rest' }).click()
  const content = person.details.getByRole('group', { name: 'Payload content' })
  await expect(person.details.getByRole('progressbar')).toBeHidden()
  await content.focus()
  await expect
    .poll(async () => {
      await content.press('End')
      return content.textContent()
    })
    .toContain('the last line')
})
