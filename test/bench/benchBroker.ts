import type { Page } from '@playwright/test'
import { personAt } from '../support/person'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { test as base, expect } from '../support/application'
import { startPublisher, type Publisher } from './load'

export { expect }

interface BenchFixtures {
  /** Lines of the broker's configuration beside those that all have. */
  readonly brokerSettings: readonly string[]
  readonly broker: Mosquitto
  readonly publisher: Publisher
}

/** The fixtures of the end-to-end tests, a broker that writes no log of packets, and a publisher. */
export const test = base.extend<BenchFixtures>({
  brokerSettings: [[], { option: true }],
  broker: async ({ brokerSettings }, use) => {
    const broker = await startMosquitto({ isQuiet: true, settings: ['max_queued_messages 0', ...brokerSettings] })
    await use(broker)
    await broker.stop()
  },
  publisher: async ({ broker }, use) => {
    const publisher = startPublisher(broker.port())
    await use(publisher)
    publisher.stop()
  },
})

/** A window of 1280 x 800 connected to the broker, without a subscription. */
export const connectOnly = async (page: Page, broker: Mosquitto, name = 'Bench') => {
  const person = personAt(page)
  await person.createProfile({ name, port: broker.port() })
  await person.chooseProfile(name)
  await person.connect()
  return person
}

/** The same, subscribed to '#'. */
export const connectTo = async (page: Page, broker: Mosquitto, name = 'Bench') => {
  const person = await connectOnly(page, broker, name)
  await person.subscribe('#')
  await expect(person.subscriptions.getByText('#', { exact: true }).first()).toBeVisible()
  return person
}

/** Where the messages the window took in stand. `received` is the main process's total, which runs ahead of them. */
export const storedCounters = ['kept', 'evicted'] as const
/** What became of every message that arrived. */
const arrivedCounters = [...storedCounters, 'dropped'] as const

const elementsOf = (names: readonly string[]) => names.map((name) => `[data-counter="${name}"]`).join(',')

/** The sum of counters as the page shows them. */
export const readCounters = (page: Page, names: readonly string[]) =>
  page
    .locator(elementsOf(names))
    .evaluateAll((counters) =>
      counters.reduce((sum, counter) => sum + Number((counter as HTMLElement).dataset['value'] ?? NaN), 0),
    )

export const readCounter = (page: Page, name: string) => readCounters(page, [name])

/** How many messages arrived at the window, the dropped ones included. */
export const readArrived = (page: Page) => readCounters(page, arrivedCounters)

export interface Arrivals {
  readonly count: number
  /** When the last of them showed, in ms since 1970. */
  readonly lastAt: number
}
type ArrivalsWindow = Window & { arrivals?: () => Arrivals }

const settledMs = 3_000
const pollMs = 50

/** Watches how many messages arrive. `reached` answers when they are `count`, or when no more came for three seconds. */
export const watchArrivals = async (page: Page) => {
  await page.evaluate((selector) => {
    const counters = [...document.querySelectorAll<HTMLElement>(selector)]
    const look = () => counters.reduce((sum, counter) => sum + Number(counter.dataset['value'] ?? NaN), 0)
    let latest = { count: look(), lastAt: Date.now() }
    const observer = new MutationObserver(() => {
      const count = look()
      if (count !== latest.count) latest = { count, lastAt: Date.now() }
    })
    for (const counter of counters) observer.observe(counter, { attributes: true, attributeFilter: ['data-value'] })
    ;(window as ArrivalsWindow).arrivals = () => latest
  }, elementsOf(arrivedCounters))
  const read = () => page.evaluate(() => (window as ArrivalsWindow).arrivals!())
  const reached = async (count: number): Promise<Arrivals> => {
    let before = await read()
    let grewAt = performance.now()
    while (before.count < count && performance.now() - grewAt < settledMs) {
      await page.waitForTimeout(pollMs)
      const now = await read()
      if (now.count !== before.count) grewAt = performance.now()
      before = now
    }
    return before
  }
  return { reached }
}

/** Answers when the sum of the page's counters reached `count`, in ms of the page's clock since 1970. */
const counterReached = (page: Page, names: readonly string[], count: number) =>
  page.evaluate(
    ([selector, goal]) =>
      new Promise<number>((resolve) => {
        const counters = [...document.querySelectorAll<HTMLElement>(selector)]
        const look = () => {
          if (counters.reduce((sum, counter) => sum + Number(counter.dataset['value'] ?? NaN), 0) >= goal) {
            observer.disconnect()
            resolve(Date.now())
          }
        }
        const observer = new MutationObserver(look)
        for (const counter of counters) observer.observe(counter, { attributes: true, attributeFilter: ['data-value'] })
        look()
      }),
    [elementsOf(names), count] as const,
  )

/** Answers when so many messages have arrived at the window since it was opened, and when they had. */
export const arrivedReached = (page: Page, count: number) => counterReached(page, arrivedCounters, count)
