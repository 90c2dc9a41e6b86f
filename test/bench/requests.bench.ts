import type { Page } from '@playwright/test'
import type { Bridge, EventMessage } from '#shared/contract'
import type { ExchangeSummary } from '#shared/model/request'
import { messageOf } from '../../electron/core/senders/sendersTesting'
import { connectOnly, expect, test } from './benchBroker'
import { startAnswerer } from './load'
import { readUse } from './processes'
import { report } from './results'

interface Asked {
  readonly count: number
  /** Requests that wait for their answers at the same time. */
  readonly atOnce: number
}

/** Sends requests on the connection of the window, so many at once; answers what became of them, and how long that took. */
const askAll = (page: Page, { count, atOnce }: Asked) =>
  page.evaluate(
    async ({ all, most, message }) => {
      const { bridge } = window as unknown as { bridge: Bridge }
      const { value } = (await bridge.invoke('app.snapshot', undefined)) as {
        value: { sessions: { connectionId: string }[] }
      }
      const connectionId = value.sessions[0]?.connectionId
      await bridge.invoke('request.clear', { connectionId })
      const request = { connectionId, message, latest: {}, responsePattern: '', timeoutMs: 60_000 }
      let sent = 0
      const startedAt = performance.now()
      const summary = await new Promise<ExchangeSummary>((resolve) => {
        const send = () => {
          sent += 1
          void bridge.invoke('request.send', request)
        }
        const stop = bridge.onEvent((event) => {
          const news = event as EventMessage
          if (news.name !== 'request.changed') return
          const { counts } = news.payload.summary
          while (sent < all && sent - counts.answered < most) send()
          if (counts.answered < all) return
          stop()
          resolve(news.payload.summary)
        })
        while (sent < Math.min(all, most)) send()
      })
      return { summary, seconds: (performance.now() - startedAt) / 1_000 }
    },
    { all: count, most: atOnce, message: messageOf({ topic: 'bench/ask', payload: '{"get":"speed"}', qos: 0 }) },
  )

for (const asked of [
  { count: 200, atOnce: 1 },
  { count: 5_000, atOnce: 1_000 },
] as const)
  test(`requests, ${asked.atOnce} at once`, async ({ application, broker }) => {
    const { page } = application
    await connectOnly(page, broker)
    const answerer = await startAnswerer(broker.port(), 'bench/ask')
    await readUse(application.app)
    const { summary, seconds } = await askAll(page, asked)
    const { cores } = await readUse(application.app)
    answerer.stop()
    const { counts, roundTrips } = summary
    report({
      measure: `${asked.count} requests, ${asked.atOnce} at once, to a bare mqtt.js client that answers`,
      value: `round trip p50 ${roundTrips?.p50.toFixed(2)} ms, p95 ${roundTrips?.p95.toFixed(2)} ms, p99 ${roundTrips?.p99.toFixed(2)} ms${asked.atOnce === 1 ? '' : `; ${Math.round(asked.count / seconds)} a second`}, main ${cores.main.toFixed(2)} cores`,
      target: 'an answer to each',
      raw: {
        answered: counts.answered,
        p50: roundTrips?.p50 ?? NaN,
        p95: roundTrips?.p95 ?? NaN,
        perSecond: asked.count / seconds,
      },
    })
    expect(counts).toMatchObject({ answered: asked.count, unmatched: 0, timedOut: 0, late: 0 })
  })
