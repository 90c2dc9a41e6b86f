import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createTemporaryFolder } from '../../../test/support/temporaryFolder'
import { childrenOf, linuxBytes } from './linuxMemory'

const held = 48 * 2 ** 20

/** Holds memory of its own, starts a process that ends with it, says which, and waits. */
const program = `
const { spawn } = require('node:child_process')
const held = Buffer.alloc(Number(process.argv[2]), 1)
const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'])
process.on('message', () => process.exit(held[0]))
child.on('spawn', () => process.send(child.pid))
`

interface Holder {
  readonly process: ChildProcess
  readonly pid: number
  readonly childPid: number
}

const startProcess = async (): Promise<Holder> => {
  const folder = createTemporaryFolder('memory')
  const path = join(folder.path, 'holder.cjs')
  writeFileSync(path, program)
  const child = fork(path, [String(held)])
  onTestFinished(() => {
    child.kill('SIGKILL')
    folder.remove()
  })
  const [childPid] = (await once(child, 'message')) as [number]
  return { process: child, pid: child.pid ?? 0, childPid }
}

const residentBytes = (pid: number) =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024

describe.runIf(process.platform === 'linux')('the memory of processes on Linux', () => {
  it('is at least what each holds, and less in sum than what is resident, because they share their program', async () => {
    const [one, other] = [await startProcess(), await startProcess()]
    const [ofOne, ofOther] = [await linuxBytes(one.pid), await linuxBytes(other.pid)]
    expect(Math.min(ofOne, ofOther)).toBeGreaterThan(held)
    expect(ofOne + ofOther).toBeLessThan(residentBytes(one.pid) + residentBytes(other.pid))
  })

  it('finds what a process has started, and nothing of one that has ended', async () => {
    const { process: started, pid, childPid } = await startProcess()
    expect(await childrenOf(pid)).toEqual([childPid])
    started.send('end')
    await once(started, 'exit')
    expect(await linuxBytes(pid)).toBe(0)
  })
})
