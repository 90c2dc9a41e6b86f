import type * as v8 from 'node:v8'
import type * as vm from 'node:vm'
import type { ElectronApplication, Page } from '@playwright/test'
import { arrivedReached, connectTo, expect, readArrived, test } from './benchBroker'
import { report } from './results'

const topics = 200_000
/** How many messages each topic has got in the end. */
const messagesEach = 10

/** Bytes that live in main and window, after their garbage was collected: heaps and what they hold outside. */
const liveBytes = async (app: ElectronApplication, page: Page) => {
  const main = await app.evaluate(async () => {
    // Nothing is in scope here but what the process has.
    const load = (process as unknown as { mainModule: { require(name: string): unknown } }).mainModule
    const { setFlagsFromString } = load.require('node:v8') as typeof v8
    const { runInNewContext } = load.require('node:vm') as typeof vm
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    for (let time = 0; time < 3; time += 1) {
      collect()
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  })
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('HeapProfiler.collectGarbage')
  const usage = (await devtools.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number }
  await devtools.detach()
  return { main, window: usage.usedSize + (usage.backingStorageSize ?? 0) }
}

const aTopic = (before: number, after: number) => Math.round((after - before) / topics)

test('bytes a topic, and what is left of them after a clear and a new session', async ({
  application,
  broker,
  publisher,
}) => {
  const { page, app } = application
  const person = await connectTo(page, broker)
  const empty = await liveBytes(app, page)
  const fill = async (topicPrefix: string) => {
    const before = await readArrived(page)
    await publisher.flood({ rate: 0, count: topics, topics, topicPrefix, payloadBytes: 100 })
    await arrivedReached(page, before + topics)
    return liveBytes(app, page)
  }
  const full = await fill('first/')
  for (let message = 2; message <= messagesEach; message += 1) await fill('first/')
  const busy = await liveBytes(app, page)
  // Log messages are counted by their budget; what the topics cost is told apart by the clear below.
  await person.button('Clear messages').click()
  await expect(person.tree.getByRole('treeitem')).toHaveCount(0)
  // The next clear lets go of what the first one could bring back.
  await person.button('Clear messages').click()
  await expect(person.tree.getByRole('treeitem')).toHaveCount(0)
  const cleared = await liveBytes(app, page)
  await fill('second/')
  await person.button('Disconnect').click()
  await expect(person.status).toHaveText(/Offline/)
  await person.connect()
  await publisher.flood({ rate: 0, count: 1, topics: 1, topicPrefix: 'third/' })
  await expect(person.treeItem('third')).toBeVisible()
  const renewed = await liveBytes(app, page)
  report({
    measure: `bytes a topic, ${topics} topics of one message of 100 bytes (log included)`,
    value: `main ${aTopic(empty.main, full.main)}, window ${aTopic(empty.window, full.window)}; after ${messagesEach} messages each: main ${aTopic(empty.main, busy.main)}, window ${aTopic(empty.window, busy.window)}; left after Clear: main ${aTopic(empty.main, cleared.main)}, window ${aTopic(empty.window, cleared.window)}; after other ${topics} topics and a new session: main ${aTopic(empty.main, renewed.main)}, window ${aTopic(empty.window, renewed.window)} (its log stays)`,
    target: 'main and window together 800; 1,100',
    raw: {
      mainBusy: busy.main - empty.main,
      windowBusy: busy.window - empty.window,
      mainFull: full.main - empty.main,
      windowFull: full.window - empty.window,
      mainCleared: cleared.main - empty.main,
      windowCleared: cleared.window - empty.window,
      mainRenewed: renewed.main - empty.main,
      windowRenewed: renewed.window - empty.window,
    },
  })
})
