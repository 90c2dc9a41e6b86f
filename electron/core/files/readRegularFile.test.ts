import { execFileSync } from 'node:child_process'
import { appendFileSync, chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTemporaryFolder, type TemporaryFolder } from '../../../test/support/temporaryFolder'
import { expandHome, readRegularFile } from './readRegularFile'

let folder: TemporaryFolder
beforeEach(() => void (folder = createTemporaryFolder('files')))
afterEach(() => folder.remove())

const limits = { limitBytes: 1_000 }
const fileOf = (content: string | Buffer, name = 'ca.pem') => {
  const path = join(folder.path, name)
  writeFileSync(path, content)
  return path
}

describe('readRegularFile', () => {
  it.each([
    ['text', Buffer.from('abc')],
    ['nothing', Buffer.alloc(0)],
    ['as much as the limit', Buffer.alloc(1_000, 7)],
  ])('reads %s', async (_kind, content) => {
    const result = await readRegularFile(fileOf(content), limits)
    expect(result).toMatchObject({ ok: true, value: { name: 'ca.pem', bytes: content } })
    expect(result.ok && result.value.modifiedAt).toBeGreaterThan(0)
  })

  it('reads every byte of a large file', async () => {
    const content = Buffer.alloc(5_000_003, 'pattern')
    const result = await readRegularFile(fileOf(content), { limitBytes: 2 ** 28 })
    expect(result.ok && result.value.bytes.equals(content)).toBe(true)
  })

  it('follows a link', async () => {
    symlinkSync(fileOf('abc'), join(folder.path, 'link'))
    expect(await readRegularFile(join(folder.path, 'link'), limits)).toMatchObject({ value: { name: 'link' } })
  })

  it('refuses one byte more than the limit', async () => {
    const result = await readRegularFile(fileOf(Buffer.alloc(1_001)), limits)
    expect(result).toMatchObject({ error: { code: 'fileTooLarge', values: { size: 1_001, limit: 1_000 } } })
  })

  it.runIf(process.platform === 'linux')('refuses one that says it is empty and is not', async () => {
    expect(await readRegularFile('/proc/self/status', { limitBytes: 10 })).toMatchObject({
      error: { code: 'fileTooLarge' },
    })
    expect(await readRegularFile('/proc/self/status', { limitBytes: 2 ** 20 })).toMatchObject({ ok: true })
  })

  it.each([
    ['a name nobody has', 'nothere.pem'],
    ['a file taken for a folder', 'ca.pem/below'],
    ['a link that leads nowhere', 'dangling'],
  ])('says that it is not there: %s', async (_kind, name) => {
    fileOf('abc')
    symlinkSync(join(folder.path, 'gone'), join(folder.path, 'dangling'))
    expect(await readRegularFile(join(folder.path, name), limits)).toMatchObject({ error: { code: 'fileMissing' } })
  })

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('says that it may not be read', async () => {
    const path = fileOf('abc')
    chmodSync(path, 0)
    expect(await readRegularFile(path, limits)).toMatchObject({ error: { code: 'fileNotPermitted' } })
  })

  it('names a folder as one', async () => {
    mkdirSync(join(folder.path, 'certs'))
    expect(await readRegularFile(join(folder.path, 'certs'), limits)).toMatchObject({
      error: { code: 'fileNotRegular', values: { name: 'certs', detail: 'folder' } },
    })
  })

  it.skipIf(process.platform === 'win32')('waits for no pipe, and reads no device and no socket', async () => {
    const pipe = join(folder.path, 'pipe')
    execFileSync('mkfifo', [pipe])
    const socket = join(folder.path, 'socket')
    const server = createServer().listen(socket)
    await new Promise((listening) => server.once('listening', listening))
    const kinds = await Promise.all(
      [pipe, '/dev/zero', socket].map(async (path) => {
        const result = await readRegularFile(path, limits)
        return result.ok ? 'read' : [result.error.code, result.error.values?.['detail']]
      }),
    )
    server.close()
    expect(kinds).toEqual([
      ['fileNotRegular', 'pipe'],
      ['fileNotRegular', 'device'],
      ['fileNotRegular', 'socket'],
    ])
  })

  it('says the rest in the words of the system', async () => {
    expect(await readRegularFile(join(folder.path, 'a\0b'), limits)).toMatchObject({
      error: { code: 'fileUnreadable' },
    })
  })

  it('answers at once when it is given up', async () => {
    const path = fileOf(Buffer.alloc(1_000))
    const signal = AbortSignal.abort()
    expect(await readRegularFile(path, { ...limits, signal })).toMatchObject({ error: { code: 'cancelled' } })
    const controller = new AbortController()
    const reading = readRegularFile(path, { ...limits, signal: controller.signal })
    controller.abort()
    expect(await reading).toMatchObject({ error: { code: 'cancelled' } })
  })

  it('reads what is in the file now', async () => {
    const path = fileOf('abc')
    await readRegularFile(path, limits)
    appendFileSync(path, 'def')
    expect(await readRegularFile(path, limits)).toMatchObject({ value: { bytes: Buffer.from('abcdef') } })
  })
})

describe('expandHome', () => {
  it('reads ~ as the person’s folder, and nothing else', () => {
    expect(expandHome('~/ca.pem', '/home/ann')).toBe('/home/ann/ca.pem')
    expect(expandHome('~', '/home/ann')).toBe('/home/ann')
    expect(expandHome('~\\ca.pem', 'C:\\Users\\ann')).toBe('C:\\Users\\ann\\ca.pem')
    for (const path of ['~bob/ca.pem', '/a/~/b', 'a~', '', './~/x']) expect(expandHome(path, '/home/ann')).toBe(path)
    expect(expandHome('~/x')).toBe(`${homedir()}/x`)
  })
})
