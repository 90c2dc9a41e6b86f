import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTemporaryFolder, type TemporaryFolder } from '../../../test/support/temporaryFolder'
import { createFileWriting } from './fileWriting'

let folder: TemporaryFolder
beforeEach(() => void (folder = createTemporaryFolder('writing')))
afterEach(() => folder.remove())

const bytesOf = (text: string) => new TextEncoder().encode(text)

const writingTo = (name: string | null, more: readonly string[] = []) => {
  const names = [name, ...more]
  const path = name === null ? null : join(folder.path, name)
  const files = createFileWriting({
    choosePath: () => Promise.resolve(null),
    choosePaths: () => Promise.resolve([]),
    confirm: () => Promise.resolve(false),
    savePath: () => {
      const next = names.length > 1 ? names.shift() : names[0]
      return Promise.resolve(next == null ? null : join(folder.path, next))
    },
    writeClipboard: () => undefined,
  })
  const begin = async () => {
    const begun = await files.begin('suggested')
    if (!begun.ok || begun.value === null) throw new Error('not begun')
    return begun.value
  }
  return { files, path: path ?? '', begin, there: () => readdirSync(folder.path).toSorted() }
}

describe('a file that is written in pieces', () => {
  it('is in its place once it is whole, and until then what was there before', async () => {
    const { files, path, begin, there } = writingTo('a.jsonl')
    writeFileSync(path, 'before', { mode: 0o640 })
    const token = await begin()
    for (const piece of ['one\n', '', 'two\n'])
      expect(await files.append(token, bytesOf(piece))).toMatchObject({ ok: true })
    expect(readFileSync(path, 'utf8')).toBe('before')
    expect(await files.finish(token)).toEqual({ ok: true, value: path })
    expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n')
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o640)
    expect(there()).toEqual(['a.jsonl'])
    expect(await files.append(token, bytesOf('late'))).toMatchObject({ error: { code: 'notFound' } })
  })

  it('leaves nothing behind when it is abandoned, alone or with all others', async () => {
    const { files, begin, there } = writingTo('a', ['b', 'c'])
    const token = await begin()
    await files.append(token, bytesOf('x'))
    await Promise.all([begin(), begin()])
    expect(there()).toHaveLength(3)
    await files.abandon(token)
    expect(there()).toHaveLength(2)
    await files.abandonAll()
    expect(there()).toEqual([])
    expect(await files.finish(token)).toMatchObject({ error: { code: 'notFound' } })
  })

  it('is none where the person cancels, and none in a folder that is not there', async () => {
    expect(await writingTo(null).files.begin('a')).toEqual({ ok: true, value: null })
    expect(await writingTo('no/folder').files.begin('a')).toMatchObject({ error: { code: 'fileNotWritten' } })
  })

  it('takes the place of no folder', async () => {
    const { files } = writingTo('a')
    mkdirSync(join(folder.path, 'a'))
    expect(await files.begin('a')).toMatchObject({ error: { code: 'fileNotWritten', values: { file: 'a' } } })
  })

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('says that it may not write there', async () => {
    mkdirSync(join(folder.path, 'closed'), { mode: 0o500 })
    expect(await writingTo('closed/a').files.begin('a')).toMatchObject({
      error: { code: 'fileNotWritten', values: { cause: 'noPermission' } },
    })
  })

  it.skipIf(process.platform === 'win32')('takes the place of what a link leads to', async () => {
    const { files, path, begin } = writingTo('link')
    writeFileSync(join(folder.path, 'target'), 'before')
    symlinkSync(join(folder.path, 'target'), path)
    const token = await begin()
    await files.append(token, bytesOf('after'))
    await files.finish(token)
    expect(readFileSync(join(folder.path, 'target'), 'utf8')).toBe('after')
  })
})

describe('a folder that is written in pieces', () => {
  const folderIn = async (name: string) => {
    const writing = writingTo(name)
    const begun = await writing.files.beginFolder('suggested')
    if (!begun.ok || begun.value === null) throw new Error('not begun')
    return { ...writing, token: begun.value }
  }
  const file = (name: string, text: string) => ({ name, bytes: bytesOf(text) })

  it('is in its place once it is whole, with its manifest', async () => {
    const { files, token, path, there } = await folderIn('out')
    await files.appendFolder(token, {
      files: [file('a/1.txt', 'one'), file('a/2.txt', 'tw')],
      manifest: bytesOf('{1}\n'),
    })
    await files.appendFolder(token, { files: [file('a/2.txt', 'o'), file('b/3.txt', '')], manifest: bytesOf('{2}\n') })
    expect(there().filter((name) => !name.endsWith('.part'))).toEqual([])
    expect(await files.finish(token)).toEqual({ ok: true, value: path })
    expect(there()).toEqual(['out'])
    expect(readdirSync(path).toSorted()).toEqual(['a', 'b', 'manifest.jsonl'])
    expect(readFileSync(join(path, 'a', '2.txt'), 'utf8')).toBe('two')
    expect(readFileSync(join(path, 'manifest.jsonl'), 'utf8')).toBe('{1}\n{2}\n')
  })

  it.each(['../out', '/etc/x', 'a/../../x', 'a/b/c', 'CON', 'a/..', 'a\\b', '', 'a/'])(
    'leaves nothing of it where a name leads elsewhere: %s',
    async (name) => {
      const { files, token, there } = await folderIn('out')
      expect(await files.appendFolder(token, { files: [file(name, 'x')], manifest: bytesOf('') })).toMatchObject({
        error: { code: 'fileNotWritten' },
      })
      expect(there()).toEqual([])
    },
  )

  it('leaves nothing behind when it is abandoned, and takes the place of nothing', async () => {
    const { files, token, there } = await folderIn('out')
    await files.appendFolder(token, { files: [file('a/1.txt', 'one')], manifest: bytesOf('') })
    await files.abandon(token)
    expect(there()).toEqual([])
    mkdirSync(join(folder.path, 'there'))
    expect(await writingTo('there').files.beginFolder('x')).toMatchObject({ error: { code: 'fileNotWritten' } })
    expect(await files.append(token, bytesOf('late'))).toMatchObject({ error: { code: 'notFound' } })
  })
})
