import type { Page } from '@playwright/test'
import { personAt } from '../support/person'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { test as base, expect } from '../support/application'
import { startPublisher, type Publisher } from './load'

export { expect }

interface BenchFixtures {
  readonly broker: Mosquitto
  readonly publisher: Publisher
}

/** The fixtures of the end-to-end tests, a broker that writes no log of packets, and a publisher. */
export const test = base.extend<BenchFixtures>({
  broker: async ({}, use) => {
    const broker = await startMosquitto({ isQuiet: true, settings: ['max_queued_messages 0'] })
    await use(broker)
    await broker.stop()
  },
  publisher: async ({ broker }, use) => {
    const publisher = startPublisher(broker.port())
    await use(publisher)
    publisher.stop()
  },
})

/** A window of 1280 x 800 connected to the broker and subscribed to '#'. */
export const connectTo = async (page: Page, broker: Mosquitto) => {
  const person = personAt(page)
  await person.createProfile({ name: 'Bench', port: broker.port() })
  await person.chooseProfile('Bench')
  await person.connect()
  await person.subscribe('#')
  await expect(person.subscriptions.getByText('#', { exact: true }).first()).toBeVisible()
  return person
}

/** A counter as the page shows it. */
export const readCounter = (page: Page, name: string) =>
  page.evaluate(
    (wanted) => Number(document.querySelector<HTMLElement>(`[data-counter="${wanted}"]`)?.dataset['value'] ?? NaN),
    name,
  )

/** Answers when the page's counter reached `count`, and when it did, in ms of the page's clock since 1970. */
export const counterReached = (page: Page, name: string, count: number) =>
  page.evaluate(
    ([wanted, goal]) =>
      new Promise<number>((resolve) => {
        const counter = document.querySelector<HTMLElement>(`[data-counter="${wanted}"]`)!
        const look = () => {
          if (Number(counter.dataset['value'] ?? NaN) >= goal) {
            observer.disconnect()
            resolve(Date.now())
          }
        }
        const observer = new MutationObserver(look)
        observer.observe(counter, { attributes: true, attributeFilter: ['data-value'] })
        look()
      }),
    [name, count] as const,
  )
