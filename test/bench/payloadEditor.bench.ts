import { expect } from '../support/application'
import { connectTo, test } from './benchBroker'
import { recordFrames } from './frames'
import { report } from './results'

const megabytes = 5
const keys = 60

/** Lines of members, as devices and tools write them. */
const largeJson = (): string => {
  const line = JSON.stringify(
    { id: 1_000_000, name: 'device', celsius: 21.578_125, tags: ['a', 'b'], on: true },
    null,
    1,
  )
  return `[${Array.from({ length: Math.ceil((megabytes * 2 ** 20) / (line.length + 2)) }, () => line).join(',\n')}]`
}

test('a JSON payload of megabytes is typed in', async ({ application, broker }) => {
  const { app, page } = application
  const person = await connectTo(page, broker)
  const payload = person.publishForm.getByLabel('Payload', { exact: true })
  await person.publishForm.getByLabel('Format', { exact: true }).selectOption('JSON')
  await app.evaluate(({ clipboard }, text) => clipboard.writeText(text), largeJson())
  await payload.click()
  await page.keyboard.press('Control+V')
  await expect(person.publishForm.getByText(/^5,\d{3},\d{3} bytes$/)).toBeVisible()
  await page.keyboard.press('Control+Home')

  await payload.evaluate((editor: HTMLElement & { waits?: number[] }) => {
    const waits: number[] = []
    editor.waits = waits
    editor.addEventListener('keydown', () => {
      const pressedAt = performance.now()
      requestAnimationFrame(() => setTimeout(() => waits.push(performance.now() - pressedAt)))
    })
  })
  const frames = await recordFrames(page)
  for (let key = 0; key < keys; key++) await page.keyboard.press('1')
  const { longestGapMs } = await frames.stop()
  const waits = await payload.evaluate((editor: HTMLElement & { waits?: number[] }) => editor.waits ?? [])
  const sorted = waits.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN

  report({
    measure: `typing in a JSON payload of ${megabytes} MiB: from key to frame, p50, p95; longest gap between frames`,
    value: `${at(0.5).toFixed(1)} ms, ${at(0.95).toFixed(1)} ms; ${Math.round(longestGapMs)} ms`,
    raw: { p50: at(0.5), p95: at(0.95), longestGapMs },
  })
})
