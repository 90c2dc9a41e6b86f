import type { FileHandle } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { createAppendedFile } from './appendedFile'

/** A disk that takes what it is given when the test says so. */
const slowDisk = () => {
  const taken: Buffer[] = []
  const waiting: (() => void)[] = []
  const file = {
    write: (bytes: Buffer, at: number, length: number) =>
      new Promise((resolve, reject) => {
        waiting.push(() => {
          if (disk.isFull) {
            reject(new Error('ENOSPC'))
            return
          }
          taken.push(Buffer.from(bytes.subarray(at, at + length)))
          resolve({ bytesWritten: length, buffer: bytes })
        })
      }),
    sync: () => Promise.resolve(),
    close: () => Promise.resolve(),
  } as Pick<FileHandle, 'write' | 'sync' | 'close'> as FileHandle
  const disk = {
    file,
    isFull: false,
    text: () => Buffer.concat(taken).toString(),
    /** Answers when the disk has taken the piece that waits for it. */
    take: async () => {
      while (waiting.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
      waiting.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
  return disk
}

const large = (letter: string) => Buffer.alloc(2 ** 20, letter)

describe('a file that grows faster than the disk takes it', () => {
  it('is told of after each piece, though more has come meanwhile', async () => {
    const disk = slowDisk()
    let told = 0
    const file = createAppendedFile({ file: disk.file, name: 'f', onWritten: () => (told += 1), onTrouble: () => {} })
    file.push(large('a'))
    for (const [index, letter] of ['b', 'c', 'd'].entries()) {
      file.push(large(letter))
      await disk.take()
      expect(told).toBe(index + 1)
      expect(file.waitingBytes()).toBe(2 ** 20)
    }
    const closed = file.close()
    await disk.take()
    await closed
    expect([file.waitingBytes(), file.bytes(), disk.text().length]).toEqual([0, 4 * 2 ** 20, 4 * 2 ** 20])
  })

  it('keeps what a full disk did not take, and says so once', async () => {
    const disk = slowDisk()
    let troubles = 0
    const file = createAppendedFile({
      file: disk.file,
      name: 'f',
      onWritten: () => {},
      onTrouble: () => (troubles += 1),
    })
    disk.isFull = true
    file.push(large('a'))
    await disk.take()
    expect([troubles, file.trouble()?.code, file.waitingBytes()]).toEqual([1, 'storageFailed', 2 ** 20])
    disk.isFull = false
    const closed = file.close()
    await disk.take()
    await closed
    expect([file.trouble(), file.waitingBytes(), disk.text().length]).toEqual([null, 0, 2 ** 20])
  })
})
