import { statSync } from 'node:fs'
import { join } from 'node:path'
import { createTemporaryFolder } from '../support/temporaryFolder'
import { arrivedReached, connectTo, expect, test } from './benchBroker'
import { recordFrames } from './frames'
import { readUse } from './processes'
import { report } from './results'

/** So many are exported; TOPICSCOPE_EXPORTED has another number, for a machine that is busy. */
const chosen = Number(process.env['TOPICSCOPE_EXPORTED'] ?? 1_000_000)

for (const [format, item] of [
  ['jsonl', 'JSON lines'],
  ['csv', 'CSV'],
  ['parquet', 'Parquet'],
] as const) {
  test(`export of ${chosen} messages as ${format}`, async ({ application, broker, publisher }) => {
    const { page, app } = application
    const person = await connectTo(page, broker)
    const folder = createTemporaryFolder('export')
    const path = join(folder.path, `messages.${format}`)
    try {
      await publisher.flood({ rate: 20_000, count: chosen, topics: 1_000 })
      await arrivedReached(page, chosen)
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
      }, path)
      await person.log.focus()
      await page.keyboard.press('Control+K')
      await page.keyboard.insertText('export messages')
      await page.getByRole('option').first().click()
      const dialog = page.getByRole('dialog', { name: 'Export messages' })
      await dialog.getByRole('radio', { name: item }).check()
      const before = (await readUse(app)).bytes
      const frames = await recordFrames(page)
      await dialog.getByRole('button', { name: 'Export…' }).click()
      const startedAt = performance.now()
      let most = before
      const done = dialog.locator(`[data-export="done"][data-exported="${chosen}"]`)
      const isDone = async () => {
        most = Math.max(most, (await readUse(app)).bytes)
        return done.isVisible()
      }
      await expect.poll(isDone, { intervals: [250], timeout: 0 }).toBe(true)
      const seconds = (performance.now() - startedAt) / 1_000
      const { longestGapMs } = await frames.stop()
      const size = statSync(path).size
      report({
        measure: `export of ${chosen} messages of 150 bytes as ${format} (${(size / 2 ** 20).toFixed(0)} MiB)`,
        value: `${seconds.toFixed(1)} s, longest frame ${longestGapMs.toFixed(0)} ms, ${((most - before) / 2 ** 20).toFixed(0)} MiB more`,
        target: 'no frame over 50 ms, memory that does not grow with the file',
        raw: { seconds, longestGapMs, size, grown: most - before },
      })
      expect(size).toBeGreaterThan(format === 'parquet' ? 0 : chosen * 150)
    } finally {
      folder.remove()
    }
  })
}
