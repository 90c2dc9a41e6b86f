import type { Bridge } from '#shared/contract'
import { arrivedReached, connectTo, test } from './benchBroker'
import { report } from './results'

const count = 5_000
const inFlight = 100

for (const qos of [0, 1, 2] as const)
  test(`publishing at QoS ${qos}`, async ({ application, broker }) => {
    const { page } = application
    await connectTo(page, broker)
    const seconds = await page.evaluate(
      async (job) => {
        const { bridge } = window as unknown as { bridge: Bridge }
        const connectionId = await bridge
          .invoke('app.snapshot', undefined)
          .then(
            (answer) => (answer as { value: { sessions: { connectionId: string }[] } }).value.sessions[0]!.connectionId,
          )
        const payload = new Uint8Array(150).fill(0x61)
        const startedAt = performance.now()
        let next = 0
        const publishNext = async (): Promise<void> => {
          while (next < job.count) {
            next += 1
            const answer = (await bridge.invoke('message.publish', {
              connectionId,
              topic: 'bench/out',
              payload,
              qos: job.qos,
              retain: false,
              properties: {},
            })) as { ok: boolean }
            if (!answer.ok) throw new Error(JSON.stringify(answer))
          }
        }
        await Promise.all(Array.from({ length: job.inFlight }, publishNext))
        return (performance.now() - startedAt) / 1_000
      },
      { qos, count, inFlight },
    )
    // Each is in the log twice: sent, and received again.
    await arrivedReached(page, 2 * count)
    report({
      measure: `publish out, QoS ${qos}, ${inFlight} in flight, through the window's own command`,
      value: `${Math.round(count / seconds)} msg/s`,
      raw: { perSecond: count / seconds },
    })
  })
