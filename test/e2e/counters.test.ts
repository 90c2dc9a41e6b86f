import type { Page } from '@playwright/test'
import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { personOnlineIn } from '../support/personOnline'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const names = ['received', 'sent', 'kept', 'evicted', 'cleared', 'dropped', 'damaged', 'skipped', 'copies'] as const
type Counts = Record<(typeof names)[number], number>

const countersOf = async (page: Page): Promise<Counts> => {
  const entries = await page
    .locator('[data-counter]')
    .evaluateAll((all) =>
      all.map((one) => [one.getAttribute('data-counter') ?? '', Number(one.getAttribute('data-value'))]),
    )
  expect(entries.map(([name]) => name)).toEqual([...new Set(entries.map(([name]) => name))])
  return Object.fromEntries(entries) as Counts
}

/** Every message is in one place. */
const expectSum = async (page: Page) => {
  const { received, sent, kept, evicted, cleared, dropped, damaged } = await countersOf(page)
  expect(kept + evicted + cleared + dropped + damaged).toBe(received + sent)
}

test('counters are found without hovering, are seen where something is out of the ordinary, and add up', async ({
  clearedApplication,
}) => {
  const person = await personOnlineIn(clearedApplication, broker.port(), ['#'])
  const { page } = person
  /** Each comes back, so that it counts twice. */
  const publish = (count: number) =>
    page.evaluate(async (messages) => {
      const { bridge } = window as unknown as { bridge: { invoke(name: string, input: unknown): Promise<unknown> } }
      const snapshot = (await bridge.invoke('app.snapshot', undefined)) as { value: { openConnectionId: string } }
      const connectionId = snapshot.value.openConnectionId
      for (let at = 0; at < messages; at += 1) {
        const request = { connectionId, topic: `c/${at % 7}`, payload: new Uint8Array([49]), qos: 0, retain: false }
        await bridge.invoke('message.publish', { ...request, properties: {} })
      }
    }, count)
  const seen = (name: string) => page.locator(`:not(.visually-hidden) > [data-counter="${name}"]`)
  const card = page.getByText(/Every message received or sent/)

  await test.step('what is usual is on the card', async () => {
    await publish(10)
    await person.expectCounter('received', 10)
    await expect(page.locator('[data-counter]')).toHaveCount(12)
    for (const name of ['received', 'sent', 'kept', 'evicted', 'dropped', 'cleared'])
      await expect(seen(name)).toHaveCount(0)
    const button = person.button('20 messages')
    await button.hover()
    await expect(card).toBeVisible()
    await page.mouse.move(400, 300)
    await expect(card).toHaveCount(0)
    await button.focus()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Tab')
    await expect(button).toBeFocused()
    await expect(card).toBeVisible()
    await expectSum(page)
  })

  await test.step('a clear, and what is undone of it, adds up; bookmarks come back with their messages', async () => {
    await person.rows('c/3').first().click()
    await page.keyboard.press('b')
    await person.button('Bookmarks (1)').click()
    const bookmark = page.locator('[data-bookmark]')
    await expect(bookmark).toHaveAttribute('data-gone', 'false')
    await page.keyboard.press('Escape')
    await person.button('Clear messages').click()
    await person.expectCounter('kept', 0)
    await person.expectCounter('cleared', 20)
    await expectSum(page)
    await publish(1)
    await person.expectCounter('kept', 2)
    await expectSum(page)
    await person.button('Undo').click()
    await person.expectCounter('kept', 22)
    await person.expectCounter('cleared', 0)
    await expectSum(page)
    await expect(person.treeItem('c/3')).toHaveCount(1)
    await person.button('Bookmarks (1)').click()
    await expect(bookmark).toHaveAttribute('data-gone', 'false')
    await page.keyboard.press('Escape')
  })

  await test.step('what was evicted is seen', async () => {
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    await page.getByLabel('Most messages in the log', { exact: true }).fill('1000')
    await page.getByRole('button', { name: 'Done', exact: true }).click()
    await publish(600)
    await person.expectCounter('received', 611)
    await expect(seen('evicted')).toBeVisible()
    await expectSum(page)
    await person.button('Clear messages').click()
    await publish(3)
    await person.expectCounter('received', 614)
    await expectSum(page)
  })
})
