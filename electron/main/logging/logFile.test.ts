import { chmodSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTemporaryFolder, type TemporaryFolder } from '../../../test/support/temporaryFolder'
import { createLogFile, logFilePath } from './logFile'
import { errorLines, logLine } from './logLines'
import { createLogBudget } from './logBudget'
import { makePrivate } from '../dataFolder/privateFolder'

/** What went to the terminal: the log takes hold of these functions when it is loaded. */
const said = vi.hoisted(() => {
  const lines: string[] = []
  const { console: terminal } = globalThis
  for (const level of ['warn', 'error'] as const) terminal[level] = (...parts: unknown[]) => lines.push(parts.join(' '))
  return lines
})

let folder: TemporaryFolder
beforeEach(() => {
  folder = createTemporaryFolder('log')
  said.length = 0
})
afterEach(() => folder.remove())

const written = () => readFileSync(logFilePath(folder.path), 'utf8')
const modeOf = (...names: string[]) => statSync(join(folder.path, ...names)).mode & 0o7777

const hostile = [
  'reason \u001b[2J\u001b]0;title\u0007 \u009b31m',
  'one\nline\r\n[2030-01-01 00:00:00.000] [info] forged\u2028and\u2029more\u0085x',
  'right \u202e to left \u2066x\u2069',
  'x'.repeat(65_535),
  '\u0001'.repeat(21_845),
  '\u202e'.repeat(21_840),
  'a\ud800b',
]

describe('the log file', () => {
  it.each(hostile)('and the terminal get one visible line of what others wrote: %#', (text) => {
    const log = createLogFile(folder.path)
    log.warn(`the broker said: ${text}`)
    log.error('session', new Error(text))
    const lines = written().split('\n').slice(0, -1)
    expect(lines.filter((line) => line.startsWith('['))).toHaveLength(2)
    for (const line of lines) expect(line.startsWith('[') || line.startsWith('    at ')).toBe(true)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(400)
    for (const output of [...lines, ...said.join('\n').split('\n')])
      expect(output).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/)
    expect(said).toHaveLength(2)
  })

  it('holds no password of an address, in a message, an error, its cause or its stack', () => {
    const log = createLogFile(folder.path)
    log.info('opening mqtt://ann:ge/heim@h')
    const cause = new Error('no host in wss://ann:ge heim@h')
    log.error('crashed', new TypeError('Invalid URL: "mqtt://ann:a@geheim@h"', { cause }))
    log.error('crashed', 'mqtt://ann%3Ageheim%40h')
    expect(written()).toContain('mqtt://ann:…@h')
    expect(written()).not.toMatch(/heim/)
    expect(said.join()).not.toMatch(/heim/)
  })

  it('is bounded when others fault at any rate, and says how much is missing', () => {
    const log = createLogFile(folder.path)
    for (let index = 0; index < 20_000; index += 1) log.info(`local broker dropped a client: ${'y'.repeat(1_000)}`)
    log.error('ours')
    const lines = written().split('\n')
    expect(lines.length).toBeLessThan(300)
    expect(lines.at(-2)).toContain('ours')
    expect(statSync(logFilePath(folder.path)).size).toBeLessThan(200_000)
  })

  it('takes every line of the level debug where that was asked for, and is not asked otherwise', () => {
    expect(createLogFile(folder.path).debug).toBeNull()
    const log = createLogFile(folder.path, 'debug')
    for (let index = 0; index < 500; index += 1) log.debug?.(`received PUBLISH "a\n${index}"`)
    const lines = written().split('\n').slice(0, -1)
    expect(lines.filter((line) => line.includes('PUBLISH'))).toHaveLength(500)
    expect(said).toEqual([])
  })

  it.runIf(process.platform !== 'win32')('is for this user alone, also where everything existed', () => {
    mkdirSync(join(folder.path, 'logs'), { mode: 0o755 })
    for (const name of ['profiles.json', 'secrets.json', 'profiles.json.bak', 'logs/main.log', 'logs/main.old.log']) {
      writeFileSync(join(folder.path, name), '')
      chmodSync(join(folder.path, name), 0o644)
    }
    chmodSync(folder.path, 0o755)
    createLogFile(folder.path).info('hello')
    expect([modeOf(), modeOf('logs')]).toEqual([0o700, 0o700])
    for (const name of ['profiles.json', 'secrets.json', 'profiles.json.bak']) expect(modeOf(name)).toBe(0o600)
    for (const name of readdirSync(join(folder.path, 'logs'))) expect(modeOf('logs', name)).toBe(0o600)
  })
})

