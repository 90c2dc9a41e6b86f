import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTemporaryFolder, type TemporaryFolder } from '../../../test/support/temporaryFolder'
import { readPasswordFile, takePassword } from './passwordSource'

let folder: TemporaryFolder
beforeEach(() => (folder = createTemporaryFolder('password')))
afterEach(() => folder.remove())

const fileWith = (content: string | Uint8Array): string => {
  const path = join(folder.path, 'password')
  writeFileSync(path, content)
  return path
}

const problemIn = (path: string) => {
  const read = readPasswordFile(path)
  return read.ok ? `no problem: ${read.value}` : read.error.message
}

describe('a password file', () => {
  it.each([
    ['geheim', 'geheim'],
    ['geheim\n', 'geheim'],
    ['geheim\r\n', 'geheim'],
    ['geheim\n\n', 'geheim\n'],
    [' ge heim ', ' ge heim '],
    ['密碼\n', '密碼'],
    ['x'.repeat(65_535) + '\n', 'x'.repeat(65_535)],
  ])('that holds %j has one line break less', (content, password) => {
    expect(readPasswordFile(fileWith(content))).toEqual({ ok: true, value: password })
  })

  it('may be a link to a file', () => {
    symlinkSync(fileWith('geheim\n'), join(folder.path, 'link'))
    expect(readPasswordFile(join(folder.path, 'link'))).toEqual({ ok: true, value: 'geheim' })
  })

  it.each([
    ['', 'empty'],
    ['\n', 'empty'],
    [Uint8Array.of(0xff, 0xfe), 'UTF-8'],
    ['x'.repeat(65_536), '65,535'],
    ['x'.repeat(65_537), '65537 bytes'],
  ])('is refused with a reason: %#', (content, reason) => {
    expect(problemIn(fileWith(content))).toContain(reason)
    if (content.length > 1) expect(problemIn(fileWith(content))).not.toContain('xx')
  })

  it('is a regular file that exists, and nothing is waited for', () => {
    mkdirSync(join(folder.path, 'folder'))
    expect(problemIn(join(folder.path, 'nothing'))).toContain('no such file')
    expect(problemIn(join(folder.path, 'folder'))).toContain('not a file')
    expect(problemIn(join(folder.path, 'a\0b'))).toContain('could not be read')
    if (process.platform === 'win32') return
    execFileSync('mkfifo', [join(folder.path, 'pipe')])
    expect(problemIn(join(folder.path, 'pipe'))).toContain('not a file')
    expect(problemIn('/dev/zero')).toContain('not a file')
  })
})

describe('the password of the environment', () => {
  it('is taken and gone afterwards', () => {
    const environment = { TOPICSCOPE_PASSWORD: 'geheim', HOME: '/home' }
    expect(takePassword(undefined, environment)).toEqual({ ok: true, value: 'geheim' })
    expect(environment).toEqual({ HOME: '/home' })
  })

  it('gives way to the file, and is gone all the same', () => {
    const environment = { TOPICSCOPE_PASSWORD: 'other' }
    expect(takePassword(fileWith('geheim'), environment)).toEqual({ ok: true, value: 'geheim' })
    expect(takePassword(join(folder.path, 'nothing'), { TOPICSCOPE_PASSWORD: 'other' })).toMatchObject({ ok: false })
    expect(environment).toEqual({})
  })

  it.each([{}, { TOPICSCOPE_PASSWORD: '' }])('is none in %j', (environment) => {
    expect(takePassword(undefined, environment)).toEqual({ ok: true, value: null })
  })
})
