import { readFileSync } from 'node:fs'
import { expect, test } from '../support/application'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { publishWithMosquitto } from '../support/mosquittoClients'
import { personAt } from '../support/person'

let broker: Mosquitto

test.beforeAll(async () => {
  broker = await startMosquitto()
})
test.afterAll(() => broker.stop())

test.skip(process.platform !== 'linux', 'other systems tell less of processes')

interface Measured {
  readonly processes: Readonly<Record<string, number>>
  readonly shared: string
}

const residentBytes = (pid: number) =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024

test('the memory in the status bar holds the log, and counts nothing for several processes', async ({ launch }) => {
  const { page, app } = await launch({ arguments: [`mqtt://127.0.0.1:${broker.port()}`, '--subscribe', '#'] })
  const person = personAt(page)
  await expect(person.status).toHaveText(/Online/)
  const megabyte = 2 ** 20
  for (let at = 0; at < 8; at += 1) {
    await publishWithMosquitto({ port: broker.port(), topic: 'large', payload: new Uint8Array(megabyte) })
  }
  await person.expectCounter('received', 8)
  const { processes, shared } = await page.evaluate(async () => {
    const { bridge } = window as unknown as { bridge: { invoke(name: string, input: unknown): Promise<unknown> } }
    return ((await bridge.invoke('app.memory', undefined)) as { value: Measured }).value
  })
  expect(shared).toBe('divided')
  expect(processes['window']).toBeGreaterThan(8 * megabyte)
  const pids = await app.evaluate(({ app: running }) => running.getAppMetrics().map(({ pid }) => pid))
  const resident = pids.reduce((sum, pid) => sum + residentBytes(pid), 0)
  const sum = Object.values(processes).reduce((total, bytes) => total + bytes, 0)
  expect(sum).toBeLessThan(resident * 0.7)

  await page.getByRole('button', { name: /^Memory/ }).hover()
  await expect(page.getByText('Memory that processes share is divided among them.', { exact: true })).toBeVisible()
})
