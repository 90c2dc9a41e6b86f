import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder'
import { packAsar, withAsarIntegrity } from '../../build/lib/asar.mjs'

let folder: TemporaryFolder
beforeEach(() => (folder = createTemporaryFolder('asar')))
afterEach(() => folder.remove())

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>
  readonly size?: number
  readonly offset?: string
  readonly integrity?: { readonly hash: string; readonly blocks: readonly string[] }
}

describe('an archive', () => {
  it('names every file with its place and hashes, and is told by the hash of its header', async () => {
    const source = join(folder.path, 'app')
    const large = Buffer.alloc(4 * 2 ** 20 + 3, 7)
    mkdirSync(join(source, 'out', '溫'), { recursive: true })
    writeFileSync(join(source, 'package.json'), '{}')
    writeFileSync(join(source, 'out', '溫', 'large'), large)
    writeFileSync(join(source, 'out', 'empty'), '')
    const hash = await packAsar(source, join(folder.path, 'app.asar'))
    const bytes = readFileSync(join(folder.path, 'app.asar'))
    const length = bytes.readUInt32LE(12)
    const text = bytes.subarray(16, 16 + length).toString()
    expect(sha256(text)).toBe(hash)
    const start = 8 + bytes.readUInt32LE(4)
    const { files } = JSON.parse(text) as Entry
    const contentOf = ({ size = 0, offset = '' }: Entry = {}) =>
      bytes.subarray(start + Number(offset), start + Number(offset) + size)
    expect(contentOf(files?.['package.json']).toString()).toBe('{}')
    const found = files?.['out']?.files?.['溫']?.files?.['large']
    expect(contentOf(found).equals(large)).toBe(true)
    expect(found?.integrity?.hash).toBe(sha256(large))
    expect(found?.integrity?.blocks).toEqual([sha256(large.subarray(0, 4 * 2 ** 20)), sha256(large.subarray(-3))])
    expect(files?.['out']?.files?.['empty']?.integrity?.blocks).toEqual([sha256('')])
  })

  it('is named in an Info.plist behind everything that stands there', () => {
    const plist = '<plist><dict><key>A</key><dict><key>B</key><string>b</string></dict></dict></plist>'
    const changed = withAsarIntegrity(plist, 'abc')
    expect(changed).toMatch(
      /<key>B<\/key>.*<key>ElectronAsarIntegrity<\/key>[^]*abc[^]*<\/dict>\s*<\/dict>\s*<\/plist>$/,
    )
    expect(changed.match(/<dict>/g)?.length).toBe(changed.match(/<\/dict>/g)?.length)
    expect(() => withAsarIntegrity('', 'abc')).toThrow()
  })
})
