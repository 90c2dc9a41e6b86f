import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTemporaryFolder, type TemporaryFolder } from '../../../test/support/temporaryFolder'
import { mountedTmpfs } from '../../../test/support/mountedTmpfs'
import { ownerOf, probeDataFolder, whyNotLocked } from './dataFolder'

let folder: TemporaryFolder
beforeEach(() => (folder = createTemporaryFolder('data-folder')))
afterEach(() => folder.remove())

const inside = (...names: string[]) => join(folder.path, ...names)
const onPosix = process.platform !== 'win32'

describe('a data folder', () => {
  it('is made where it is missing, for the user alone, and left without a trace', () => {
    expect(probeDataFolder(inside('a', 'b'))).toBeNull()
    expect(readdirSync(inside('a', 'b'))).toEqual([])
    if (onPosix) expect(statSync(inside('a', 'b')).mode & 0o777).toBe(0o700)
  })

  it('below a file is named with its reason', () => {
    writeFileSync(inside('file'), '')
    expect(probeDataFolder(inside('file', 'data'))).toMatchObject({ code: 'ENOTDIR' })
    expect(probeDataFolder(inside('file'))?.message).toContain('is a file and not a folder')
    expect(probeDataFolder(inside('file', 'data'))?.message).toContain(inside('file', 'data'))
  })

  it('whose links lead in a circle is named with its reason', () => {
    symlinkSync(inside('loop'), inside('loop'))
    expect(probeDataFolder(inside('loop', 'data'))?.message).toMatch(/circle|cannot be made/)
  })

  it('that may not be written to is named with its reason', ({ skip }) => {
    if (!onPosix || process.getuid?.() === 0) return skip('Permissions do not stop this user.')
    mkdirSync(inside('closed'))
    chmodSync(inside('closed'), 0o500)
    expect(probeDataFolder(inside('closed'))).toMatchObject({ code: 'EACCES' })
  })

  it('on a read-only file system, and on a full one, is named with its reason', ({ skip }) => {
    const mounted = mountedTmpfs(folder.path, '64k')
    if (!mounted) return skip('This user cannot mount.')
    try {
      mounted.fill()
      expect(probeDataFolder(mounted.path)).toMatchObject({ code: 'ENOSPC' })
      mounted.makeReadOnly()
      expect(probeDataFolder(mounted.path)?.message).toContain('can only be read (EROFS)')
    } finally {
      mounted.unmount()
    }
  })

  it('never brings controls of its name into the message', () => {
    writeFileSync(inside('file'), '')
    expect(probeDataFolder(inside('file', '\u001b[31m\u202edata'))?.message).not.toMatch(/[\u001b\u202e]/)
  })
})

describe.runIf(onPosix)('the lock of a data folder', () => {
  const lockedBy = (target: string) => symlinkSync(target, inside('SingletonLock'))

  it('is held by a process that lives', () => {
    lockedBy(`${hostname()}-${process.pid}`)
    expect(ownerOf(folder.path)).toBe('process')
  })

  it('is held by a process of another machine', () => {
    lockedBy('elsewhere-1')
    expect(ownerOf(folder.path)).toBe('process')
  })

  it('is held by nobody when it is left over or missing', () => {
    expect(ownerOf(folder.path)).toBe('nobody')
    expect(ownerOf(inside('nothing'))).toBe('nobody')
    // Beyond what a process number can be.
    lockedBy(`${hostname()}-999999999`)
    expect(ownerOf(folder.path)).toBe('nobody')
    expect(existsSync(inside('SingletonLock'))).toBe(false)
  })
})

describe('what is said without the lock', () => {
  const problem = { code: 'EROFS', message: 'read-only' }

  it('is nothing where another one runs, even in a folder that became read-only', () => {
    expect(whyNotLocked('process', problem)).toBeNull()
    expect(whyNotLocked('unknown', null)).toBeNull()
  })

  it('is the reason where nobody has it', () => {
    expect(whyNotLocked('nobody', problem)).toBe('read-only')
    expect(whyNotLocked('unknown', problem)).toBe('read-only')
    expect(whyNotLocked('nobody', null)).toContain('TMPDIR')
  })
})
