import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder'
import { isDevelopmentRuntime } from '../../build/lib/developmentRuntime.mjs'
import { folderDigest } from '../../build/lib/folderDigest.mjs'

let folder: TemporaryFolder
const inside = (...names: string[]) => join(folder.path, ...names)
beforeEach(() => {
  folder = createTemporaryFolder('digest')
  mkdirSync(inside('resources', 'loader'), { recursive: true })
  writeFileSync(inside('electron'), 'program')
  writeFileSync(inside('resources', 'data'), 'data')
  writeFileSync(inside('resources', 'loader', 'main'), 'loader')
})
afterEach(() => folder.remove())

const digest = () => folderDigest(folder.path, ['resources/loader'])

describe('the digest of a folder', () => {
  it.each([
    ['another content', () => writeFileSync(inside('electron'), 'progran')],
    ['a file more', () => writeFileSync(inside('resources', 'app.asar'), '')],
    ['a file whose name only begins like what is left out', () => writeFileSync(inside('resources', 'loader x'), '')],
    ['a folder more', () => mkdirSync(inside('resources', 'app'))],
    ['a file less', () => rmSync(inside('resources', 'data'))],
    ['another name', () => renameSync(inside('electron'), inside('electrom'))],
    [
      'a link in the place of a file',
      () => {
        renameSync(inside('electron'), inside('..', 'moved'))
        symlinkSync(inside('..', 'moved'), inside('electron'))
      },
    ],
  ])('notices %s', async (_what, change) => {
    const before = await digest()
    change()
    expect(await digest()).not.toBe(before)
    rmSync(inside('..', 'moved'), { force: true })
  })

  it.runIf(process.platform !== 'win32')('notices what may be executed', async () => {
    const before = await digest()
    chmodSync(inside('electron'), 0o755)
    expect(await digest()).not.toBe(before)
  })

  it('is the same for the same, and for what is left out', async () => {
    const before = await digest()
    writeFileSync(inside('resources', 'loader', 'main'), 'another loader')
    expect(await digest()).toBe(before)
  })
})

it('a folder that is not the runtime is not taken for it', async () => {
  expect(await isDevelopmentRuntime(folder.path)).toBe(false)
  expect(await isDevelopmentRuntime(inside('nothing'))).toBe(false)
})