describe.runIf(process.platform !== 'win32')('a folder made private', () => {
  it('is left open where many users share it, but for our files', () => {
    const shared = join(folder.path, 'shared')
    mkdirSync(shared)
    chmodSync(shared, 0o1777)
    writeFileSync(join(shared, 'settings.json'), '')
    writeFileSync(join(shared, 'letter.txt'), '')
    chmodSync(join(shared, 'letter.txt'), 0o644)
    expect(makePrivate(shared)).toContain('many users')
    expect(modeOf('shared')).toBe(0o1777)
    expect([modeOf('shared', 'settings.json'), modeOf('shared', 'letter.txt')]).toEqual([0o600, 0o644])
  })

  it('follows no link', () => {
    writeFileSync(join(folder.path, 'letter.txt'), '')
    chmodSync(join(folder.path, 'letter.txt'), 0o644)
    symlinkSync(join(folder.path, 'letter.txt'), join(folder.path, 'profiles.json'))
    expect(makePrivate(folder.path)).toBeNull()
    expect(modeOf('letter.txt')).toBe(0o644)
  })

  it('that cannot be made is told', () => {
    writeFileSync(join(folder.path, 'file'), '')
    expect(makePrivate(join(folder.path, 'file', 'logs'))).toContain('could not be closed')
  })
})

describe('an entry of the log', () => {
  it('shows frames of the stack and none that the message forges', () => {
    const lines = errorLines('broken', new Error('bad\n    at forged (evil.js:1:1)')).split('\n')
    expect(lines[0]).toMatch(/^broken: bad.*forged/)
    expect(lines.slice(1).join()).toContain('logFile.test.ts')
    expect(lines.slice(1).join()).not.toContain('evil.js')
  })

  it('takes anything that was thrown', () => {
    for (const thrown of [undefined, null, 7, 'text', { toString: () => 'object' }])
      expect(errorLines('thrown', thrown)).toBe(`thrown: ${String(thrown)}`)
  })

  it('stays quick however long it is', () => {
    expect(logLine('mqtt://'.repeat(100_000)).length).toBeLessThanOrEqual(300)
  })
})

describe('the budget of a log', () => {
  const budgetWith = () => {
    let now = 0
    const entries: string[] = []
    const waiting: (() => void)[] = []
    const write = (entry: string) => entries.push(entry)
    const add = createLogBudget({ elapsedMs: () => now, later: (callback) => waiting.push(callback), write })
    return { add, entries, waiting, pass: (ms: number) => (now += ms) }
  }

  it('lets a hundred through at once and one a second after that', () => {
    const { add, entries, pass } = budgetWith()
    for (let index = 0; index < 150; index += 1) add(() => `a${index}`)
    expect(entries).toHaveLength(100)
    pass(1_000)
    add(() => 'b')
    expect(entries.slice(100)).toEqual(['50 more entries like these came too fast and were left out', 'b'])
    add(() => 'c')
    expect(entries).toHaveLength(102)
  })

  it('tells how many were left out although nothing comes any more, once', () => {
    const { add, entries, waiting } = budgetWith()
    for (let index = 0; index < 103; index += 1) add(() => 'a')
    for (const callback of waiting) callback()
    for (const callback of waiting) callback()
    expect(waiting).toHaveLength(1)
    expect(entries.at(-1)).toBe('3 more entries like these came too fast and were left out')
    expect(entries).toHaveLength(101)
  })
})
