import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '../support/application'
import { publishFileWithMosquitto } from '../support/mosquittoClients'
import { createTemporaryFolder } from '../support/temporaryFolder'
import { connectTo, test } from './benchBroker'
import { recordFrames } from './frames'
import { report } from './results'

const megabytes = 100

test('a large payload arrives, is read and scrolled through', async ({ application, broker }) => {
  const { page } = application
  const folder = createTemporaryFolder('large-payload')
  const file = join(folder.path, 'payload')
  writeFileSync(file, randomBytes(megabytes * 2 ** 20))
  const person = await connectTo(page, broker)

  const frames = await recordFrames(page)
  await publishFileWithMosquitto({ port: broker.port(), topic: 'large', file, qos: 1 })
  await person.expectCounter('received', 1)
  const startedAt = performance.now()
  await person.rows('large').click()
  const content = person.details.getByRole('group', { name: 'Payload content' })
  await expect(content).toContainText('00000000  ')
  await expect(person.details.getByRole('progressbar')).toBeHidden()
  const readMs = performance.now() - startedAt
  await content.press('End')
  await expect(content).toContainText('063ffff0  ')
  const { longestGapMs } = await frames.stop()
  folder.remove()

  report({
    measure: `a payload of ${megabytes} MiB: read when opened; longest gap between frames from arrival to its end`,
    value: `${Math.round(readMs)} ms; ${Math.round(longestGapMs)} ms`,
    raw: { readMs, longestGapMs },
  })
})
