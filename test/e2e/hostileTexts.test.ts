import type { Page } from '@playwright/test'
import { connectAsync, type IClientPublishOptions } from 'mqtt'
import { decodeUtf8Start } from '../../shared/mqtt/utf8'
import { hostileTexts } from '../../shared/text/textTesting'
import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { personOnlineIn } from '../support/personOnline'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

const elementsOf = (page: Page) => page.evaluate(() => document.querySelectorAll('*').length)

/** The elements that something leaves behind. */
const elementsLeftBy = async (page: Page, act: () => Promise<void>): Promise<number> => {
  const before = await elementsOf(page)
  await act()
  await page.evaluate(async () => {
    // What the last step brought about is painted by the second frame from here.
    for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve))
  })
  return (await elementsOf(page)) - before
}

/** The start of a text that has no more bytes than that. */
const firstBytes = (text: string, bytes: number) => decodeUtf8Start(Buffer.from(text).subarray(0, bytes)) ?? ''

/** What mosquitto lets through as a topic or a property: no control character, and 200 levels at most. */
const asName = (text: string) => {
  const name = text.replace(/\p{Cc}/gu, '\u202e')
  const levels = name.split('/')
  return levels.length > 190 ? `${levels.slice(0, 190).join('/')}/${levels.slice(190).join('')}x` : name
}

test('no text of a publisher fills the window with elements or pushes its controls away', async ({
  clearedApplication,
}) => {
  const person = await personOnlineIn(clearedApplication, broker.port(), ['#'])
  const { page } = person
  const publisher = await connectAsync(`mqtt://127.0.0.1:${broker.port()}`, { protocolVersion: 5 })
  let received = 0

  const arrives = async (topic: string, payload: string, options: IClientPublishOptions = {}) => {
    await publisher.publishAsync(topic, payload, { qos: 1, ...options })
    received += 1
    await person.expectCounter('received', received)
  }
  /** The newest message is looked at from all sides. */
  const lookAt = async () => {
    await person.log.press('End')
    await person.details.getByRole('button', { name: 'Difference' }).click()
    await person.details.getByRole('button', { name: 'Payload', exact: true }).click()
  }
  const visit = (name: string, text: string) =>
    elementsLeftBy(page, async () => {
      const topic = firstBytes(`${name}/${asName(text)}`, 65_535)
      const property = firstBytes(asName(text), 65_535)
      await arrives(topic, 'before')
      await arrives(topic, text, {
        properties: { contentType: property, responseTopic: 'r', userProperties: { [property]: property } },
      })
      await lookAt()
    })

  // Names that differ in what is not seen, and values as programs in C write them.
  for (const topic of ['tz/x', 'tz/x ', 'tz/ x']) await arrives(topic, '23.5\0')
  for (const name of ['x', 'x␣', '␣x']) {
    const item = person.tree.getByRole('treeitem', { name: `${name}: 23.5\\0`, exact: true })
    await expect(item).toHaveCount(1)
    await expect(item).toContainText('23.5\\0')
  }
  await expect(person.log.getByText('23.5\\0')).toHaveCount(3)

  // Once to have all code in place, once to know what a message costs that harms nobody.
  await visit('plain', 'plain text')
  const harmless = await visit('plain again', '{"a":1}')

  const elements: Record<string, number> = {}
  for (const [name, text] of Object.entries(hostileTexts)) {
    elements[name] = await visit(name, text)
    for (const control of ['Copy topic', 'Send again']) await expect(person.button(control)).toBeInViewport()
    for (const control of ['Publish', 'Subscribe']) await expect(person.button(control).first()).toBeInViewport()
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  }
  // The levels of a topic, of which a broker takes 200, are each a piece of its name in the details.
  const costly = Object.entries(elements).filter(([, count]) => count > harmless + 300)
  expect(costly).toEqual([])
  await publisher.endAsync()
})
