import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishFileWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder'

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

/** Starts to note the time between animation frames; answers a function that ends it and gives the longest. */
const watchFrames = async (page: Page) => {
  await page.evaluate(() => {
    const watch = { longest: 0, last: performance.now(), running: true }
    ;(window as unknown as { frameWatch: typeof watch }).frameWatch = watch
    const tick = (now: number) => {
      watch.longest = Math.max(watch.longest, now - watch.last)
      watch.last = now
      if (watch.running) requestAnimationFrame(tick)
    }
    requestAnimationFrame((now) => {
      watch.last = now
      requestAnimationFrame(tick)
    })
  })
  return () =>
    page.evaluate(() => {
      const watch = (window as unknown as { frameWatch: { longest: number; running: boolean } }).frameWatch
      watch.running = false
      return Math.round(watch.longest)
    })
}

/**
 * The longest gap between frames that passes: ten times what a person notices, or more where the machine has so much
 * other work that even a window at rest waits for its frames.
 */
const longestGap = async (page: Page): Promise<number> => {
  const framesAtRest = await watchFrames(page)
  await page.waitForTimeout(1_000)
  return Math.max(500, 8 * (await framesAtRest()))
}

/** Milliseconds, for whoever compares runs. */
const note = (figures: Readonly<Record<string, number>>) =>
  test.info().annotations.push({ type: 'figures', description: JSON.stringify(figures) })

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

  const framesOfArrival = await watchFrames(page)
  await publishFile('binary', payload)
  await person.expectCounter('received', 1)
  await expect(person.rows('binary')).toContainText('100 MiB')
  const arrival = await framesOfArrival()

  const framesOfReading = await watchFrames(page)
  const startedAt = performance.now()
  await person.rows('binary').click()
  const content = person.details.getByRole('group', { name: 'Payload content' })
  await expect(content).toContainText('00000000  ')
  await expect(person.details).toContainText('104,857,600 B')
  await expect(person.details.getByRole('progressbar')).toBeHidden()
  const readMs = Math.round(performance.now() - startedAt)
  const reading = await framesOfReading()

  const framesOfScrolling = await watchFrames(page)
  await content.focus()
  await content.press('End')
  await expect(content).toContainText('here it ends.')
  await expect(content).toContainText('063ffff0  ')
  await content.evaluate((element) => (element.scrollTop = element.scrollHeight / 2))
  await expect(content).toContainText('0320')
  await content.evaluate((element) => (element.scrollTop = element.scrollHeight))
  await expect(content).toContainText('here it ends.')
  const scrolling = await framesOfScrolling()

  note({ arrival, reading, scrolling, readMs })
  expect(Math.max(arrival, reading, scrolling)).toBeLessThan(await longestGap(page))
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

  const frames = await watchFrames(page)
  const startedAt = performance.now()
  await person.details.getByRole('button', { name: 'Read the rest' }).click()
  const content = person.details.getByRole('group', { name: 'Payload content' })
  await expect(person.details.getByRole('progressbar')).toBeHidden()
  const readMs = Math.round(performance.now() - startedAt)
  await content.focus()
  await expect
    .poll(async () => {
      await content.press('End')
      return content.textContent()
    })
    .toContain('the last line')
  const linesMs = Math.round(performance.now() - startedAt)
  const longest = await frames()
  note({ longest, readMs, linesMs })
  expect(longest).toBeLessThan(await longestGap(page))
})
