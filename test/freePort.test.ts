import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it, vi } from 'vitest'
import { findFreePort } from './support/freePort'

it('gives no port twice to tests that ask at the same time, whatever chance says', async () => {
  // The same ports again and again, as two that ask at once might choose them.
  let turn = 0
  vi.spyOn(Math, 'random').mockImplementation(() => (Math.floor((turn += 1) / 3) % 40) / 40)
  const ports = await Promise.all(Array.from({ length: 12 }, findFreePort))
  expect(new Set(ports).size).toBe(12)
})

it('leaves out a port that another process reserved', async () => {
  const script = `const bind = (port) => require('node:dgram').createSocket('udp4').once('error', () => bind(port + 1))
    .bind({ port, address: '127.0.0.1', exclusive: true }, () => console.log(port)); bind(25_000)`
  const other = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [line] = (await once(other.stdout, 'data')) as [Buffer]
    const port = Number(line.toString())
    let turn = 0.75
    const chances = [(port - 20_000) / 12_000 + 1e-9]
    vi.spyOn(Math, 'random').mockImplementation(() => chances.shift() ?? (turn += 0.001))
    expect(await findFreePort()).toBeGreaterThan(port)
    expect(chances).toEqual([])
  } finally {
    other.kill()
  }
})
